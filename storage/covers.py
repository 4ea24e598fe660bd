"""Who of the desk works for a client in another's place, and which tickets change hands for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.models import CoverFor, Note, Staff, Ticket, metadata

cover = metadata.tables[CoverFor.__tablename__]
staff = metadata.tables[Staff.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]
note = metadata.tables[Note.__tablename__]
hers, colleague = staff.alias("hers"), staff.alias("colleague")


class Standing(NamedTuple):
    """A cover: of whom, by whom, from which day to which (both included), and how it stands."""

    id: int
    client_id: int
    staff_id: int
    staff: str
    colleague_id: int
    colleague: str
    first: date
    last: date
    word: str
    state: str
    given: bool
    tickets: list[int]


class Quirk(NamedTuple):
    """A note of the desk's that whoever comes new should know: of which ticket, when, by whom, and what."""

    number: int
    subject: str
    at: datetime
    by: str
    text: str


ALL = (
    select(
        cover.c.id,
        cover.c.client_id,
        cover.c.staff_id,
        hers.c.name.label("staff"),
        cover.c.colleague_id,
        colleague.c.name.label("colleague"),
        cover.c.first,
        cover.c.last,
        cover.c.word,
        cover.c.state,
        cover.c.given,
        cover.c.tickets,
    )
    .join(hers, hers.c.id == cover.c.staff_id)
    .join(colleague, colleague.c.id == cover.c.colleague_id)
)
STANDING = ALL.where(cover.c.client_id == bindparam("client"), cover.c.state.in_(["planned", "begun"])).order_by(
    cover.c.first, cover.c.id
)
ONE = ALL.where(cover.c.client_id == bindparam("client"), cover.c.id == bindparam("id"))
ADD = insert(cover).returning(cover.c.id)
CHANGE = (
    update(cover)
    .where(cover.c.id == bindparam("of_id"))
    .values(state=bindparam("stands"), given=bindparam("was_given"), tickets=bindparam("moved"))
)
HELD = select(ticket.c.id).where(
    ticket.c.client_id == bindparam("client"), ticket.c.owner_id == bindparam("owner"), ticket.c.state != "done"
)
PASS = update(ticket).where(ticket.c.id.in_(bindparam("ids", expanding=True))).values(owner_id=bindparam("new_owner"))
QUIRKS = (
    select(ticket.c.number, ticket.c.subject, note.c.at, staff.c.name, note.c.text)
    .join_from(note, ticket, ticket.c.id == note.c.ticket_id)
    .join(staff, staff.c.id == note.c.staff_id)
    .where(note.c.client_id == bindparam("client"))
    .order_by(note.c.id.desc())
    .limit(bindparam("most"))
)


def standing(rows: Connection, client_id: int) -> list[Standing]:
    """The covers of a client that are planned or have begun, the first one first."""
    return [a_cover(row) for row in rows.execute(STANDING, {"client": client_id})]


def by_id(rows: Connection, client_id: int, cover_id: int) -> Standing | None:
    """The client's cover with this row id."""
    row = rows.execute(ONE, {"client": client_id, "id": cover_id}).one_or_none()
    return a_cover(row) if row is not None else None


def a_cover(row: Any) -> Standing:
    """The value in a row of ALL."""
    return Standing(*row)


def add(
    write: Connection,
    client_id: int,
    staff_id: int,
    colleague_id: int,
    first: date,
    last: date,
    word: str,
    now: datetime,
) -> int:
    """Writes a planned cover and gives its id."""
    who = {"client_id": client_id, "staff_id": staff_id, "colleague_id": colleague_id}
    rest = {"first": first, "last": last, "word": word, "state": "planned", "given": False, "tickets": []}
    return int(write.execute(ADD, {**who, **rest, "made_at": now}).scalar_one())


def change(write: Connection, one: Standing) -> None:
    """Writes how a cover stands."""
    values = {"of_id": one.id, "stands": one.state, "was_given": one.given, "moved": one.tickets}
    write.execute(CHANGE, values)


def held(rows: Connection, client_id: int, staff_id: int) -> list[int]:
    """The tickets of a client that a member holds and has not done, by row id."""
    return list(rows.execute(HELD, {"client": client_id, "owner": staff_id}).scalars())


def pass_on(write: Connection, tickets: Collection[int], staff_id: int) -> None:
    """Gives tickets to a member."""
    if tickets:
        write.execute(PASS, {"ids": list(tickets), "new_owner": staff_id})


def quirks(rows: Connection, client_id: int, most: int) -> list[Quirk]:
    """The last notes about a client."""
    return [Quirk(*row) for row in rows.execute(QUIRKS, {"client": client_id, "most": most})]
