"""Slips as they are kept: messages taken for the client."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.models import Slip, Ticket, metadata

slip = metadata.tables[Slip.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]


class Taken(NamedTuple):
    """A message as it was taken, with its ticket's number and how that stands."""

    number: int
    contact_id: int | None
    name: str
    about: str
    phone: str
    call_back: str
    taken_at: datetime
    ticket: int
    state: str
    customer_id: int | None


ADD = insert(slip)
PASSED = (
    update(slip)
    .where(slip.c.client_id == bindparam("client"), slip.c.ticket_id == bindparam("ticket"), slip.c.passed_at.is_(None))
    .values(passed_at=bindparam("now"))
)
HEARD = (
    update(slip)
    .where(slip.c.client_id == bindparam("client"), slip.c.ticket_id == bindparam("ticket"))
    .values(heard_by=bindparam("who"))
)

TAKEN = (
    select(
        *(slip.c[name] for name in ("number", "contact_id", "name", "about", "phone", "call_back", "taken_at")),
        ticket.c.number.label("ticket"),
        ticket.c.state,
        slip.c.customer_id,
    )
    .join(ticket, ticket.c.id == slip.c.ticket_id)
    .where(slip.c.client_id == bindparam("client"), slip.c.ticket_id == bindparam("ticket"))
)


def add(write: Connection, values: Mapping[str, Any]) -> None:
    """Writes a new slip; the caller gives every column."""
    write.execute(ADD, values)


def passed(write: Connection, client_id: int, ticket_id: int, now: datetime) -> None:
    """Notes that the slip of a ticket has been passed on."""
    write.execute(PASSED, {"client": client_id, "ticket": ticket_id, "now": now})


def heard(write: Connection, client_id: int, ticket_id: int, by: str) -> None:
    """Notes who of the client's people has taken the slip of a ticket on."""
    write.execute(HEARD, {"client": client_id, "ticket": ticket_id, "who": by})


def taken(rows: Connection, client_id: int, ticket_id: int) -> Taken | None:
    """The slip of a ticket of the client's."""
    row: Any = rows.execute(TAKEN, {"client": client_id, "ticket": ticket_id}).one_or_none()
    return Taken(*row) if row is not None else None
