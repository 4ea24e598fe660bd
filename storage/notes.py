"""What the desk tells itself: notes on tickets, and drafts of what is not sent yet."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from storage.models import Draft, Note, Staff, metadata
from storage.upsert import upsert

note = metadata.tables[Note.__tablename__]
draft = metadata.tables[Draft.__tablename__]
staff = metadata.tables[Staff.__tablename__]
colleague = staff.alias("colleague")


class Written(NamedTuple):
    """A note: when, by whom, and what; ``to`` is the colleague to whom the ticket was passed with it."""

    id: int
    at: datetime
    by: str
    text: str
    to: str | None


ADD = insert(note).returning(note.c.id)
OF_TICKET = (
    select(note.c.id, note.c.at, staff.c.name, note.c.text, colleague.c.name.label("to"))
    .join(staff, staff.c.id == note.c.staff_id)
    .join(colleague, colleague.c.id == note.c.to_id, isouter=True)
    .where(
        note.c.client_id == bindparam("client"),
        or_(note.c.ticket_id == bindparam("ticket"), note.c.conversation_id == bindparam("talk")),
    )
    .order_by(note.c.id)
)
DRAFTS = select(draft.c.box, draft.c.text).where(
    draft.c.staff_id == bindparam("staff"), draft.c.ticket_id == bindparam("ticket")
)
PUT = upsert(draft).values(
    staff_id=bindparam("staff"),
    ticket_id=bindparam("ticket"),
    box=bindparam("box"),
    text=bindparam("text"),
    at=bindparam("at"),
)
PUT = PUT.on_conflict_do_update(
    index_elements=["staff_id", "ticket_id", "box"], set_={"text": PUT.excluded.text, "at": PUT.excluded.at}
)
DROP = delete(draft).where(
    draft.c.staff_id == bindparam("staff"), draft.c.ticket_id == bindparam("ticket"), draft.c.box == bindparam("box")
)


def add(
    write: Connection,
    client_id: int,
    ticket_id: int,
    talk: int | None,
    staff_id: int,
    text: str,
    now: datetime,
    to: int | None = None,
) -> int:
    """Writes a note, perhaps ``to`` a colleague, and gives its id."""
    place = {"client_id": client_id, "ticket_id": ticket_id, "conversation_id": talk}
    values = {**place, "staff_id": staff_id, "to_id": to}
    return int(write.execute(ADD, {**values, "text": text, "at": now}).scalar_one())


def of_ticket(rows: Connection, client_id: int, ticket_id: int, talk: int | None) -> list[Written]:
    """The notes on a ticket, and on the other tickets of its talk, in order."""
    values = {"client": client_id, "ticket": ticket_id, "talk": talk}
    return [Written(*row) for row in rows.execute(OF_TICKET, values)]


def drafts(rows: Connection, staff_id: int, ticket_id: int) -> dict[str, str]:
    """What a member has begun to write in a ticket, by box."""
    return {row[0]: row[1] for row in rows.execute(DRAFTS, {"staff": staff_id, "ticket": ticket_id})}


def put_draft(write: Connection, staff_id: int, ticket_id: int, box: str, text: str, now: datetime) -> None:
    """Keeps what a member has begun to write; nothing where it is empty."""
    values = {"staff": staff_id, "ticket": ticket_id, "box": box}
    if text.strip():
        write.execute(PUT, {**values, "text": text, "at": now})
    else:
        write.execute(DROP, values)
