"""Links to people off their pages, the codes that make them, and of what they want to hear."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from storage.models import (
    Alerting,
    ContactRow,
    ConversationRow,
    Link,
    LinkCode,
    Staff,
    StaffClient,
    Stretch,
    ThreadRow,
    metadata,
)
from storage.upsert import upsert

link = metadata.tables[Link.__tablename__]
code = metadata.tables[LinkCode.__tablename__]
alerting = metadata.tables[Alerting.__tablename__]
staff = metadata.tables[Staff.__tablename__]
staff_client = metadata.tables[StaffClient.__tablename__]
contact = metadata.tables[ContactRow.__tablename__]
talk = metadata.tables[ConversationRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]
stretch = metadata.tables[Stretch.__tablename__]

KINDS = ("chat", "message", "decision", "order", "task", "call")


@dataclass(frozen=True, slots=True)
class Linked:
    """A member of the desk who can be reached: where, in which language and time, and of what she wants to hear.

    ``client_id`` is whose bot it is, ``seen_at`` when she was last seen at a ticket. ``quiet`` are minutes of her day.
    """

    staff_id: int
    name: str
    language: str
    timezone: str
    client_id: int
    conversation_id: int
    kinds: tuple[str, ...]
    quiet: tuple[int, int]
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfContact:
    """A contact of a client's who can be reached in a talk."""

    contact_id: int
    key: str
    name: str
    conversation_id: int


REACHED = thread.c.reachable & talk.c.ended_at.is_(None)
MEMBERS = (
    select(
        staff.c.id,
        staff.c.name,
        staff.c.language,
        staff.c.timezone,
        link.c.client_id,
        link.c.conversation_id,
        alerting.c.kinds,
        alerting.c.quiet_start,
        alerting.c.quiet_end,
        stretch.c.seen_at,
    )
    .join_from(link, staff, staff.c.id == link.c.staff_id)
    .join(talk, talk.c.id == link.c.conversation_id)
    .join(thread, thread.c.id == talk.c.thread_id)
    .join(alerting, alerting.c.staff_id == staff.c.id, isouter=True)
    .join(stretch, stretch.c.staff_id == staff.c.id, isouter=True)
    .where(staff.c.active, REACHED)
)
FOR_CLIENT = MEMBERS.join(
    staff_client, (staff_client.c.staff_id == staff.c.id) & (staff_client.c.client_id == bindparam("client"))
).order_by(staff.c.name)
OF_MEMBER = MEMBERS.where(staff.c.id == bindparam("staff"))
CONTACTS = (
    select(contact.c.id, contact.c.key, contact.c.name, link.c.conversation_id)
    .join_from(link, contact, contact.c.id == link.c.contact_id)
    .join(talk, talk.c.id == link.c.conversation_id)
    .join(thread, thread.c.id == talk.c.thread_id)
    .where(contact.c.client_id == bindparam("client"), contact.c.active, REACHED)
    .order_by(contact.c.position, contact.c.id)
)
ANYBODY = (
    select(link.c.id)
    .join(staff_client, staff_client.c.staff_id == link.c.staff_id, isouter=True)
    .join(contact, contact.c.id == link.c.contact_id, isouter=True)
    .where(or_(staff_client.c.client_id == bindparam("client"), contact.c.client_id == bindparam("client")))
    .limit(1)
)
HERE = select(link.c.staff_id, link.c.contact_id).where(link.c.conversation_id == bindparam("talk"))
ADD = insert(link)
UNLINK = delete(link).where(
    or_(
        link.c.staff_id == bindparam("staff"),
        link.c.contact_id == bindparam("contact"),
        link.c.conversation_id == bindparam("talk"),
    )
)
ADD_CODE = insert(code)
DROP_CODES = delete(code).where(
    or_(
        code.c.staff_id == bindparam("staff"),
        code.c.contact_id == bindparam("contact"),
        code.c.until < bindparam("now"),
    )
)
TAKE_CODE = (
    delete(code)
    .where(
        code.c.digest == bindparam("digest"),
        code.c.until > bindparam("now"),
        or_(
            code.c.client_id == bindparam("client"),
            code.c.staff_id.in_(select(staff_client.c.staff_id).where(staff_client.c.client_id == bindparam("client"))),
        ),
    )
    .returning(code.c.staff_id, code.c.contact_id)
)
WISH = select(alerting.c.kinds, alerting.c.quiet_start, alerting.c.quiet_end).where(
    alerting.c.staff_id == bindparam("staff")
)
WANT = upsert(alerting).values({name: bindparam(name) for name in ("staff_id", "kinds", "quiet_start", "quiet_end")})
WANT = WANT.on_conflict_do_update(
    index_elements=["staff_id"],
    set_={name: WANT.excluded[name] for name in ("kinds", "quiet_start", "quiet_end")},
)


