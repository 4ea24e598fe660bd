"""Tasks: what a client's people, or the desk itself, want done. Each is a ticket, and shows in the team's channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import homes, tickets, work
from bot.rules.promises import answer_by
from bot.update import Face, Json, OfClient
from bot.values import Client, Conversation, Refusal
from storage import jobs
from storage import tasks as kept
from storage.tasks import Task
from storage.tickets import Opened, own

OPEN: Final = ("requested", "accepted", "in_progress", "waiting")
MOST_STEPS: Final = 50
"""Steps that one task may have."""
MOST_OPTIONS: Final = 5
"""Answers that a question may offer."""
MOST_MINUTES: Final = 60 * 24 * 20
"""The longest estimate: twenty days and nights."""
GONE: Final = _("There is no such task.")
ANSWERED: Final = _("{name} has answered this already.")
OVER: Final = _("This task is not open any more.")


@dataclass(frozen=True, slots=True)
class By:
    """Who acts on a task: of which face, her name, and her id there (of the desk: the row id)."""

    face: Face
    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done. ``fields`` are those of its kind, as JSON; ``slip_id`` the message it came of."""

    kind: str
    title: str
    details: str = ""
    fields: Mapping[str, Json] = field(default_factory=dict)
    steps: Sequence[str] = ()
    due_at: datetime | None = None
    urgent: bool = False
    for_whom: str = ""
    link: str = ""
    slip_id: int | None = None
    recurring_id: int | None = None


# --- a task begins ----------------------------------------------------------------------------------------------------


def request(
    write: Connection,
    client: Client,
    by: By,
    wanted: Wanted,
    now: datetime,
    *,
    talk: Conversation | None = None,
    customer_id: int | None = None,
    data: Mapping[str, Json] | None = None,
) -> Task:
    """Opens a task and its ticket; until the desk accepts it, it is due when the desk's answer is.

    The ticket may be about a ``talk`` or a customer, and keeps ``data``.
    """
    promised = answer_by(client, "task", now, urgent=wanted.urgent)
    due = min((at for at in (promised, wanted.due_at) if at is not None), default=None)
    about: dict[str, Any] = {"talk": talk, "customer_id": customer_id, "data": data}
    ticket = tickets.open_ticket(write, client, "task", wanted.title, now, urgent=wanted.urgent, due_at=due, **about)
    task_id = kept.add(
        write,
        {
            "client_id": client.id,
            "ticket_id": ticket.id,
            "number": ticket.number,
            "kind": wanted.kind,
            "state": "requested",
            "title": wanted.title,
            "details": wanted.details,
            "fields": dict(wanted.fields),
            "checklist": [[step, False] for step in wanted.steps][:MOST_STEPS],
            "member": by.id if by.face is Face.TEAM else "",
            "asked_by": by.name,
            "for_whom": wanted.for_whom,
            "link": wanted.link,
            "due_at": wanted.due_at,
            "estimate": None,
            "question": {},
            "result": "",
            "rating": None,
            "recurring_id": wanted.recurring_id,
            "slip_id": wanted.slip_id,
            "created_at": now,
        },
    )
    task = again(write, client, task_id)
    note(write, client, task, by, "requested", now)
    return task


def the_task(rows: Connection, client: Client, task_id: int) -> Task:
    """The client's task with this row id. Raises Refusal where there is none."""
    found = kept.by_id(rows, client.id, task_id)
    if found is None:
        raise Refusal(GONE)
    return found


def again(rows: Connection, client: Client, task_id: int) -> Task:
    """A task as it stands now."""
    return the_task(rows, client, task_id)


def note(
    write: Connection, client: Client, task: Task, by: By, what: str, now: datetime, text: str = "", **data: Json
) -> None:
    """Keeps what happened to a task, and lets the clock show it to the team."""
    event = kept.note(
        write,
        {
            "client_id": client.id,
            "task_id": task.id,
            "at": now,
            "face": by.face.value,
            "by": by.name,
            "what": what,
            "text": text,
            "data": data,
            "place": "",
        },
    )
    homes.changed(write, client, now)
    if client.slack:
        data = {"task": task.id, "event": event}
        jobs.later(write, "task_told", now, OfClient(client.id), client_id=client.id, data=data)


