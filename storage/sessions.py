"""Logins: the sessions that stand, the logins that failed, and who looked at what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.models import AccessLog, LoginTry, Staff, StaffSession, metadata
from storage.staff import MEMBER, Member
from storage.upsert import upsert

session = metadata.tables[StaffSession.__tablename__]
login_try = metadata.tables[LoginTry.__tablename__]
access_log = metadata.tables[AccessLog.__tablename__]
staff = metadata.tables[Staff.__tablename__]


@dataclass(frozen=True, slots=True)
class Session:
    """A session that stands, and whose it is."""

    member: Member
    created_at: datetime
    seen_at: datetime


FIND = (
    MEMBER.add_columns(session.c.created_at, session.c.seen_at)
    .join(session, session.c.staff_id == staff.c.id)
    .where(session.c.digest == bindparam("digest"), session.c.proved == bindparam("proved"), staff.c.active)
)
OPEN = insert(session)
SEEN = update(session).where(session.c.digest == bindparam("of_digest")).values(seen_at=bindparam("now"))
END = delete(session).where(session.c.digest == bindparam("digest"))
END_OWN = delete(session).where(session.c.staff_id == bindparam("staff"), session.c.digest == bindparam("digest"))
END_OTHERS = delete(session).where(session.c.staff_id == bindparam("staff"), session.c.digest != bindparam("digest"))
FORGET = delete(session).where((session.c.seen_at < bindparam("idle")) | (session.c.created_at < bindparam("long")))
OF_STAFF = (
    select(session.c.digest, session.c.agent, session.c.created_at, session.c.seen_at)
    .where(session.c.staff_id == bindparam("staff"), session.c.proved)
    .order_by(session.c.seen_at.desc())
)
TRIES = select(login_try.c.who, login_try.c.count, login_try.c.since).where(
    login_try.c.who.in_(bindparam("who", expanding=True))
)
TRIED = upsert(login_try).values(who=bindparam("who"), count=bindparam("count"), since=bindparam("since"))
TRIED = TRIED.on_conflict_do_update(
    index_elements=["who"], set_={"count": TRIED.excluded.count, "since": TRIED.excluded.since}
)
CLEAR = delete(login_try).where(login_try.c.who == bindparam("who"))
LOOKED = insert(access_log)


def find(rows: Connection, digest: str, *, proved: bool = True) -> Session | None:
    """The session with this digest, of a member who still works here; not ``proved``: one that waits for a code."""
    row = rows.execute(FIND, {"digest": digest, "proved": proved}).one_or_none()
    return Session(Member(*row[:-2]), row[-2], row[-1]) if row is not None else None


def begin(write: Connection, digest: str, staff_id: int, agent: str, now: datetime, *, proved: bool = True) -> None:
    """Opens a session; one that is not ``proved`` opens nothing until a code was given."""
    moments = {"created_at": now, "seen_at": now}
    write.execute(OPEN, {"digest": digest, "staff_id": staff_id, "agent": agent[:200], **moments, "proved": proved})


def seen(write: Connection, digest: str, now: datetime) -> None:
    """Notes that a session is in use."""
    write.execute(SEEN, {"of_digest": digest, "now": now})


def end(write: Connection, digest: str) -> None:
    """Ends a session."""
    write.execute(END, {"digest": digest})


def end_one(write: Connection, staff_id: int, digest: str) -> None:
    """Ends one of a member's own sessions."""
    write.execute(END_OWN, {"staff": staff_id, "digest": digest})


def end_others(write: Connection, staff_id: int, digest: str) -> int:
    """Ends all sessions of a member but this one; says how many there were."""
    return write.execute(END_OTHERS, {"staff": staff_id, "digest": digest}).rowcount


def forget(write: Connection, idle: datetime, long: datetime) -> None:
    """Deletes the sessions that were last seen before ``idle``, or opened before ``long``."""
    write.execute(FORGET, {"idle": idle, "long": long})


def of_staff(rows: Connection, staff_id: int) -> list[tuple[str, str, datetime, datetime]]:
    """The sessions of a member, the latest first: digest, agent, opened and seen."""
    return [(row[0], row[1], row[2], row[3]) for row in rows.execute(OF_STAFF, {"staff": staff_id})]


# --- throttling -------------------------------------------------------------------------------------------------------


def tries(rows: Connection, who: Sequence[str]) -> dict[str, tuple[int, datetime]]:
    """How often in a row logins failed, since when, for each of these that has failed at all."""
    return {row[0]: (row[1], row[2]) for row in rows.execute(TRIES, {"who": list(who)})}


def tried(write: Connection, who: str, count: int, since: datetime) -> None:
    """Notes how often a login has failed."""
    write.execute(TRIED, {"who": who, "count": count, "since": since})


def clear_tries(write: Connection, who: str) -> None:
    """Forgets the logins that failed."""
    write.execute(CLEAR, {"who": who})


# --- access -----------------------------------------------------------------------------------------------------------


def looked(write: Connection, client_id: int, staff_id: int, what: str, about: int | None, now: datetime) -> None:
    """Notes that a member looked at a customer's data."""
    values = {"client_id": client_id, "staff_id": staff_id, "what": what, "about": about, "at": now}
    write.execute(LOOKED, values)
