"""What the desk and a client's team tell each other about a ticket, kept among the messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, text, update

from bot.update import Attachment, Json
from storage.models import File, MessageRow, Ticket, metadata
from storage.text import clean

message = metadata.tables[MessageRow.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]
file = metadata.tables[File.__tablename__]


class TeamLine(NamedTuple):
    """A line to the team, with the ticket it is about."""

    id: int
    state: str
    text: str
    parts: Json
    ticket_id: int
    number: int
    kind: str
    subject: str
    files: Sequence[Mapping[str, Json]] = ()

    @property
    def by(self) -> str:
        """Who wrote it."""
        return next((str(values["staff"]) for _message, values in self.parts or () if "staff" in values), "")


ADD = insert(message).returning(message.c.id)
FILES = insert(file)
ONE = (
    select(
        message.c.id,
        message.c.state,
        message.c.text,
        message.c.parts,
        ticket.c.id.label("ticket"),
        ticket.c.number,
        ticket.c.kind,
        ticket.c.subject,
    )
    .join(ticket, ticket.c.id == message.c.ticket_id)
    .where(message.c.client_id == bindparam("client"), message.c.id == bindparam("id"))
)
ITS_FILES = select(file.c.kind, file.c.name, file.c.mime, file.c.remote.label("path")).where(
    file.c.message_id == bindparam("id"), file.c.state == "stored"
)
AT = select(message.c.id).where(
    message.c.client_id == bindparam("client"),
    message.c.external_id == bindparam("external"),
    text("message.audience = 'team'"),
)
OF_TICKET = (
    select(message.c.at, message.c.parts, message.c.text)
    .where(
        message.c.client_id == bindparam("client"),
        message.c.ticket_id == bindparam("ticket"),
        text("message.audience = 'team'"),
    )
    .order_by(message.c.id.desc())
    .limit(bindparam("most"))
)
REWRITE = (
    update(message)
    .where(message.c.id == bindparam("of_id"))
    .values(
        text=bindparam("words"), parts=bindparam("filled"), folded=bindparam("found_by"), edited_at=bindparam("now")
    )
)
NAME = update(message).where(message.c.id == bindparam("of_id")).values(external_id=bindparam("external"))
MARK = (
    update(message)
    .where(message.c.id == bindparam("of_id"), text("message.audience = 'team'"))
    .values(state=bindparam("to_state"), reason=bindparam("why"))
)


def add(write: Connection, values: Mapping[str, Any], files: Sequence[Attachment], now: datetime) -> int:
    """Keeps a line, with the files that go with it; gives its id."""
    filled = {"audience": "team", "pressed": "", "epoch": 0, "external_id": None, "at": now, **values}
    kept = int(write.execute(ADD, {**filled, "text": clean(filled["text"])}).scalar_one())
    if files:
        write.execute(FILES, [as_file(one, kept, filled) for one in files])
    return kept


def as_file(one: Attachment, message_id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a file."""
    return {
        "client_id": values["client_id"],
        "conversation_id": values["conversation_id"],
        "message_id": message_id,
        "kind": one.kind,
        "name": clean(one.name)[:255],
        "mime": one.mime[:127],
        "size": one.size,
        "remote": one.path or one.remote,
        "sha256": one.sha256,
        "state": "stored" if one.sha256 else "remote",
    }


def one(rows: Connection, client_id: int, message_id: int) -> TeamLine | None:
    """The client's line with this row id."""
    row = rows.execute(ONE, {"client": client_id, "id": message_id}).one_or_none()
    if row is None:
        return None
    files = [dict(found._mapping) for found in rows.execute(ITS_FILES, {"id": message_id})]
    return TeamLine(*row, files)


def mark(write: Connection, message_id: int, state: str, reason: str = "") -> None:
    """Notes what became of a line to the team: waiting, sent or failed, and perhaps why."""
    write.execute(MARK, {"of_id": message_id, "to_state": state, "why": reason or None})


def name(write: Connection, message_id: int, external_id: str) -> None:
    """Notes what the network calls a line, so that an edit of it is found."""
    write.execute(NAME, {"of_id": message_id, "external": external_id})


def at(rows: Connection, client_id: int, external_id: str) -> int | None:
    """The line that the network calls so."""
    found: int | None = rows.execute(AT, {"client": client_id, "external": external_id}).scalars().first()
    return found


def rewrite(write: Connection, message_id: int, words: str, parts: Json, found_by: str, now: datetime) -> None:
    """Lets a line read otherwise."""
    values = {"words": clean(words), "filled": parts, "found_by": found_by, "now": now}
    write.execute(REWRITE, {"of_id": message_id, **values})


def of_ticket(rows: Connection, client_id: int, ticket_id: int, most: int) -> list[tuple[str, str]]:
    """The last lines of both sides about a ticket, the oldest of them first: who wrote it, and what."""
    found = rows.execute(OF_TICKET, {"client": client_id, "ticket": ticket_id, "most": most})
    said = [
        (next((str(values["staff"]) for _m, values in row.parts or () if "staff" in values), ""), row.text)
        for row in found
    ]
    return said[::-1]
