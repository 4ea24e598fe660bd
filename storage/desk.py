"""The desk's list: open tickets over all clients, with what is needed to work on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.models import ClientRow, ConversationRow, CustomerRow, ThreadRow, Ticket, metadata

ticket = metadata.tables[Ticket.__tablename__]
client = metadata.tables[ClientRow.__tablename__]
customer = metadata.tables[CustomerRow.__tablename__]
talk = metadata.tables[ConversationRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]


@dataclass(frozen=True, slots=True)
class Listed:
    """A ticket as the desk sees it. ``customer`` is her name, else her phone, else what her network calls her."""

    id: int
    number: int
    kind: str
    subject: str
    urgent: bool
    state: str
    opened_at: datetime
    due_at: datetime | None
    warned_at: datetime | None
    client_id: int
    slug: str
    client: str
    timezone: str
    customer_id: int | None
    customer: str
    language: str
    conversation_id: int | None
    holder: str
    data: Mapping[str, Any]


LIST = (
    select(
        ticket.c.id,
        ticket.c.number,
        ticket.c.kind,
        ticket.c.subject,
        ticket.c.urgent,
        ticket.c.state,
        ticket.c.opened_at,
        ticket.c.due_at,
        ticket.c.warned_at,
        ticket.c.client_id,
        client.c.slug,
        client.c.name.label("client"),
        client.c.timezone,
        ticket.c.customer_id,
        customer.c.name.label("called"),
        customer.c.phone,
        thread.c.writer,
        talk.c.language,
        ticket.c.conversation_id,
        talk.c.holder,
        ticket.c.data,
    )
    .join_from(ticket, client, client.c.id == ticket.c.client_id)
    .join(customer, customer.c.id == ticket.c.customer_id, isouter=True)
    .join(talk, talk.c.id == ticket.c.conversation_id, isouter=True)
    .join(thread, thread.c.id == talk.c.thread_id, isouter=True)
)
OPEN = LIST.where(ticket.c.state != "done").order_by(
    ticket.c.urgent.desc(), ticket.c.due_at.is_(None), ticket.c.due_at, ticket.c.id
)
NUMBERED = LIST.where(ticket.c.number == bindparam("number")).order_by(ticket.c.state == "done", ticket.c.id)


def open_tickets(rows: Connection) -> list[Listed]:
    """All open tickets: urgent first, then by when they are due; what nobody waits for comes last."""
    return [listed(row) for row in rows.execute(OPEN)]


def numbered(rows: Connection, number: int) -> list[Listed]:
    """The tickets of all clients that have this number, open ones first."""
    return [listed(row) for row in rows.execute(NUMBERED, {"number": number})]


def listed(row: Any) -> Listed:
    """The value in a row."""
    values = dict(row._mapping)
    called, phone, writer = values.pop("called"), values.pop("phone"), values.pop("writer")
    values["language"] = values["language"] or ""
    values["holder"] = values["holder"] or ""
    return Listed(customer=called or phone or writer or "", **values)
