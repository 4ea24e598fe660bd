"""Slips as they are kept: messages taken for the client."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from storage.models import Slip, metadata

slip = metadata.tables[Slip.__tablename__]

ADD = insert(slip)
PASSED = (
    update(slip)
    .where(slip.c.client_id == bindparam("client"), slip.c.ticket_id == bindparam("ticket"), slip.c.passed_at.is_(None))
    .values(passed_at=bindparam("now"))
)


def add(write: Connection, values: Mapping[str, Any]) -> None:
    """Writes a new slip; the caller gives every column."""
    write.execute(ADD, values)


def passed(write: Connection, client_id: int, ticket_id: int, now: datetime) -> None:
    """Notes that the slip of a ticket has been passed on."""
    write.execute(PASSED, {"client": client_id, "ticket": ticket_id, "now": now})
