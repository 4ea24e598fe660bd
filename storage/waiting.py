"""The waiting list as it is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from bot.values import Client
from storage.models import ConversationRow, ServiceRow, ThreadRow, Waiting, metadata

waiting = metadata.tables[Waiting.__tablename__]
service = metadata.tables[ServiceRow.__tablename__]
conversation = metadata.tables[ConversationRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]


@dataclass(frozen=True, slots=True)
class Place:
    """One customer's place in a line: ``state`` is waiting, offered, taken or over."""

    id: int
    service: str
    customer_id: int
    conversation_id: int
    first: date
    last: date
    state: str
    appointment_id: int | None  # the hold that is offered


KEPT = (
    select(
        waiting.c.id,
        service.c.key.label("service"),
        waiting.c.customer_id,
        waiting.c.conversation_id,
        waiting.c.first,
        waiting.c.last,
        waiting.c.state,
        waiting.c.appointment_id,
    )
    .join_from(waiting, service, service.c.id == waiting.c.service_id)
    .where(waiting.c.client_id == bindparam("client"))
)
BY_ID = KEPT.where(waiting.c.id == bindparam("of_id"))
OF_OFFER = KEPT.where(waiting.c.appointment_id == bindparam("hold"), waiting.c.state == "offered")
OF_CUSTOMER = KEPT.where(
    waiting.c.customer_id == bindparam("customer"),
    waiting.c.state.in_(["waiting", "offered"]),
    waiting.c.last >= bindparam("today"),
).order_by(waiting.c.id)
LINE = (
    KEPT.join(conversation, conversation.c.id == waiting.c.conversation_id)
    .join(thread, and_(thread.c.id == conversation.c.thread_id, thread.c.reachable))
    .where(
        waiting.c.service_id.in_(bindparam("services", expanding=True)),
        waiting.c.state == "waiting",
        waiting.c.first <= bindparam("day"),
        waiting.c.last >= bindparam("day"),
        waiting.c.id > bindparam("behind"),
    )
    .order_by(waiting.c.id)
)
ADD = insert(waiting).returning(waiting.c.id)
CHANGE = (
    update(waiting)
    .where(waiting.c.id == bindparam("of_id"), waiting.c.state == bindparam("seen"))
    .values(state=bindparam("becomes"), appointment_id=bindparam("hold"))
)
WIDEN = (
    update(waiting)
    .where(waiting.c.id == bindparam("of_id"))
    .values(first=bindparam("new_first"), last=bindparam("new_last"))
)


def add(
    write: Connection,
    client: Client,
    service_id: int,
    customer_id: int,
    conversation_id: int,
    first: date,
    last: date,
    now: datetime,
) -> int:
    """Puts a customer at the end of a line, for free times from ``first`` to ``last``; gives the row's id."""
    values = {
        "client_id": client.id,
        "service_id": service_id,
        "customer_id": customer_id,
        "conversation_id": conversation_id,
        "first": first,
        "last": last,
        "state": "waiting",
        "appointment_id": None,
        "created_at": now,
    }
    return int(write.execute(ADD, values).scalar_one())


def by_id(rows: Connection, client: Client, waiting_id: int) -> Place | None:
    """The client's place in a line with this row id."""
    row = rows.execute(BY_ID, {"client": client.id, "of_id": waiting_id}).one_or_none()
    return value(row) if row is not None else None


def of_offer(rows: Connection, client: Client, hold: int) -> Place | None:
    """The place to which a hold is offered."""
    row = rows.execute(OF_OFFER, {"client": client.id, "hold": hold}).one_or_none()
    return value(row) if row is not None else None


def of_customer(rows: Connection, client: Client, customer_id: int, today: date) -> list[Place]:
    """The places a customer has in lines that are not over."""
    values = {"client": client.id, "customer": customer_id, "today": today}
    return [value(row) for row in rows.execute(OF_CUSTOMER, values)]


def line(rows: Connection, client: Client, services: Collection[int], day: date, behind: int = 0) -> list[Place]:
    """Who waits for one of these services on a day and can be reached, in order, behind the place ``behind``."""
    values = {"client": client.id, "services": list(services), "day": day, "behind": behind}
    return [value(row) for row in rows.execute(LINE, values)]


def value(row: Any) -> Place:
    """The value in a row."""
    return Place(
        row.id,
        row.service,
        row.customer_id,
        row.conversation_id,
        row.first,
        row.last,
        row.state,
        row.appointment_id,
    )


def change(write: Connection, seen: Place, state: str, hold: int | None = None) -> bool:
    """Gives a place its new state, with the hold that is offered; False if it has changed since it was read."""
    values = {"of_id": seen.id, "seen": seen.state, "becomes": state, "hold": hold}
    return write.execute(CHANGE, values).rowcount > 0


def widen(write: Connection, place: Place, first: date, last: date) -> None:
    """Changes the days that somebody waits for; the place in the line stays."""
    write.execute(WIDEN, {"of_id": place.id, "new_first": first, "new_last": last})
