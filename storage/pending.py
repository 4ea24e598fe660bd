"""Replies that have not gone out yet: they go in a moment, or at a time, and can be taken back until then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, text, update

from bot.update import Json
from storage.models import PendingReply, Staff, metadata

pending = metadata.tables[PendingReply.__tablename__]
staff = metadata.tables[Staff.__tablename__]


class Pending(NamedTuple):
    """A reply that waits: whose it is, what it says and answers, up to where the talk was read, and when it goes.

    ``state`` is waiting, or held where it did not go, for the ``reason``.
    """

    id: int
    ticket_id: int
    staff_id: int
    by: str
    text: str
    files: Sequence[Mapping[str, Json]]
    tickets: Sequence[int]
    seen: int
    state: str
    reason: str
    due_at: datetime
    at: datetime


ADD = insert(pending).returning(pending.c.id)
SHOWN = (
    select(
        pending.c.id,
        pending.c.ticket_id,
        pending.c.staff_id,
        staff.c.name,
        pending.c.text,
        pending.c.files,
        pending.c.tickets,
        pending.c.seen,
        pending.c.state,
        pending.c.reason,
        pending.c.due_at,
        pending.c.at,
    )
    .join(staff, staff.c.id == pending.c.staff_id)
    .where(pending.c.conversation_id == bindparam("talk"), text("pending_reply.state IN ('waiting', 'held')"))
)
OF_TALK = SHOWN.order_by(pending.c.due_at, pending.c.id)
ONE = SHOWN.where(pending.c.id == bindparam("id"))
LATER = select(pending.c.id, pending.c.staff_id, pending.c.state).where(
    pending.c.conversation_id == bindparam("talk"),
    or_(and_(pending.c.state == "sent", pending.c.seen >= bindparam("seen")), pending.c.state == "waiting"),
)
SENT = (
    update(pending)
    .where(pending.c.id == bindparam("of_id"), text("pending_reply.state IN ('waiting', 'held')"))
    .values(state="sent", seen=bindparam("before"))
)
END = (
    update(pending)
    .where(pending.c.id == bindparam("of_id"), text("pending_reply.state IN ('waiting', 'held')"))
    .values(state=bindparam("to_state"), reason=bindparam("why"))
)


def a_pending(row: Any) -> Pending:
    """The value in a row of SHOWN."""
    return Pending(*row)


def add(write: Connection, values: Mapping[str, Any]) -> int:
    """Keeps a reply until it goes, and gives its id; the caller gives every column but the state."""
    return int(write.execute(ADD, {**values, "state": "waiting", "reason": ""}).scalar_one())


def of_talk(rows: Connection, conversation_id: int) -> list[Pending]:
    """The replies of a talk that have not gone, the next first."""
    return [a_pending(row) for row in rows.execute(OF_TALK, {"talk": conversation_id})]


def one(rows: Connection, conversation_id: int, reply_id: int) -> Pending | None:
    """The talk's reply with this row id, if it has not gone and was not taken back."""
    row = rows.execute(ONE, {"talk": conversation_id, "id": reply_id}).one_or_none()
    return a_pending(row) if row is not None else None


def since(rows: Connection, conversation_id: int, seen: int, upto: int, staff_id: int) -> tuple[int, int]:
    """What a member knows of, of the replies that went after a message was read; and what others wait to send.

    She knows her own, and those up to the id ``upto``, which she saw waiting.
    """
    found = rows.execute(LATER, {"talk": conversation_id, "seen": seen}).all()
    known = sum(state == "sent" and (who == staff_id or id <= upto) for id, who, state in found)
    return known, sum(state == "waiting" and who != staff_id and id > upto for id, who, state in found)


def end(write: Connection, reply_id: int, state: str, reason: str = "") -> None:
    """Notes what became of a reply that did not go: cancelled, or held for a reason."""
    write.execute(END, {"of_id": reply_id, "to_state": state, "why": reason})


def sent(write: Connection, reply_id: int, before: int) -> None:
    """Notes that a reply goes, after the message ``before``."""
    write.execute(SENT, {"of_id": reply_id, "before": before})
