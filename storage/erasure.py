"""What is taken away in slices of ``MOST`` rows: a customer's messages, and what has been kept long enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Delete, Select, bindparam, delete, exists, func, select, tuple_, union, update

from storage.models import ConversationRow, File, Job, MessageRow, TaughtRow, ThreadRow, Ticket, UpdateRow, metadata

message = metadata.tables[MessageRow.__tablename__]
file = metadata.tables[File.__tablename__]
job = metadata.tables[Job.__tablename__]
updates = metadata.tables[UpdateRow.__tablename__]
taught = metadata.tables[TaughtRow.__tablename__]
talk = metadata.tables[ConversationRow.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]

MOST: Final = 500
"""Rows of one transaction: longer ones would hold up the customers."""

HER: Final[Any] = bindparam("customer")
ENDED = job.c.state.in_(["done", "failed", "dropped"])
UNDER_WAY = exists(select(job.c.id).where(job.c.message_id == message.c.id, job.c.state.in_(["due", "busy"])))
# What the desk and the team told each other about her may belong to a ticket that has no talk. Either is found by its
# own index, and then made one: where a message is of this or of that, PostgreSQL goes through all there are.
HERS = union(
    select(message.c.id).join(talk, talk.c.id == message.c.conversation_id).where(talk.c.customer_id == HER),
    select(message.c.id).join(ticket, ticket.c.id == message.c.ticket_id).where(ticket.c.customer_id == HER),
).subquery("hers")
OF_CUSTOMER = (
    select(message.c.id)
    .where(message.c.id.in_(select(HERS.c.id)), message.c.id <= bindparam("last"), ~UNDER_WAY)
    .limit(MOST)
)
LEFT = select(func.count()).where(HERS.c.id <= bindparam("last"))
LAST = select(func.max(HERS.c.id))
OLD = (
    select(message.c.id)
    .where(message.c.at < bindparam("before"), message.c.client_id == bindparam("client"), ~UNDER_WAY)
    .order_by(message.c.at)
    .limit(MOST)
)
THESE: Final[Any] = bindparam("ids", expanding=True)
ERASE_MESSAGES = delete(message).where(message.c.id.in_(THESE))
ERASE_TAUGHT = delete(taught).where(taught.c.message_id.in_(THESE))
ERASE_JOBS = delete(job).where(job.c.message_id.in_(THESE), ENDED)
# The digest stays: by it the bytes are found that no living row names any more.
ERASE_FILES = update(file).where(file.c.message_id.in_(THESE)).values(name="", remote="", state="erased")
LANES = select(thread.c.channel, thread.c.account, thread.c.address).where(thread.c.customer_id == HER)
KEY = (updates.c.channel, updates.c.account, updates.c.id)
ACTED = select(*KEY).where(updates.c.target == bindparam("lane"), updates.c.actor != "").limit(MOST)
NAMELESS = update(updates).where(tuple_(*KEY).in_(ACTED)).values(actor="")
# What members of a workspace were shown at once, by the account's own name.
SHOWN = (
    select(*KEY)
    .where(
        updates.c.channel == bindparam("of_network"),
        updates.c.account == bindparam("of_name"),
        updates.c.reply.is_not(None),
    )
    .limit(MOST)
)
FORGET_SHOWN = update(updates).where(tuple_(*KEY).in_(SHOWN)).values(reply=None)
# Of all clients at once, and past the rows that another client's night takes now: so each row is met once.
BEFORE: Final[Any] = bindparam("before")
OLDEST = select(*KEY).where(updates.c.at < BEFORE).order_by(updates.c.at).limit(MOST).with_for_update(skip_locked=True)
OLD_UPDATES = delete(updates).where(tuple_(*KEY).in_(OLDEST))
FIRST_ENDED = select(job.c.id).where(job.c.ended_at < BEFORE).order_by(job.c.ended_at).limit(MOST)
OLD_JOBS = delete(job).where(job.c.id.in_(FIRST_ENDED.with_for_update(skip_locked=True)))


def last_message(rows: Connection, customer_id: int) -> int:
    """The id of the last message of a customer's talks; 0 where there is none."""
    return int(rows.execute(LAST, {"customer": customer_id}).scalar_one() or 0)


def messages_of(write: Connection, customer_id: int, last: int) -> int:
    """Erases messages of a customer's talks up to the id ``last``, with their files and jobs; gives how many.

    What is still to be sent waits: an edit of a message that is gone would be sent as a new one.
    """
    return gone(write, OF_CUSTOMER, [ERASE_TAUGHT], customer=customer_id, last=last)


def messages_left(rows: Connection, customer_id: int, last: int) -> int:
    """How many of these are still there."""
    return int(rows.execute(LEFT, {"customer": customer_id, "last": last}).scalar_one())


def actor(write: Connection, customer_id: int) -> int:
    """Takes a customer's name on her network out of the audit; gives out of how many updates."""
    for channel, account, address in write.execute(LANES, {"customer": customer_id}).all():
        changed = write.execute(NAMELESS, {"lane": f"{channel}:{account}:{address}"}).rowcount
        if changed:
            return changed
    return 0


def shown(write: Connection, network: str, name: str) -> int:
    """Forgets what members of a workspace were shown at once, in forms and by whispers; gives in how many updates."""
    return write.execute(FORGET_SHOWN, {"of_network": network, "of_name": name}).rowcount


def old_messages(write: Connection, client_id: int, before: datetime) -> int:
    """Erases messages of a client's talks from before a moment, with their files and jobs; gives how many."""
    return gone(write, OLD, client=client_id, before=before)


def old_updates(write: Connection, before: datetime) -> int:
    """Prunes the audit of all clients from before a moment; gives how many rows."""
    return write.execute(OLD_UPDATES, {"before": before}).rowcount


def old_jobs(write: Connection, before: datetime) -> int:
    """Prunes the jobs of all clients that ended before a moment; gives how many."""
    return write.execute(OLD_JOBS, {"before": before}).rowcount


def gone(write: Connection, which: Select[int], more: Sequence[Delete] = (), **values: object) -> int:
    """Erases messages, and what belongs to them."""
    ids: Sequence[int] = write.execute(which, values).scalars().all()
    if ids:
        for statement in (*more, ERASE_FILES, ERASE_JOBS, ERASE_MESSAGES):
            write.execute(statement, {"ids": ids})
    return len(ids)
