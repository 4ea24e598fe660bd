"""Who looks at a ticket, and who writes in it: small rows that are soon forgotten, seen by every process."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, or_, select

from storage.models import Presence, Staff, Ticket, metadata
from storage.upsert import upsert

presence = metadata.tables[Presence.__tablename__]
staff = metadata.tables[Staff.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]

FORGOTTEN: Final = timedelta(minutes=10)
"""Rows older than this are nobody's any more."""


class Seen(NamedTuple):
    """When a member last looked at a ticket, and last wrote in it."""

    staff_id: int
    name: str
    at: datetime
    wrote_at: datetime | None


class News(NamedTuple):
    """That somebody came to a ticket, or writes in it: whose pages look again."""

    key: tuple[str, str, str]
    at: datetime
    client_id: int
    conversation_id: int | None


OF_TICKET = (
    select(presence.c.staff_id, staff.c.name, presence.c.at, presence.c.wrote_at)
    .join(staff, staff.c.id == presence.c.staff_id)
    .where(presence.c.ticket_id == bindparam("ticket"))
    .order_by(staff.c.name)
)
PUT = upsert(presence)
PUT = PUT.on_conflict_do_update(
    index_elements=["ticket_id", "staff_id"], set_={"at": PUT.excluded.at, "wrote_at": PUT.excluded.wrote_at}
)
PRUNE = delete(presence).where(presence.c.at < bindparam("before"))
CHANGED = (
    select(presence.c.ticket_id, presence.c.staff_id, presence.c.at, presence.c.wrote_at, ticket.c.client_id)
    .add_columns(ticket.c.conversation_id)
    .join(ticket, ticket.c.id == presence.c.ticket_id)
    .where(or_(presence.c.at > bindparam("since"), presence.c.wrote_at > bindparam("since")))
)


def of_ticket(rows: Connection, ticket_id: int) -> list[Seen]:
    """Who has been at a ticket of late, by name."""
    return [Seen(*row) for row in rows.execute(OF_TICKET, {"ticket": ticket_id})]


def put(write: Connection, ticket_id: int, staff_id: int, now: datetime, wrote_at: datetime | None) -> None:
    """Notes that a member is at a ticket, and when she last wrote there; what is long past is forgotten."""
    write.execute(PRUNE, {"before": now - FORGOTTEN})
    write.execute(PUT, {"ticket_id": ticket_id, "staff_id": staff_id, "at": now, "wrote_at": wrote_at})


def changed(rows: Connection, since: datetime) -> list[News]:
    """Who came or wrote after a moment."""
    return [a_change(row) for row in rows.execute(CHANGED, {"since": since})]


def a_change(row: Any) -> News:
    """The value in a row of CHANGED."""
    at = max(row.at, row.wrote_at or row.at)
    return News(("presence", f"{row.ticket_id}:{row.staff_id}", at.isoformat()), at, row.client_id, row.conversation_id)
