"""Messages of a talk as they are kept, off the hot path."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from bot.values import Conversation
from storage.models import MessageRow, metadata

message = metadata.tables[MessageRow.__tablename__]

LATEST = (
    select(message.c.at, message.c.by, message.c.text, message.c.state)
    .where(message.c.conversation_id == bindparam("talk"))
    .order_by(message.c.id.desc())
    .limit(bindparam("most"))
)
SIGNED = select(message.c.parts).where(
    message.c.conversation_id == bindparam("talk"),
    message.c.by == "va",
    message.c.epoch == bindparam("epoch"),
)


class Line(NamedTuple):
    """One message: when, by whom (customer, bot, va, team), its text (ours is HTML) and, of ours, its state."""

    at: datetime
    by: str
    text: str
    state: str


def latest(rows: Connection, conversation_id: int, most: int) -> list[Line]:
    """The last messages of a talk, the oldest of them first."""
    found: list[Any] = list(rows.execute(LATEST, {"talk": conversation_id, "most": most}))
    return [Line(*row) for row in reversed(found)]


def signed(rows: Connection, talk: Conversation, staff: str) -> bool:
    """Whether this person of the desk has signed a message since the talk was last taken over."""
    found = rows.execute(SIGNED, {"talk": talk.id, "epoch": talk.epoch}).scalars()
    return any(values.get("staff") == staff for parts in found for _message, values in parts or ())