# --- who is reached ---------------------------------------------------------------------------------------------------


def for_client(rows: Connection, client_id: int) -> list[Linked]:
    """The members of the desk who work for a client and can be reached, by name."""
    return [linked(row) for row in rows.execute(FOR_CLIENT, {"client": client_id})]


def of_member(rows: Connection, staff_id: int) -> Linked | None:
    """Where a member is reached."""
    row = rows.execute(OF_MEMBER, {"staff": staff_id}).one_or_none()
    return linked(row) if row is not None else None


def linked(row: Any) -> Linked:
    """The value in a row of MEMBERS; who has wished nothing hears of everything."""
    kinds = tuple(KINDS if row[6] is None else row[6])
    return Linked(row[0], row[1], row[2], row[3], row[4], row[5], kinds, (row[7] or 0, row[8] or 0), row[9])


def contacts(rows: Connection, client_id: int) -> list[OfContact]:
    """The contacts of a client who can be reached, in its order."""
    return [OfContact(*row) for row in rows.execute(CONTACTS, {"client": client_id})]


def anybody(rows: Connection, client_id: int) -> bool:
    """Whether anybody at all is linked for a client: most tickets need ask no further."""
    return rows.execute(ANYBODY, {"client": client_id}).first() is not None


def here(rows: Connection, conversation_id: int) -> tuple[int | None, int | None]:
    """Who is reached in a talk, as row ids: a member of the desk, or a contact, or neither."""
    row = rows.execute(HERE, {"talk": conversation_id}).one_or_none()
    return (row[0], row[1]) if row is not None else (None, None)


# --- linking ----------------------------------------------------------------------------------------------------------


def give_code(
    write: Connection,
    digest: str,
    until: datetime,
    now: datetime,
    *,
    staff_id: int | None = None,
    client_id: int | None = None,
    contact_id: int | None = None,
) -> None:
    """Keeps a code for a member, or for a contact of a client's; the one before is worth nothing any more."""
    write.execute(DROP_CODES, {"staff": staff_id, "contact": contact_id, "now": now})
    values = {"digest": digest, "staff_id": staff_id, "client_id": client_id, "contact_id": contact_id}
    write.execute(ADD_CODE, {**values, "until": until})


def take_code(write: Connection, digest: str, client_id: int, now: datetime) -> tuple[int | None, int | None] | None:
    """Uses a code at a client's bot, once: for which member, or which contact; None where it is worth nothing there."""
    row = write.execute(TAKE_CODE, {"digest": digest, "client": client_id, "now": now}).one_or_none()
    return (row[0], row[1]) if row is not None else None


def make(
    write: Connection,
    client_id: int,
    conversation_id: int,
    now: datetime,
    *,
    staff_id: int | None = None,
    contact_id: int | None = None,
) -> None:
    """Links a talk; it, and whoever it is for, is linked nowhere else any more."""
    unlink(write, staff_id=staff_id, contact_id=contact_id, conversation_id=conversation_id)
    whose = {"staff_id": staff_id, "contact_id": contact_id}
    write.execute(ADD, {"client_id": client_id, "conversation_id": conversation_id, "made_at": now, **whose})


def unlink(
    write: Connection,
    *,
    staff_id: int | None = None,
    contact_id: int | None = None,
    conversation_id: int | None = None,
) -> None:
    """Reaches a member, a contact, or whoever is in a talk, there no more."""
    write.execute(UNLINK, {"staff": staff_id, "contact": contact_id, "talk": conversation_id})


def want(write: Connection, staff_id: int, kinds: Collection[str], quiet: tuple[int, int]) -> None:
    """Keeps of what a member wants to hear, and when she does not."""
    values = {"staff_id": staff_id, "kinds": [one for one in KINDS if one in kinds]}
    write.execute(WANT, {**values, "quiet_start": quiet[0], "quiet_end": quiet[1]})


def wanted(rows: Connection, staff_id: int) -> tuple[tuple[str, ...], tuple[int, int]]:
    """Of what a member wants to hear, and her quiet hours."""
    row = rows.execute(WISH, {"staff": staff_id}).one_or_none()
    return (tuple(row[0]), (row[1], row[2])) if row is not None else (KINDS, (0, 0))
