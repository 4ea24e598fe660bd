"""What monitoring asks of the database: how much waits, and for how long."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, func, select, text

from storage.models import ClientRow, Job, Ticket, metadata

job = metadata.tables[Job.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]
client = metadata.tables[ClientRow.__tablename__]

# Only what is due by now: reminders of next month wait for nobody.
BY_NOW = select(func.count(), func.min(job.c.due_at)).where(text("job.state = 'due'"), job.c.due_at <= bindparam("now"))
DUE = {"send": BY_NOW.where(text("job.lane IS NOT NULL")), "act": BY_NOW.where(text("job.lane IS NULL"))}
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
    told = []
    for kind, statement in DUE.items():
        number, first = rows.execute(statement, {"now": now}).one()
        told.append(Due(kind, number, (now - first).total_seconds() if number else 0.0))
    return told


def waiting(rows: Connection, now: datetime) -> list[Waiting]:
    """The open tickets of each client that has any."""
    return [Waiting(*row) for row in rows.execute(WAITING, {"now": now})]
