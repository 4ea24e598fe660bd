"""Jobs: what is to be done later, and how delivery claims what is due and marks what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    any_,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    text,
    union_all,
    update,
)

from bot.update import InConversation, Json, OfClient
from storage.cause import CAUSE
from storage.database import Prepared
from storage.models import Job, MessageRow, metadata
from storage.road import SEND, is_apart
from storage.types import dump, load, micros, moment

job = metadata.tables[Job.__tablename__]
message = metadata.tables[MessageRow.__tablename__]
# States stand as literals: the planner takes a partial index only for what it can see.
IS_DUE = text("job.state = 'due'")
IS_SEND = text("job.lane IS NOT NULL")
IS_ACT = text("job.lane IS NULL")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in our hands until its lease ends."""

    id: int
    kind: str
    lane: str | None
    payload: Any
    attempts: int
    message_id: int | None
    conversation_id: int | None
    client_id: int | None
    cause: str | None = None
    superseded: bool = False  # an edit, where a later one of the same message waits


def later(
    write: Connection,
    name: str,
    at: datetime,
    target: InConversation | OfClient | None,
    *,
    client_id: int,
    data: Mapping[str, Json] | None = None,
    subject: str | None = None,
) -> None:
    """Lets the clock perform the act ``name`` at or after ``at``, as an Update for ``target``.

    ``subject`` ("appointment:12") names what it is about, so that ``call_off`` finds it.
    """
    if is_apart(write) and not isinstance(target, InConversation):
        return  # whatever comes of a talk that is played stays in it
    place = {"conversation": target.id} if isinstance(target, InConversation) else {"client": client_id}
    SEND.run(
        write,
        client_id=client_id,
        conversation_id=target.id if isinstance(target, InConversation) else None,
        message_id=None,
        kind="act",
        lane=None,
        subject=subject,
        due_at=micros(at),
        payload=dump({"name": name, "data": dict(data or {}), "target": place if target is not None else None}),
        cause=CAUSE.get() or None,
    )


CALL_OFF = Prepared(
    update(job).where(job.c.subject == bindparam("about"), IS_DUE).values(state="dropped", ended_at=bindparam("now"))
)


def call_off(write: Connection, subject: str, now: datetime) -> int:
    """Drops every job about ``subject`` that is not done yet."""
    return CALL_OFF.run(write, about=subject, now=micros(now))


STANDS = Prepared(select(job.c.id).where(job.c.subject == bindparam("about"), text("job.state = 'due'")).limit(1))


def stands(rows: Connection, subject: str) -> bool:
    """Whether a job about ``subject`` is still to be done."""
    return STANDS.row(rows, about=subject) is not None


# --- for delivery -----------------------------------------------------------------------------------------------------

head = job.alias("head")
WAITS = text("head.state IN ('due', 'busy') AND head.lane IS NOT NULL")
BY_NOW = select(job.c.id).where(IS_DUE, job.c.due_at <= bindparam("now")).order_by(job.c.due_at, job.c.id)
HEADS = BY_NOW.where(
    IS_SEND, ~exists(select(head.c.id).where(head.c.lane == job.c.lane, WAITS, head.c.id < job.c.id))
).limit(bindparam("most"))
ACTS = BY_NOW.where(IS_ACT).limit(bindparam("acts"))
# What an edit has to know of its message: what the network calls it, and whether a later edit of it waits.
# Literals too: for SQLite, SQLAlchemy leaves the names of tables out of what is returned.
SUPERSEDED: ColumnElement[Any] = literal_column(
    "job.kind = 'edit' AND EXISTS (SELECT 1 FROM job AS further WHERE further.message_id = job.message_id"
    " AND further.state = 'due' AND further.kind = 'edit' AND further.id > job.id)"
)
EXTERNAL: ColumnElement[Any] = literal_column(
    "CASE job.kind WHEN 'edit' THEN (SELECT message.external_id FROM message WHERE message.id = job.message_id) END"
)
TAKE = (
    update(job)
    .values(state="busy", lease_until=bindparam("until"), attempts=job.c.attempts + 1)
    .returning(
        job.c.id,
        job.c.kind,
        job.c.lane,
        job.c.payload,
        job.c.attempts,
        job.c.message_id,
        job.c.conversation_id,
        job.c.client_id,
        job.c.cause,
        SUPERSEDED,
        EXTERNAL,
    )
)
BOTH = [HEADS.subquery("heads"), ACTS.subquery("acts")]
UNLOCKED = [func.array(one.with_for_update(of=job, skip_locked=True).scalar_subquery()) for one in (HEADS, ACTS)]
# PostgreSQL joins an IN with a scan of the whole table; an array it chooses first, once, and then goes by id.
CLAIM = {
    "sqlite": Prepared(TAKE.where(job.c.id.in_(union_all(*(select(one.c.id) for one in BOTH))))),
    "postgresql": Prepared(TAKE.where(job.c.id == any_(func.array_cat(*UNLOCKED)))),
}


