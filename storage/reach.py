"""Whether a customer can be reached, and what was written in places where we don't talk."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.update import Kind
from bot.values import Conversation
from storage import jobs
from storage.models import ThreadRow, UpdateRow, metadata

thread = metadata.tables[ThreadRow.__tablename__]
updates = metadata.tables[UpdateRow.__tablename__]

MARK = (
    update(thread)
    .where(
        thread.c.channel == bindparam("of_channel"),
        thread.c.account == bindparam("of_account"),
        thread.c.address == bindparam("of_address"),
    )
    .values(reachable=bindparam("can"))
)
SEEN = select(updates.c.id).where(updates.c.target == bindparam("place"), updates.c.kind == Kind.OUTSIDE.value).limit(2)


def mark(write: Connection, talk: Conversation, reachable: bool, now: datetime) -> None:
    """Notes whether the customer can be written to; what waits for one who can't is dropped, its history stays."""
    where = talk.thread
    write.execute(
        MARK,
        {"of_channel": where.channel, "of_account": where.account, "of_address": where.address, "can": reachable},
    )
    if not reachable:
        jobs.drop_all(write, talk.id, now)


def first_outside(rows: Connection, place: str) -> bool:
    """Whether the update just recorded is the first one from this group or channel."""
    return len(rows.execute(SEEN, {"place": place}).all()) < 2
