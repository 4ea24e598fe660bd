"""What the overview is made of, each by one query over all the clients of its reader."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, case, func, literal_column, select, text

from storage.models import AppointmentRow, Ticket, metadata

ticket = metadata.tables[Ticket.__tablename__]
appointment = metadata.tables[AppointmentRow.__tablename__]

MOST: Final = 50_000
"""Rows that are counted at most."""


class Waiting(NamedTuple):
    """How much of a client's waits: open, of these late, urgent and nobody's; and put away."""

    client_id: int
    open: int
    late: int
    urgent: int
    free: int
    snoozed: int


class Dealt(NamedTuple):
    """A ticket that was opened in the time looked at: what was promised, and when it was answered and done."""

    client_id: int
    kind: str
    opened_at: datetime
    promised_at: datetime | None
    answered_at: datetime | None
    done_at: datetime | None


class Visit(NamedTuple):
    """An appointment in the time looked at."""

    client_id: int
    starts_at: datetime
    status: str


def many(condition: Any) -> Any:
    """How many rows fulfil a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


OPEN = ticket.c.state == "open"
STANDING = (
    select(
        ticket.c.client_id,
        many(OPEN),
        many(OPEN & (ticket.c.due_at < bindparam("now"))),
        many(OPEN & ticket.c.urgent),
        many(OPEN & ticket.c.owner_id.is_(None)),
        many(~OPEN),
    )
    .where(ticket.c.client_id.in_(bindparam("clients", expanding=True)), text("ticket.state IN ('open', 'snoozed')"))
    .group_by(ticket.c.client_id)
)
DEALT = (
    select(*(ticket.c[name] for name in Dealt._fields))
    .where(ticket.c.client_id.in_(bindparam("clients", expanding=True)), ticket.c.opened_at >= bindparam("first"))
    .order_by(ticket.c.opened_at.desc())
    .limit(literal_column(str(MOST)))
)
VISITS = (
    select(*(appointment.c[name] for name in Visit._fields))
    .where(
        appointment.c.client_id.in_(bindparam("clients", expanding=True)),
        appointment.c.starts_at >= bindparam("first"),
        appointment.c.starts_at < bindparam("after"),
        text("appointment.status IN ('booked', 'requested', 'done', 'missed')"),
    )
    .limit(literal_column(str(MOST)))
)


def standing(rows: Connection, clients: Collection[int], now: datetime) -> dict[int, Waiting]:
    """What waits now, by client; a client of which nothing does is not among them."""
    found = rows.execute(STANDING, {"clients": list(clients), "now": now})
    return {row[0]: Waiting(row[0], *(int(count) for count in row[1:])) for row in found}


def dealt(rows: Connection, clients: Collection[int], first: datetime) -> list[Dealt]:
    """The tickets that were opened since a moment."""
    found: Any = rows.execute(DEALT, {"clients": list(clients), "first": first})
    return [Dealt(*row) for row in found]


def visits(rows: Connection, clients: Collection[int], first: datetime, after: datetime) -> list[Visit]:
    """The appointments between two moments, but for those that were called off."""
    found: Any = rows.execute(VISITS, {"clients": list(clients), "first": first, "after": after})
    return [Visit(*row) for row in found]