def moved(write: Connection, client: Client, task: Task, states: Sequence[str], state: str, **columns: Any) -> None:
    """Gives a task another state. Raises Refusal where another was quicker, or it is over."""
    if kept.move(write, task.id, states, state, **columns):
        return
    if again(write, client, task.id).state not in OPEN:
        raise Refusal(OVER if state != "done" else ANSWERED, name=last_by(write, client, task))
    raise Refusal(ANSWERED, name=last_by(write, client, task))


def last_by(rows: Connection, client: Client, task: Task) -> str:
    """Who did something to a task last."""
    found = kept.events(rows, client.id, task.id)
    return found[-1].by if found else ""


# --- what the desk does -----------------------------------------------------------------------------------------------


def accept(
    write: Connection,
    client: Client,
    task: Task,
    by: By,
    now: datetime,
    *,
    estimate: int | None = None,
    due_at: datetime | None = None,
) -> None:
    """The desk takes a task on, perhaps with how many minutes it needs and another time by which it will be done."""
    due = due_at or task.due_at
    columns: dict[str, Any] = {"due_at": due, "estimate": estimate or task.estimate, "question": {}}
    moved(write, client, task, ("requested", "waiting"), "accepted", **columns)
    owned(write, client, task, by, due, now)
    note(write, client, task, by, "accepted", now)


def propose(
    write: Connection, client: Client, task: Task, by: By, now: datetime, *, minutes: int, due_at: datetime | None
) -> None:
    """The desk says what a task would take, and waits for the team's word before it begins."""
    question: dict[str, Json] = {"what": "approve", "minutes": minutes, "due": due_at and due_at.isoformat()}
    moved(write, client, task, ("requested", "accepted", "in_progress"), "waiting", question=question)
    owned(write, client, task, by, due_at or task.due_at, now)
    note(write, client, task, by, "proposed", now)


def ask(
    write: Connection, client: Client, task: Task, by: By, text: str, now: datetime, options: Sequence[str] = ()
) -> None:
    """The desk asks the team something: one of the ``options``, where there are any, or words answer it."""
    before = task.state if task.state != "waiting" else task.question.get("before", "accepted")
    question: dict[str, Json] = {"what": "ask", "text": text, "options": list(options), "before": before}
    moved(write, client, task, OPEN, "waiting", question=question)
    owned(write, client, task, by, task.due_at, now)
    note(write, client, task, by, "asked", now, text)


def start(write: Connection, client: Client, task: Task, by: By, now: datetime) -> None:
    """The desk begins, or goes on; its timer runs."""
    if task.state != "in_progress":
        moved(write, client, task, ("requested", "accepted", "waiting"), "in_progress", question={})
        owned(write, client, task, by, task.due_at, now)
        note(write, client, task, by, "started", now)
    work.start(write, client.id, int(by.id), task.ticket_id, now)


def finish(write: Connection, client: Client, task: Task, by: By, result: str, now: datetime) -> None:
    """The desk has done it: ``result`` says what came of it."""
    moved(write, client, task, OPEN, "done", result=result, question={})
    ended(write, client, task, by, f"done by {by.name}", now)
    note(write, client, task, by, "done", now, result)


def refuse(write: Connection, client: Client, task: Task, by: By, why: str, now: datetime) -> None:
    """The desk can't do it, and says why."""
    moved(write, client, task, OPEN, "declined", result=why, question={})
    ended(write, client, task, by, f"declined by {by.name}", now)
    note(write, client, task, by, "refused", now, why)


def ended(write: Connection, client: Client, task: Task, by: By, outcome: str, now: datetime) -> None:
    """Closes a task's ticket, and stops the timer of who worked at it."""
    tickets.close_ticket(write, task.ticket_id, now, outcome)
    if by.face is Face.VA and by.id:
        running = work.running(write, int(by.id))
        if running is not None and running.ticket_id == task.ticket_id:
            work.stop(write, int(by.id), now)


def owned(write: Connection, client: Client, task: Task, by: By, due_at: datetime | None, now: datetime) -> None:
    """Somebody of the desk has dealt with a task: it is hers, and due when the task is."""
    if task.owner_id is None and by.id:
        own(write, task.ticket_id, int(by.id))
    tickets.wake(write, task.ticket_id, now)
    tickets.set_due(write, client, opened(task), due_at, None, now)


def opened(task: Task) -> Opened:
    """The ticket of a task."""
    return Opened(task.ticket_id, task.number, task.due_at, task.urgent)