def claim(write: Connection, now: datetime, until: datetime, most: int, acts: int) -> list[Claimed]:
    """Takes up to ``most`` sends that are due, of each lane only its head, and up to ``acts`` acts, until ``until``.

    The earliest come first. The payload of an edit says as ``external`` what the network calls its message by now.
    """
    rows = CLAIM[write.dialect.name].rows(write, now=micros(now), until=micros(until), most=most, acts=acts)
    return sorted(map(claimed, rows), key=lambda one: one.id)


def claimed(row: tuple[Any, ...]) -> Claimed:
    """The value in a row of TAKE."""
    payload = load(row[3])
    if row[1] == "edit":
        payload["external"] = row[10] or ""
    return Claimed(row[0], row[1], row[2], payload, row[4], row[5], row[6], row[7], row[8], bool(row[9]))


END = Prepared(
    update(job)
    .where(job.c.id == bindparam("of_id"), job.c.state == "busy")
    .values(state=bindparam("state"), reason=bindparam("reason"), ended_at=bindparam("now"), lease_until=None)
)
MARK = Prepared(
    update(message)
    .where(message.c.id == bindparam("of_id"))
    .values(state="sent", reason=None, external_id=bindparam("external_id"))
)
# A file goes after the words of its message, which then has its mark; what is nothing but a file gets it now.
WAITING = message.c.state == "waiting"
MARK_FILE = Prepared(
    update(message)
    .where(message.c.id == bindparam("of_id"), WAITING)
    .values(state="sent", reason=None, external_id=bindparam("external_id"))
)
MARK_FAILED = Prepared(
    update(message)
    .where(message.c.id == bindparam("of_id"), WAITING)
    .values(state=bindparam("state"), reason=bindparam("reason"))
)
RETRY = Prepared(
    update(job)
    .where(job.c.id == bindparam("of_id"), job.c.state == "busy")
    .values(state="due", due_at=bindparam("due_at"), reason=bindparam("reason"), lease_until=None)
)
CONTINUE = Prepared(
    update(job)
    .where(job.c.id == bindparam("of_id"), job.c.state == "busy")
    .values(state="due", payload=bindparam("payload"), attempts=0, lease_until=None)
)


def done(write: Connection, one: Claimed, now: datetime, external_id: str = "") -> None:
    """Marks a job done, and its message sent under the network's id."""
    END.run(write, of_id=one.id, state="done", reason=None, now=micros(now))
    if one.message_id is not None and external_id:
        mark = MARK_FILE if one.kind == "file" else MARK
        mark.run(write, of_id=one.message_id, external_id=external_id)


def failed(write: Connection, one: Claimed, now: datetime, reason: str, *, state: str = "failed") -> None:
    """Marks a job as never to be done, and its message as failed, with the reason."""
    END.run(write, of_id=one.id, state=state, reason=reason[:500], now=micros(now))
    if one.message_id is not None and one.kind != "edit":
        MARK_FAILED.run(write, of_id=one.message_id, state=state, reason=reason[:500])


