"""Who of the desk looked at what data of whose customers, for administrators to read.

What is opened by a click is a row each time (``sessions.looked``). A page that fetches itself anew all day, such as the
queue or a ticket that stays open, is one row an hour (``AGAIN``) for each client, member and view: enough to tell who
had whose customers before her and when, and still a list that somebody can read.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Connection, String, bindparam, exists, insert, or_, select

from storage.models import AccessLog, ClientRow, Staff, metadata
from storage.types import Id

access_log = metadata.tables[AccessLog.__tablename__]
staff = metadata.tables[Staff.__tablename__]
client = metadata.tables[ClientRow.__tablename__]
AGAIN: Final = timedelta(hours=1)
"""How long one row stands for a view that goes on."""


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
WHO = bindparam("staff", type_=Id)
WHAT = bindparam("what", type_=String)
ABOUT = bindparam("about", type_=Id)
STANDS = exists().where(
    access_log.c.client_id == client.c.id,
    access_log.c.at > bindparam("since"),
    access_log.c.staff_id == WHO,
    access_log.c.what == WHAT,
    access_log.c.about.is_not_distinct_from(ABOUT),
)
UNNOTED = (
    select(client.c.id).where(client.c.id.in_(bindparam("clients", expanding=True)), ~STANDS).order_by(client.c.id)
)
NOTE = insert(access_log).from_select(
    ["client_id", "staff_id", "what", "about", "at"],
    UNNOTED.add_columns(WHO, WHAT, ABOUT, bindparam("now", type_=access_log.c.at.type)),
)


def latest(rows: Connection, most: int, *, slug: str = "", name: str = "", before: int = NEWEST) -> list[Look]:
    """The latest looks, of one client or member where named, and older than the one with the id ``before``."""
    found = rows.execute(LOOKS, {"most": most, "slug": slug, "name": name, "before": before})
    return [Look(*row) for row in found]


def unnoted(
    rows: Connection, clients: Collection[int], staff_id: int, what: str, now: datetime, about: int | None = None
) -> list[int]:
    """Of which of these clients no row stands yet for what goes on."""
    values = {"clients": list(clients), "staff": staff_id, "what": what, "about": about, "since": now - AGAIN}
    return list(rows.execute(UNNOTED, values).scalars()) if clients else []


def goes_on(
    write: Connection, clients: Collection[int], staff_id: int, what: str, now: datetime, about: int | None = None
) -> None:
    """Notes that a member has these clients' customers before her, where no row stands yet."""
    values = {"clients": list(clients), "staff": staff_id, "what": what, "about": about, "since": now - AGAIN}
    if clients:
        write.execute(NOTE, {**values, "now": now})
