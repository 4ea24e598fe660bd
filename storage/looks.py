"""Who of the desk looked at what data of whose customers: written by sessions.looked, read by administrators."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, or_, select

from storage.models import AccessLog, ClientRow, Staff, metadata

access_log = metadata.tables[AccessLog.__tablename__]
staff = metadata.tables[Staff.__tablename__]
client = metadata.tables[ClientRow.__tablename__]


class Look(NamedTuple):
    """One look: when, at which client, by whom, at what, and its number where it has one."""

    id: int
    at: datetime
    slug: str
    client: str
    by: str
    what: str
    about: int | None


LOOKS = (
    select(
        access_log.c.id,
        access_log.c.at,
        client.c.slug,
        client.c.name,
        staff.c.name.label("by"),
        access_log.c.what,
        access_log.c.about,
    )
    .join_from(access_log, client, client.c.id == access_log.c.client_id)
    .join(staff, staff.c.id == access_log.c.staff_id)
    .where(
        access_log.c.id < bindparam("before"),
        or_(bindparam("slug") == "", client.c.slug == bindparam("slug")),
        or_(bindparam("name") == "", staff.c.name == bindparam("name")),
    )
    .order_by(access_log.c.id.desc())
    .limit(bindparam("most"))
)
NEWEST = 1 << 62


def latest(rows: Connection, most: int, *, slug: str = "", name: str = "", before: int = NEWEST) -> list[Look]:
    """The latest looks, of one client or member where named, and older than the one with the id ``before``."""
    found = rows.execute(LOOKS, {"most": most, "slug": slug, "name": name, "before": before})
    return [Look(*row) for row in found]
