"""The members of a client's workspace who were ever met: who they are, what they don't want to hear, who has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.models import MemberRow, metadata

member = metadata.tables[MemberRow.__tablename__]


@dataclass(frozen=True, slots=True)
class Member:
    """One of them; ``language`` as her network says it, ``muted`` the kinds of digest she does not want."""

    user: str
    name: str = ""
    language: str = ""
    muted: tuple[str, ...] = ()
    left: bool = False


ONE = (member.c.client_id == bindparam("of_client"), member.c.user == bindparam("of_user"))
SEEN = upsert(member).values(
    client_id=bindparam("client"),
    user=bindparam("user"),
    name=bindparam("name"),
    language=bindparam("language"),
    seen_at=bindparam("now"),
    muted=bindparam("muted", [], type_=member.c.muted.type),
)
SEEN = SEEN.on_conflict_do_update(
    index_elements=["client_id", "user"],
    set_={
        "name": SEEN.excluded.name,
        "language": SEEN.excluded.language,
        "seen_at": SEEN.excluded.seen_at,
        "left_at": None,
    },
)
FIND = select(member).where(*ONE)
ALL = select(member).where(member.c.client_id == bindparam("client"))
LEFT = update(member).where(*ONE).values(left_at=bindparam("now"))
MUTE = update(member).where(*ONE).values(muted=bindparam("kinds", type_=member.c.muted.type))


def seen(write: Connection, client_id: int, user: str, name: str, language: str, now: datetime) -> None:
    """Notes that a member did something: she is there, and is called so."""
    values = {"client": client_id, "user": user, "name": name, "language": language, "now": now}
    write.execute(SEEN, {**values, "muted": []})


def find(rows: Connection, client_id: int, user: str) -> Member:
    """A member; one who was never met is known by her id alone."""
    row = rows.execute(FIND, {"of_client": client_id, "of_user": user}).one_or_none()
    if row is None:
        return Member(user)
    return Member(row.user, row.name, row.language, tuple(row.muted), row.left_at is not None)


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
