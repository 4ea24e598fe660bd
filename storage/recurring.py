"""Tasks that come again, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.update import Json
from storage.models import Recurring as RecurringRow
from storage.models import metadata

recurring = metadata.tables[RecurringRow.__tablename__]


class Recurring(NamedTuple):
    """A task that comes again, next at ``next_at``."""

    id: int
    every: str
    weekday: int
    day: int
    minute: int
    kind: str
    title: str
    details: str
    fields: Mapping[str, Json]
    checklist: Sequence[Sequence[Any]]
    urgent: bool
    member: str
    asked_by: str
    for_whom: str
    next_at: datetime
    ended_at: datetime | None


COLUMNS = [recurring.c[name] for name in Recurring._fields]
BY_ID = select(*COLUMNS).where(recurring.c.client_id == bindparam("client"), recurring.c.id == bindparam("of_id"))
STANDING = (
    select(*COLUMNS)
    .where(recurring.c.client_id == bindparam("client"), recurring.c.ended_at.is_(None))
    .order_by(recurring.c.next_at, recurring.c.id)
)
ADD = insert(recurring).returning(recurring.c.id)
NEXT = update(recurring).where(recurring.c.id == bindparam("of_id")).values(next_at=bindparam("at"))
END = (
    update(recurring)
    .where(
        recurring.c.client_id == bindparam("client"),
        recurring.c.id == bindparam("of_id"),
        recurring.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("now"))
)


def add(write: Connection, values: Mapping[str, Any]) -> int:
    """Writes one, and gives its id."""
    return int(write.execute(ADD, dict(values)).scalar_one())


def by_id(rows: Connection, client_id: int, recurring_id: int) -> Recurring | None:
    """The client's with this id, ended or not."""
    row = rows.execute(BY_ID, {"client": client_id, "of_id": recurring_id}).one_or_none()
    return Recurring(*row) if row is not None else None


def standing(rows: Connection, client_id: int) -> list[Recurring]:
    """The client's that have not ended, by when they come next."""
    return [Recurring(*row) for row in rows.execute(STANDING, {"client": client_id})]


def comes(write: Connection, recurring_id: int, at: datetime) -> None:
    """Notes when it comes next."""
    write.execute(NEXT, {"of_id": recurring_id, "at": at})


def end(write: Connection, client_id: int, recurring_id: int, now: datetime) -> bool:
    """It comes no more; False where it had ended."""
    return write.execute(END, {"client": client_id, "of_id": recurring_id, "now": now}).rowcount > 0
