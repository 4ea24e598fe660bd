"""Customers who are played in a rehearsal: what is shown of their talk, and how all of it is taken away."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from bot.update import Json, Thread
from storage.models import ConversationRow, CustomerRow, Job, MessageRow, ThreadRow, metadata

customer = metadata.tables[CustomerRow.__tablename__]
conversation = metadata.tables[ConversationRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]
message = metadata.tables[MessageRow.__tablename__]
job = metadata.tables[Job.__tablename__]


class Line(NamedTuple):
    """A message of the talk: ours with the keyboard that stands under it now, and the names of its files."""

    id: int
    by: str
    text: str
    keyboard: Json
    files: list[str]


HERE = (
    thread.c.channel == bindparam("channel"),
    thread.c.account == bindparam("account"),
    thread.c.address == bindparam("address"),
)
WRITES = select(thread.c.customer_id).where(*HERE)
# Only who is marked is ever taken away: whose thread became somebody else's stays.
PLAYED = WRITES.join(customer, customer.c.id == thread.c.customer_id).where(customer.c.rehearsal)
ANY_PLAYED = select(customer.c.id).where(customer.c.id.in_(bindparam("ids", expanding=True)), customer.c.rehearsal)
TALK = (
    select(conversation.c.id)
    .join(thread, thread.c.id == conversation.c.thread_id)
    .where(*HERE, conversation.c.ended_at.is_(None))
)
MARK = update(customer).where(customer.c.id == bindparam("of_id")).values(rehearsal=True)
LINES = (
    select(message.c.id, message.c.by, message.c.text)
    .where(message.c.conversation_id == bindparam("talk"), message.c.audience == "customer")
    .order_by(message.c.id)
)
SENDS = (
    select(job.c.message_id, job.c.kind, job.c.payload)
    .join(message, message.c.id == job.c.message_id)
    .where(message.c.conversation_id == bindparam("talk"), job.c.lane.is_not(None))
    .order_by(job.c.id)
)


def place(of: Thread) -> dict[str, str]:
    return {"channel": of.channel, "account": of.account, "address": of.address}


def mark(write: Connection, of: Thread) -> None:
    """Marks the customer of this thread as one who is played."""
    write.execute(MARK, {"of_id": write.execute(WRITES, place(of)).scalar_one()})


def any_played(rows: Connection, customers: Collection[int]) -> bool:
    """Whether one of these customers is played: what hangs on her will be taken away."""
    return rows.execute(ANY_PLAYED, {"ids": list(customers)}).first() is not None


def talk_of(rows: Connection, of: Thread) -> int | None:
    """The talk of this thread; None where nothing is being rehearsed."""
    found: int | None = rows.execute(TALK, place(of)).scalar_one_or_none()
    return found


def lines(rows: Connection, talk: int) -> list[Line]:
    """The talk as its customer sees it."""
    keyboards: dict[int, Json] = {}
    files: dict[int, list[str]] = {}
    for message_id, kind, payload in rows.execute(SENDS, {"talk": talk}):
        said = json.loads(payload) if isinstance(payload, str) else payload
        if kind == "file":
            files.setdefault(message_id, []).append(str(said["name"]))
        else:
            keyboards[message_id] = said["keyboard"]
    found = rows.execute(LINES, {"talk": talk})
    return [Line(*row, keyboards.get(row[0], []), files.get(row[0], [])) for row in found]


def remove(write: Connection, of: Thread) -> None:
    """Takes away the customer who was played on this thread, and everything that hangs on her."""
    played = write.execute(PLAYED, place(of)).scalars().all()
    if played:
        uproot(write, customer, played)
        write.execute(delete(job).where(job.c.lane == of.lane))


def uproot(write: Connection, table: Table, ids: Collection[int]) -> None:
    """Deletes rows with all rows that refer to them; what is merged into one of them only lets go."""
    if not ids:
        return
    if table is conversation:
        for hot in (message, job):  # no reference of theirs is kept by the database
            write.execute(delete(hot).where(hot.c.conversation_id.in_(ids)))
    about = [f"{table.name}:{one}" for one in ids]
    write.execute(delete(job).where(job.c.subject.in_(about), job.c.state == "due"))
    for column in references(table):
        owner = column.table
        if owner is table:
            write.execute(update(owner).where(column.in_(ids)).values({column.name: None}))
        elif "id" in owner.c:
            uproot(write, owner, write.execute(select(owner.c.id).where(column.in_(ids))).scalars().all())
        else:
            write.execute(delete(owner).where(column.in_(ids)))
    write.execute(delete(table).where(table.c.id.in_(ids)))


def references(table: Table) -> list[Any]:
    """Every column, of any table, that points at a row of this one."""
    everywhere = (key for other in metadata.sorted_tables[::-1] for key in other.foreign_keys)
    return [key.parent for key in everywhere if key.column.table is table]
