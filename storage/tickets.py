"""Tickets as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from storage.models import Ticket, metadata

ticket = metadata.tables[Ticket.__tablename__]


@dataclass(frozen=True, slots=True)
class Opened:
    """An open ticket: what is needed to speak of it."""

    id: int
    number: int
    due_at: datetime | None
    urgent: bool = False


ADD = insert(ticket).returning(ticket.c.id)
OPEN_CHAT = (
    select(ticket.c.id, ticket.c.number, ticket.c.due_at, ticket.c.urgent)
    .where(
        ticket.c.conversation_id == bindparam("talk"),
        ticket.c.state.in_(["open", "snoozed"]),
        ticket.c.kind == "chat",
    )
    .order_by(ticket.c.id.desc())
    .limit(1)
)
DUE = update(ticket).where(ticket.c.id == bindparam("of_id")).values(due_at=bindparam("due"))
URGENT = update(ticket).where(ticket.c.id == bindparam("of_id")).values(urgent=True)
CLOSE = (
    update(ticket)
    .where(ticket.c.id == bindparam("of_id"), ticket.c.state != "done")
    .values(state="done", done_at=bindparam("now"), outcome=bindparam("result"))
)
RENAME = (
    update(ticket)
    .where(ticket.c.id == bindparam("of_id"))
    .values(subject=bindparam("words"), about=None, urgent=bindparam("is_urgent"))
)
OWN = update(ticket).where(ticket.c.id == bindparam("of_id")).values(owner_id=bindparam("staff"))
ANSWERED = (
    update(ticket)
    .where(ticket.c.id == bindparam("of_id"), ticket.c.answered_at.is_(None))
    .values(answered_at=bindparam("now"))
)
DATA = update(ticket).where(ticket.c.id == bindparam("of_id")).values(data=bindparam("content"))
SNOOZE = (
    update(ticket)
    .where(ticket.c.id == bindparam("of_id"), ticket.c.state != "done")
    .values(state="snoozed", snoozed_until=bindparam("until"))
)
WAKE = (
    update(ticket)
    .where(ticket.c.id == bindparam("of_id"), ticket.c.state == "snoozed")
    .values(state="open", snoozed_until=None)
)
REOPEN = (
    update(ticket)
    .where(ticket.c.id == bindparam("of_id"), ticket.c.state == "done")
    .values(state="open", done_at=None, outcome="", snoozed_until=None)
)
BY_ID = select(ticket).where(ticket.c.client_id == bindparam("client"), ticket.c.id == bindparam("id"))
BY_NUMBER = select(ticket).where(ticket.c.client_id == bindparam("client"), ticket.c.number == bindparam("number"))
OF_TALK = select(ticket).where(ticket.c.conversation_id == bindparam("talk"), ticket.c.state != "done")
WARN = update(ticket).where(ticket.c.id == bindparam("of_id")).values(warned_at=bindparam("now"))
QUEUE = (
    select(ticket)
    .where(ticket.c.client_id == bindparam("client"), ticket.c.state != "done")
    .order_by(ticket.c.urgent.desc(), ticket.c.due_at, ticket.c.id)
)


def add(write: Connection, values: Mapping[str, Any]) -> Opened:
    """Writes a new ticket; the caller gives every column."""
    new = write.execute(ADD, values).scalar_one()
    return Opened(int(new), values["number"], values["due_at"], values["urgent"])


def open_chat(rows: Connection, conversation_id: int) -> Opened | None:
    """The talk's open chat ticket."""
    row = rows.execute(OPEN_CHAT, {"talk": conversation_id}).one_or_none()
    return Opened(row.id, row.number, row.due_at, row.urgent) if row is not None else None


def set_due(write: Connection, ticket_id: int, due_at: datetime | None) -> None:
    """Notes by when a ticket is to be dealt with; None while nobody waits for us."""
    write.execute(DUE, {"of_id": ticket_id, "due": due_at})


def make_urgent(write: Connection, ticket_id: int) -> None:
    """Puts a ticket on top of the queue."""
    write.execute(URGENT, {"of_id": ticket_id})


def close(write: Connection, ticket_id: int, now: datetime, outcome: str) -> None:
    """Marks a ticket done."""
    write.execute(CLOSE, {"of_id": ticket_id, "now": now, "result": outcome})


def first_answered(write: Connection, ticket_id: int, now: datetime) -> None:
    """Notes that a person has answered, if it is the first time."""
    write.execute(ANSWERED, {"of_id": ticket_id, "now": now})


def put_data(write: Connection, ticket_id: int, data: Mapping[str, Any]) -> None:
    """Gives a ticket other data."""
    write.execute(DATA, {"of_id": ticket_id, "content": dict(data)})


def rename(write: Connection, ticket_id: int, subject: str, *, urgent: bool) -> None:
    """Says otherwise what a ticket is about, and how urgent it is."""
    write.execute(RENAME, {"of_id": ticket_id, "words": subject, "is_urgent": urgent})


def own(write: Connection, ticket_id: int, staff_id: int | None) -> None:
    """Gives a ticket its owner, or none."""
    write.execute(OWN, {"of_id": ticket_id, "staff": staff_id})


def snooze(write: Connection, ticket_id: int, until: datetime | None) -> None:
    """Puts a ticket away until a time, or until its customer writes."""
    write.execute(SNOOZE, {"of_id": ticket_id, "until": until})


def wake(write: Connection, ticket_id: int) -> bool:
    """Brings a snoozed ticket back; says whether it was one."""
    return write.execute(WAKE, {"of_id": ticket_id}).rowcount > 0


def reopen(write: Connection, ticket_id: int) -> bool:
    """Opens a ticket that was done; says whether it was."""
    return write.execute(REOPEN, {"of_id": ticket_id}).rowcount > 0


def warned(write: Connection, ticket_id: int, now: datetime | None) -> None:
    """Notes that a ticket was escalated; None once it is answered."""
    write.execute(WARN, {"of_id": ticket_id, "now": now})


def by_id(rows: Connection, client_id: int, ticket_id: int) -> Row[Any] | None:
    """The client's ticket with this row id."""
    return rows.execute(BY_ID, {"client": client_id, "id": ticket_id}).one_or_none()


def by_number(rows: Connection, client_id: int, number: int) -> Row[Any] | None:
    """The client's ticket with this number."""
    return rows.execute(BY_NUMBER, {"client": client_id, "number": number}).one_or_none()


def of_talk(rows: Connection, conversation_id: int) -> list[Row[Any]]:
    """The open tickets of one talk."""
    return list(rows.execute(OF_TALK, {"talk": conversation_id}))


def queue(rows: Connection, client_id: int) -> list[Row[Any]]:
    """The client's open tickets: urgent first, then by when they are due."""
    return list(rows.execute(QUEUE, {"client": client_id}))
