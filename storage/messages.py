"""Messages of a talk as they are kept, off the hot path."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, text, update

from bot.update import Json
from bot.values import Conversation
from storage.database import Prepared
from storage.models import Job, MessageRow, metadata
from storage.types import dump

message = metadata.tables[MessageRow.__tablename__]
job = metadata.tables[Job.__tablename__]

LATEST = (
    select(message.c.at, message.c.by, message.c.text, message.c.state)
    .where(message.c.conversation_id == bindparam("talk"))
    .order_by(message.c.id.desc())
    .limit(bindparam("most"))
)
SIGNED = select(message.c.parts).where(
    message.c.conversation_id == bindparam("talk"),
    message.c.by == "va",
    message.c.audience == "customer",
    message.c.epoch == bindparam("epoch"),
)

OF_DESK = select(message.c.id, message.c.external_id, message.c.parts).where(
    message.c.id == bindparam("of_id"),
    message.c.conversation_id == bindparam("talk"),
    message.c.by == "va",
    message.c.audience == "customer",
    message.c.state == "sent",
)
SET_PARTS = Prepared(update(message).where(message.c.id == bindparam("of_id")).values(parts=bindparam("made_of")))
SINCE = (
    select(message.c.by, func.count())
    .where(
        message.c.conversation_id == bindparam("talk"),
        message.c.id > bindparam("seen"),
        message.c.audience == "customer",
    )
    .group_by(message.c.by)
)
LAST = select(func.coalesce(func.max(message.c.id), 0)).where(message.c.conversation_id == bindparam("talk"))
FAILED = (
    update(message)
    .where(
        message.c.id == bindparam("of_id"),
        message.c.conversation_id == bindparam("talk"),
        text("message.state = 'failed'"),
    )
    .values(state="waiting", reason=None)
)
ITS_JOB = (
    update(job)
    .where(job.c.message_id == bindparam("of_id"), text("job.state = 'failed'"))
    .values(state="due", due_at=bindparam("now"), attempts=0, reason=None, ended_at=None, lease_until=None)
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


def said_by_desk(rows: Connection, conversation_id: int, message_id: int) -> Any:
    """A message that the desk has sent in this talk: its id, external_id and parts; None where it has not."""
    return rows.execute(OF_DESK, {"talk": conversation_id, "of_id": message_id}).one_or_none()


def set_parts(write: Connection, message_id: int, parts: Json) -> None:
    """Notes what a message is made of now."""
    SET_PARTS.run(write, of_id=message_id, made_of=dump(parts) if parts is not None else None)


def since(rows: Connection, conversation_id: int, seen: int) -> Counter[str]:
    """Who has written in a talk after a message, and how often."""
    return Counter({row[0]: row[1] for row in rows.execute(SINCE, {"talk": conversation_id, "seen": seen})})


def last(rows: Connection, conversation_id: int) -> int:
    """The last message of a talk, as row id; 0 where there is none."""
    return int(rows.execute(LAST, {"talk": conversation_id}).scalar_one())


def send_again(write: Connection, conversation_id: int, message_id: int, now: datetime) -> bool:
    """Puts a message that failed before delivery again; False where it did not fail."""
    if not write.execute(FAILED, {"of_id": message_id, "talk": conversation_id}).rowcount:
        return False
    return write.execute(ITS_JOB, {"of_id": message_id, "now": now}).rowcount > 0
