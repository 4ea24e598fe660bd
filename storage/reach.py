"""Whether a customer can be reached, and what was written in places where we don't talk."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from bot.update import Kind
from bot.values import Conversation
from storage import jobs
from storage.models import ConversationRow, ThreadRow, UpdateRow, metadata

thread = metadata.tables[ThreadRow.__tablename__]
updates = metadata.tables[UpdateRow.__tablename__]
talks = metadata.tables[ConversationRow.__tablename__]


class Reached(NamedTuple):
    """How a customer is reached in a talk: on which network, in which language, and whether she can be at all."""

    channel: str
    language: str
    reachable: bool


MARK = (
    update(thread)
    .where(
        thread.c.channel == bindparam("of_channel"),
        thread.c.account == bindparam("of_account"),
        thread.c.address == bindparam("of_address"),
    )
    .values(reachable=bindparam("can"))
)
TALK = (
    select(thread.c.channel, talks.c.language, thread.c.reachable)
    .join(talks, talks.c.thread_id == thread.c.id)
    .where(talks.c.client_id == bindparam("client"), talks.c.id == bindparam("of_id"))
)
SEEN = select(updates.c.id).where(updates.c.target == bindparam("place"), updates.c.kind == Kind.OUTSIDE.value).limit(1)


def mark(write: Connection, talk: Conversation, reachable: bool, now: datetime) -> None:
    """Notes whether the customer can be written to; what waits for one who can't is dropped, its history stays."""
    where = talk.thread
    write.execute(
        MARK,
        {"of_channel": where.channel, "of_account": where.account, "of_address": where.address, "can": reachable},
    )
    if not reachable:
        jobs.drop_all(write, talk.id, now)


def talk(rows: Connection, client_id: int, conversation_id: int) -> Reached | None:
    """How the customer of a client's talk is reached."""
    row = rows.execute(TALK, {"client": client_id, "of_id": conversation_id}).one_or_none()
    return Reached(*row) if row is not None else None


def first_outside(rows: Connection, place: str) -> bool:
    """Whether no update from this group or channel is recorded yet."""
    return rows.execute(SEEN, {"place": place}).first() is None
