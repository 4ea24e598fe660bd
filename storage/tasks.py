"""Tasks as they are kept: what was delegated, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.update import Json
from storage.models import TaskEvent, TaskRow, Ticket, metadata

task = metadata.tables[TaskRow.__tablename__]
event = metadata.tables[TaskEvent.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]


@dataclass(frozen=True, slots=True)
class Task:
    """A task with what its ticket says: ``owner_id`` whose of the desk it is, ``customer_id`` about whom it is.

    ``due_at`` is what was asked for.
    """

    id: int
    client_id: int
    ticket_id: int
    number: int
    kind: str
    state: str
    title: str
    details: str
    fields: Mapping[str, Json]
    checklist: Sequence[Sequence[Any]]
    member: str
    asked_by: str
    for_whom: str
    link: str
    due_at: datetime | None
    estimate: int | None
    question: Mapping[str, Json]
    result: str
    rating: int | None
    recurring_id: int | None
    slip_id: int | None
    created_at: datetime
    urgent: bool
    owner_id: int | None
    customer_id: int | None

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in {"done", "declined"}


class Event(NamedTuple):
    """One thing that happened to a task."""

    id: int
    task_id: int
    at: datetime
    face: str
    by: str
    what: str
    text: str
    data: Mapping[str, Json]


COLUMNS = [task.c[name] for name in Task.__slots__ if name in task.c]
LIST = select(*COLUMNS, ticket.c.urgent, ticket.c.owner_id, ticket.c.customer_id).join(
    ticket, ticket.c.id == task.c.ticket_id
)
OF_CLIENT = task.c.client_id == bindparam("client")
BY_ID = LIST.where(OF_CLIENT, task.c.id == bindparam("of_id"))
OF_TICKET = LIST.where(OF_CLIENT, task.c.ticket_id == bindparam("ticket"))
BY_NUMBER = LIST.where(OF_CLIENT, task.c.number == bindparam("number"))
STANDING = LIST.where(OF_CLIENT, task.c.state.not_in(["done", "declined"])).order_by(task.c.due_at, task.c.id)
OF_MEMBER = (
    LIST.where(OF_CLIENT, task.c.member == bindparam("member")).order_by(task.c.id.desc()).limit(bindparam("most"))
)
DONE_SINCE = LIST.where(OF_CLIENT, task.c.state == "done", ticket.c.done_at >= bindparam("since")).order_by(task.c.id)
ADD = insert(task).returning(task.c.id)
ADD_EVENT = insert(event).returning(event.c.id)
EVENT = select(*(event.c[name] for name in Event._fields)).where(
    event.c.client_id == bindparam("client"), event.c.id == bindparam("of_id")
)
EVENTS = (
    select(*(event.c[name] for name in Event._fields))
    .where(event.c.client_id == bindparam("client"), event.c.task_id == bindparam("task"))
    .order_by(event.c.id)
)


def a_task(row: Any) -> Task:
    """The value in a row of LIST."""
    return Task(**row._mapping)


def add(write: Connection, values: Mapping[str, Any]) -> int:
    """Writes a new task, and gives its id."""
    return int(write.execute(ADD, dict(values)).scalar_one())


def change(write: Connection, task_id: int, **columns: Any) -> None:
    """Changes columns of a task."""
    write.execute(update(task).where(task.c.id == task_id).values(**columns))


def move(write: Connection, task_id: int, states: Sequence[str], state: str, **columns: Any) -> bool:
    """Gives a task that is in one of these states another one; False where it is in none of them any more."""
    which = update(task).where(task.c.id == task_id, task.c.state.in_(states))
    return write.execute(which.values(state=state, **columns)).rowcount > 0


def note(write: Connection, values: Mapping[str, Any]) -> int:
    """Notes what happened to a task, and gives the event's id."""
    return int(write.execute(ADD_EVENT, dict(values)).scalar_one())


def one(rows: Connection, statement: Any, **values: Any) -> Task | None:
    """The task that a statement finds."""
    row = rows.execute(statement, values).one_or_none()
    return a_task(row) if row is not None else None


def by_id(rows: Connection, client_id: int, task_id: int) -> Task | None:
    """The client's task with this row id."""
    return one(rows, BY_ID, client=client_id, of_id=task_id)


def of_ticket(rows: Connection, client_id: int, ticket_id: int) -> Task | None:
    """The task that a ticket is about."""
    return one(rows, OF_TICKET, client=client_id, ticket=ticket_id)


def by_number(rows: Connection, client_id: int, number: int) -> Task | None:
    """The task whose ticket has this number."""
    return one(rows, BY_NUMBER, client=client_id, number=number)


def standing(rows: Connection, client_id: int) -> list[Task]:
    """The client's tasks that are not done, by when they are due."""
    return [a_task(row) for row in rows.execute(STANDING, {"client": client_id})]


def of_member(rows: Connection, client_id: int, member: str, most: int) -> list[Task]:
    """What a member has delegated, the newest first."""
    return [a_task(row) for row in rows.execute(OF_MEMBER, {"client": client_id, "member": member, "most": most})]


def done_since(rows: Connection, client_id: int, since: datetime) -> list[Task]:
    """The client's tasks that were done since a moment."""
    return [a_task(row) for row in rows.execute(DONE_SINCE, {"client": client_id, "since": since})]


def event_by_id(rows: Connection, client_id: int, event_id: int) -> Event | None:
    """One thing that happened."""
    row = rows.execute(EVENT, {"client": client_id, "of_id": event_id}).one_or_none()
    return Event(*row) if row is not None else None


def events(rows: Connection, client_id: int, task_id: int) -> list[Event]:
    """What happened to a task, in order."""
    return [Event(*row) for row in rows.execute(EVENTS, {"client": client_id, "task": task_id})]
