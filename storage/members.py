"""The members of a client's workspace who were ever met: who they are, what they don't want to hear, who has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from storage.models import MemberRow, metadata
from storage.upsert import upsert

member = metadata.tables[MemberRow.__tablename__]


@dataclass(frozen=True, slots=True)
class Member:
    """One of them; ``language`` as her network says it, ``muted`` the kinds of digest she does not want.

    ``page`` is the one of her home that she looked at last, None before she ever did, and ``says`` what it said.
    """

    user: str
    name: str = ""
    language: str = ""
    muted: tuple[str, ...] = ()
    left: bool = False
    guest: bool = False
    page: int | None = None
    says: str = ""


ONE = (member.c.client_id == bindparam("of_client"), member.c.user == bindparam("of_user"))
SEEN = upsert(member).values(
    client_id=bindparam("client"),
    user=bindparam("user"),
    name=bindparam("name"),
    language=bindparam("language"),
    seen_at=bindparam("now"),
    muted=bindparam("muted", [], type_=member.c.muted.type),
    guest=bindparam("guest"),
)
SEEN = SEEN.on_conflict_do_update(
    index_elements=["client_id", "user"],
    set_={
        "name": SEEN.excluded.name,
        "language": SEEN.excluded.language,
        "seen_at": SEEN.excluded.seen_at,
        "guest": SEEN.excluded.guest,
        "left_at": None,
    },
)
FIND = select(member).where(*ONE)
ALL = select(member).where(member.c.client_id == bindparam("client"))
LEFT = update(member).where(*ONE).values(left_at=bindparam("now"))
HOMES = select(member).where(
    member.c.client_id == bindparam("client"), member.c.home_page.is_not(None), member.c.left_at.is_(None)
)
HOME = update(member).where(*ONE).values(home_page=bindparam("page"), home_says=bindparam("says"))
MUTE = update(member).where(*ONE).values(muted=bindparam("kinds", type_=member.c.muted.type))


def seen(
    write: Connection, client_id: int, user: str, name: str, language: str, now: datetime, *, guest: bool = False
) -> None:
    """Notes that a member did something: she is there, and is called so."""
    values = {"client": client_id, "user": user, "name": name, "language": language, "now": now, "guest": guest}
    write.execute(SEEN, {**values, "muted": []})


def find(rows: Connection, client_id: int, user: str) -> Member:
    """A member; one who was never met is known by her id alone."""
    row = rows.execute(FIND, {"of_client": client_id, "of_user": user}).one_or_none()
    return made(row) if row is not None else Member(user)


def made(row: Row[Any]) -> Member:
    """A member of a row."""
    return Member(
        row.user,
        row.name,
        row.language,
        tuple(row.muted),
        row.left_at is not None,
        row.guest,
        row.home_page,
        row.home_says,
    )


def with_homes(rows: Connection, client_id: int) -> list[Member]:
    """Those who have looked at their home pages, and are still there."""
    return [made(row) for row in rows.execute(HOMES, {"client": client_id})]


def showed_home(write: Connection, client_id: int, user: str, page: int, says: str) -> None:
    """Notes which page of her home a member is shown, and what it says."""
    write.execute(HOME, {"of_client": client_id, "of_user": user, "page": page, "says": says})


def gone(rows: Connection, client_id: int) -> frozenset[str]:
    """The ids of those who have left."""
    return frozenset(row.user for row in rows.execute(ALL, {"client": client_id}) if row.left_at is not None)


def left(write: Connection, client_id: int, user: str, now: datetime) -> None:
    """Notes that a member has left."""
    seen(write, client_id, user, find(write, client_id, user).name, "", now)
    write.execute(LEFT, {"of_client": client_id, "of_user": user, "now": now})


def mute(write: Connection, client_id: int, user: str, kinds: tuple[str, ...]) -> None:
    """Notes which kinds of digest a member does not want."""
    write.execute(MUTE, {"of_client": client_id, "of_user": user, "kinds": list(kinds)})