def retry(write: Connection, one: Claimed, at: datetime, reason: str) -> None:
    """Puts a job back for a later try; it keeps its place in its lane."""
    RETRY.run(write, of_id=one.id, due_at=micros(at), reason=reason[:500])


PUT_BACK = Prepared(
    update(job)
    .where(job.c.id == bindparam("of_id"), job.c.state == "busy")
    .values(state="due", due_at=bindparam("due_at"), attempts=job.c.attempts - 1, lease_until=None)
)


def put_back(write: Connection, one: Claimed, at: datetime) -> None:
    """Puts a job back that was not tried: its turn has not come."""
    PUT_BACK.run(write, of_id=one.id, due_at=micros(at))


def continue_with(write: Connection, one: Claimed, rest: Json) -> None:
    """Puts a job back at once with what is left of it, when one call could not take all."""
    CONTINUE.run(write, of_id=one.id, payload=dump(rest))


RENEW = Prepared(
    update(job).where(job.c.id == bindparam("of_id"), job.c.state == "busy").values(lease_until=bindparam("until"))
)
FREE = Prepared(
    update(job)
    .where(text("job.state = 'busy'"), job.c.lease_until < bindparam("now"))
    .values(state="due", lease_until=None)
)
FIRST = select(func.min(job.c.due_at).label("at")).where(IS_DUE, job.c.due_at > bindparam("now"))
FIRSTS = union_all(FIRST.where(IS_SEND), FIRST.where(IS_ACT)).subquery("firsts")
NEXT = Prepared(select(func.min(FIRSTS.c.at)))


def renew(write: Connection, job_id: int, until: datetime) -> None:
    """Keeps a job that is still in hand."""
    RENEW.run(write, of_id=job_id, until=micros(until))


def free(write: Connection, now: datetime) -> int:
    """Gives back the jobs whose lease has ended: whoever held them is gone."""
    return FREE.run(write, now=micros(now))


def next_due(rows: Connection, now: datetime) -> datetime | None:
    """When the next job after now falls due."""
    row = NEXT.row(rows, now=micros(now))
    return moment(row[0]) if row is not None and row[0] is not None else None


OF_TALK = (job.c.conversation_id == bindparam("talk"), IS_DUE)
DROP_BOT_JOBS = Prepared(
    update(job)
    .where(
        *OF_TALK,
        text("job.kind IN ('send', 'file')"),
        exists(select(message.c.id).where(message.c.id == job.c.message_id, message.c.by == "bot")),
    )
    .values(state="dropped", ended_at=bindparam("now"))
)
DROP_BOT_WORDS = Prepared(
    update(message)
    .where(message.c.conversation_id == bindparam("talk"), WAITING, message.c.by == "bot")
    .values(state="dropped")
)
DROP_JOBS = Prepared(
    update(job).where(*OF_TALK, job.c.lane.is_not(None)).values(state="dropped", ended_at=bindparam("now"))
)
DROP_WORDS = Prepared(
    update(message)
    .where(message.c.conversation_id == bindparam("talk"), WAITING, message.c.audience == "customer")
    .values(state="dropped")
)


def drop_unsent(write: Connection, conversation_id: int, now: datetime) -> None:
    """Drops the words of the bot that have not left yet; a person's stay."""
    DROP_BOT_JOBS.run(write, talk=conversation_id, now=micros(now))
    DROP_BOT_WORDS.run(write, talk=conversation_id)


def drop_all(write: Connection, conversation_id: int, now: datetime) -> None:
    """Drops everything that was to be sent in a conversation: nothing reaches the customer any more."""
    DROP_JOBS.run(write, talk=conversation_id, now=micros(now))
    DROP_WORDS.run(write, talk=conversation_id)
