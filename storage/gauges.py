"""What monitoring asks of the database: how much waits, and for how long."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, func, select, text

from storage.models import ClientRow, Job, Ticket, metadata
from storage.types import micros

job = metadata.tables[Job.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]
client = metadata.tables[ClientRow.__tablename__]

# Only what is due by now: reminders of next month wait for nobody.
DUE = (
    select(job.c.lane.is_not(None), func.count(), func.min(job.c.due_at))
    .where(text("job.state = 'due'"), job.c.due_at <= bindparam("now"))
    .group_by(job.c.lane.is_not(None))
)
WAITING = (
    select(client.c.slug, func.count(), func.sum(case((ticket.c.due_at < bindparam("now"), 1), else_=0)))
    .join(client, client.c.id == ticket.c.client_id)
    .where(ticket.c.state == "open")
    .group_by(client.c.slug)
)


class Due(NamedTuple):
    """What delivery has still to do of a kind, ``send`` or ``act``: how much, and how late the first is."""

    kind: str
    number: int
    late: float  # seconds


class Waiting(NamedTuple):
    """A client's tickets that are open, and how many of them are past the moment that was promised."""

    client: str
    number: int
    overdue: int


def due(rows: Connection, now: datetime) -> list[Due]:
    """How much is due and not done; both kinds are told, also where there is none."""
    found = {
        bool(sends): (count, max(0.0, (micros(now) - micros(first)) / 1e6))
        for sends, count, first in rows.execute(DUE, {"now": now})
    }
    return [Due(kind, *found.get(sends, (0, 0.0))) for kind, sends in (("send", True), ("act", False))]


def waiting(rows: Connection, now: datetime) -> list[Waiting]:
    """The open tickets of each client that has any."""
    return [Waiting(*row) for row in rows.execute(WAITING, {"now": now})]
