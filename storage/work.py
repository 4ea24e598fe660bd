"""Work as it is kept: rows that are only ever added, and what each member works at now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.models import Staff, Stretch, Ticket, Work, metadata
from storage.upsert import upsert

work = metadata.tables[Work.__tablename__]
stretch = metadata.tables[Stretch.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]
staff = metadata.tables[Staff.__tablename__]

MOST: Final = 5000
"""Rows that are read at once: a client's month is far below."""


class Running(NamedTuple):
    """What a member works at now, since when, and when she was last seen at it."""

    staff_id: int
    client_id: int
    ticket_id: int | None
    kind: str
    charge: str
    started_at: datetime
    seen_at: datetime


class Done(NamedTuple):
    """A row of work with who did it and the number of its ticket; ``corrected_by`` is the row that counts instead."""

    id: int
    client_id: int
    staff_id: int
    staff: str
    ticket: int | None
    kind: str
    started_at: datetime
    ended_at: datetime
    charge: str
    reason: str
    corrects: int | None
    noted_at: datetime
    corrected_by: int | None


RUNNING = select(*(stretch.c[name] for name in Running._fields))
OF_STAFF = RUNNING.where(stretch.c.staff_id == bindparam("staff"))
PUT = upsert(stretch).values({name: bindparam(name) for name in Running._fields})
PUT = PUT.on_conflict_do_update(
    index_elements=["staff_id"], set_={name: PUT.excluded[name] for name in Running._fields if name != "staff_id"}
)
END = delete(stretch).where(stretch.c.staff_id == bindparam("staff"))
ADD = insert(work).returning(work.c.id)
later = work.alias("later")
ROWS = (
    select(
        work.c.id,
        work.c.client_id,
        work.c.staff_id,
        staff.c.name,
        ticket.c.number,
        *(work.c[name] for name in ("kind", "started_at", "ended_at", "charge", "reason", "corrects", "noted_at")),
        later.c.id.label("corrected_by"),
    )
    .join_from(work, staff, staff.c.id == work.c.staff_id)
    .join(ticket, ticket.c.id == work.c.ticket_id, isouter=True)
    .join(later, later.c.corrects == work.c.id, isouter=True)
)
BETWEEN = (
    ROWS.where(
        work.c.client_id.in_(bindparam("clients", expanding=True)),
        work.c.started_at >= bindparam("first"),
        work.c.started_at < bindparam("after"),
    )
    .order_by(work.c.started_at, work.c.id)
    .limit(MOST)
)
BY_ID = select(work).where(work.c.client_id == bindparam("client"), work.c.id == bindparam("id"))
CORRECTED = select(work.c.id).where(work.c.corrects == bindparam("id"))


def running(rows: Connection, staff_id: int) -> Running | None:
    """What a member works at now."""
    row: Any = rows.execute(OF_STAFF, {"staff": staff_id}).one_or_none()
    return Running(*row) if row is not None else None


def put(write: Connection, now_at: Running) -> None:
    """Notes what a member works at now, in the place of what she worked at."""
    write.execute(PUT, now_at._asdict())


def end(write: Connection, staff_id: int) -> None:
    """A member works at nothing any more."""
    write.execute(END, {"staff": staff_id})


def add(write: Connection, values: Mapping[str, Any]) -> int:
    """Adds a row of work and gives its id; the caller gives every column."""
    return int(write.execute(ADD, values).scalar_one())


def between(rows: Connection, clients: Collection[int], first: datetime, after: datetime) -> list[Done]:
    """The work for these clients that began between two moments, also what was corrected since, in order."""
    found: Any = rows.execute(BETWEEN, {"clients": list(clients), "first": first, "after": after})
    return [Done(*row) for row in found]


def by_id(rows: Connection, client_id: int, work_id: int) -> Any | None:
    """The client's row of work with this id."""
    return rows.execute(BY_ID, {"client": client_id, "id": work_id}).one_or_none()


def is_corrected(rows: Connection, work_id: int) -> bool:
    """Whether another row counts in the place of this one."""
    return rows.execute(CORRECTED, {"id": work_id}).first() is not None
