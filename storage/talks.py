"""What was said in a talk, with its files; or about a ticket without one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from bot.update import Json
from storage.models import ConversationRow, File, MessageRow, ThreadRow, metadata

conversation = metadata.tables[ConversationRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]
message = metadata.tables[MessageRow.__tablename__]
file = metadata.tables[File.__tablename__]


class Line(NamedTuple):
    """A message of a talk. ``parts`` is what a text of ours was made of: [[msgid, values], ...]."""

    id: int
    by: str
    audience: str
    text: str
    parts: Json
    pressed: str
    state: str
    reason: str | None
    at: datetime
    edited_at: datetime | None


class Attached(NamedTuple):
    """A file that came with a message."""

    id: int
    message_id: int
    kind: str
    name: str
    mime: str
    size: int
    remote: str
    channel: str | None
    account: str | None
    state: str
    sha256: str


def attached(row: Any) -> Attached:
    """The value in a row of FILES."""
    return Attached(*row)


LINES = (
    select(
        message.c.id,
        message.c.by,
        message.c.audience,
        message.c.text,
        message.c.parts,
        message.c.pressed,
        message.c.state,
        message.c.reason,
        message.c.at,
        message.c.edited_at,
    )
    .where(message.c.client_id == bindparam("client"))
    .order_by(message.c.id.desc())
    .limit(bindparam("most"))
)
TALK = LINES.where(message.c.conversation_id == bindparam("talk"))
OF_TICKET = LINES.where(message.c.ticket_id == bindparam("ticket"))
FILES = (
    select(file.c.id, file.c.message_id, file.c.kind, file.c.name, file.c.mime, file.c.size, file.c.remote)
    .add_columns(thread.c.channel, thread.c.account, file.c.state, file.c.sha256)
    .join(conversation, conversation.c.id == file.c.conversation_id, isouter=True)
    .join(thread, thread.c.id == conversation.c.thread_id, isouter=True)
    .where(file.c.client_id == bindparam("client"), file.c.state != "erased")
)
FILES_OF_TALK = FILES.where(file.c.conversation_id == bindparam("talk"))
FILES_OF_TICKET = FILES.where(
    file.c.message_id.in_(select(message.c.id).where(message.c.ticket_id == bindparam("ticket")))
)
ONE_FILE = FILES.where(file.c.id == bindparam("id"))


def talk(rows: Connection, client_id: int, conversation_id: int, most: int) -> list[Line]:
    """The last messages of a talk, the oldest of them first."""
    found = rows.execute(TALK, {"client": client_id, "talk": conversation_id, "most": most}).all()
    return [Line(*row) for row in reversed(found)]


def of_ticket(rows: Connection, client_id: int, ticket_id: int, most: int) -> list[Line]:
    """What the desk and the team have told each other about a ticket without a talk, in order."""
    found = rows.execute(OF_TICKET, {"client": client_id, "ticket": ticket_id, "most": most}).all()
    return [Line(*row) for row in reversed(found)]


def files(rows: Connection, client_id: int, conversation_id: int | None, ticket_id: int) -> dict[int, list[Attached]]:
    """The files of a talk, or of a ticket without one, by message."""
    found: dict[int, list[Attached]] = {}
    values = {"client": client_id, "talk": conversation_id, "ticket": ticket_id}
    for row in rows.execute(FILES_OF_TALK if conversation_id is not None else FILES_OF_TICKET, values):
        found.setdefault(row.message_id, []).append(attached(row))
    return found


def one_file(rows: Connection, client_id: int, file_id: int) -> Attached | None:
    """The client's file with this row id."""
    row = rows.execute(ONE_FILE, {"client": client_id, "id": file_id}).one_or_none()
    return attached(row) if row is not None else None
