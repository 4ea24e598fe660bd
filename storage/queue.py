"""What the inbox shows, each pane by one query: tickets of all clients a member is given, a talk, a customer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, func, literal_column, or_, select, text

from bot.update import Json
from storage.models import (
    AppointmentRow,
    ContactRow,
    ConversationRow,
    CustomerRow,
    File,
    MessageRow,
    OrderRow,
    Staff,
    ThreadRow,
    Ticket,
    UpdateRow,
    metadata,
)
from storage.models import Slip as SlipRow

ticket = metadata.tables[Ticket.__tablename__]
customer = metadata.tables[CustomerRow.__tablename__]
conversation = metadata.tables[ConversationRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]
message = metadata.tables[MessageRow.__tablename__]
staff = metadata.tables[Staff.__tablename__]
file = metadata.tables[File.__tablename__]
appointment = metadata.tables[AppointmentRow.__tablename__]
orders = metadata.tables[OrderRow.__tablename__]
slips = metadata.tables[SlipRow.__tablename__]
contact = metadata.tables[ContactRow.__tablename__]
updates = metadata.tables[UpdateRow.__tablename__]

MOST: Final = 500
"""How many open tickets are shown at most."""


class Listed(NamedTuple):
    """A ticket as the queue shows it: with its customer, its talk, its owner and the last words said."""

    id: int
    client_id: int
    number: int
    kind: str
    state: str
    urgent: bool
    subject: str
    about: Json  # [msgid, values], where the house has said it
    data: Mapping[str, Json]
    opened_at: datetime
    due_at: datetime | None
    warned_at: datetime | None
    stage: str
    seen_at: datetime | None
    done_at: datetime | None
    outcome: str
    snoozed_until: datetime | None
    owner_id: int | None
    owner: str | None
    customer_id: int | None
    name: str | None
    phone: str | None
    verified_by: str | None
    writer: str | None
    account: str | None
    reachable: bool | None
    conversation_id: int | None
    language: str | None
    holder: str | None
    epoch: int | None
    last_by: str | None
    last_text: str | None
    last_parts: Json
    last_at: datetime | None
    last_file: str | None  # "kind/name", where the last message is a file without words
    blocked: bool | None  # by the desk

    @property
    def who(self) -> str:
        """What the customer is called: her name, else what her network calls her, else her number."""
        return self.name or self.writer or self.phone or ""


def listed(row: Any) -> Listed:
    """The value in a row of LISTED."""
    made: Listed = Listed._make(row)
    return made


class Slip(NamedTuple):
    """A message for the client: its number, whom it is for, and what was said."""

    number: int
    contact: str | None
    name: str
    about: str
    phone: str
    call_back: str
    passed_at: datetime | None
    heard_by: str


HERS = ticket.c.client_id.in_(bindparam("clients", expanding=True))
last = message.alias("last")
LATEST = select(func.max(message.c.id)).where(message.c.conversation_id == ticket.c.conversation_id).scalar_subquery()
FIRST_FILE = (
    select(file.c.kind + literal_column("'/'") + file.c.name)
    .where(file.c.message_id == last.c.id)
    .order_by(file.c.id)
    .limit(1)
    .scalar_subquery()
)
LISTED = (
    select(
        ticket.c.id,
        ticket.c.client_id,
        ticket.c.number,
        ticket.c.kind,
        ticket.c.state,
        ticket.c.urgent,
        ticket.c.subject,
        ticket.c.about,
        ticket.c.data,
        ticket.c.opened_at,
        ticket.c.due_at,
        ticket.c.warned_at,
        ticket.c.stage,
        ticket.c.seen_at,
        ticket.c.done_at,
        ticket.c.outcome,
        ticket.c.snoozed_until,
        ticket.c.owner_id,
        staff.c.name.label("owner"),
        ticket.c.customer_id,
        customer.c.name,
        customer.c.phone,
        customer.c.verified_by,
        thread.c.writer,
        thread.c.account,
        thread.c.reachable,
        ticket.c.conversation_id,
        conversation.c.language,
        conversation.c.holder,
        conversation.c.epoch,
        last.c.by,
        last.c.text,
        last.c.parts,
        last.c.at,
        case((last.c.text == literal_column("''"), FIRST_FILE)).label("last_file"),
        customer.c.blocked_at.is_not(None).label("blocked"),
    )
    .join_from(ticket, customer, customer.c.id == ticket.c.customer_id, isouter=True)
    .join(conversation, conversation.c.id == ticket.c.conversation_id, isouter=True)
    .join(thread, thread.c.id == conversation.c.thread_id, isouter=True)
    .join(staff, staff.c.id == ticket.c.owner_id, isouter=True)
    .join(last, last.c.id == LATEST, isouter=True)
)
# States stand as literals: the planner takes an index only for what it can see.
STANDS = text("ticket.state IN ('open', 'snoozed')")
NOT_FIRST = case((or_(ticket.c.urgent, ticket.c.due_at < bindparam("now")), 0), else_=1)


def standing(whose: ColumnElement[int]) -> Select[Any]:
    """The statement for what is open or snoozed, by how its clients are looked for."""
    return (
        LISTED.where(whose.in_(bindparam("clients", expanding=True)), STANDS)
        .order_by(NOT_FIRST, ticket.c.due_at.is_(None), ticket.c.due_at, ticket.c.id)
        .limit(literal_column(str(MOST)))
    )


# By the sum SQLite does not look for the clients first: the few that are open are found by their state. PostgreSQL
# finds each client's among them by itself; by the sum it goes through those of all clients (of 3,000: 8 ms, not 1).
OPEN = {"sqlite": standing(ticket.c.client_id + 0), "postgresql": standing(ticket.c.client_id)}
NUMBERED = LISTED.where(ticket.c.client_id == bindparam("client"), ticket.c.number == bindparam("number"))
OF_CUSTOMER = (
    LISTED.where(
        ticket.c.client_id == bindparam("client"),
        ticket.c.customer_id == bindparam("customer"),
        ticket.c.id != bindparam("but"),
    )
    .order_by(ticket.c.id.desc())
    .limit(bindparam("most"))
)
SLIP = (
    select(
        slips.c.number,
        contact.c.name.label("contact"),
        slips.c.name,
        slips.c.about,
        slips.c.phone,
        slips.c.call_back,
        slips.c.passed_at,
        slips.c.heard_by,
    )
    .join(contact, contact.c.id == slips.c.contact_id, isouter=True)
    .where(slips.c.client_id == bindparam("client"), slips.c.ticket_id == bindparam("ticket"))
)
CHANGED = (
    select(updates.c.at, updates.c.channel, updates.c.account, updates.c.id, updates.c.client_id)
    .add_columns(updates.c.conversation_id)
    .where(updates.c.at > bindparam("since"), updates.c.client_id.is_not(None))
    .order_by(updates.c.at)
)


def open_tickets(rows: Connection, clients: Collection[int], now: datetime) -> list[Listed]:
    """The open and snoozed tickets of these clients: urgent and overdue first, then by when they are due."""
    values = {"clients": list(clients), "now": now}
    return [listed(row) for row in rows.execute(OPEN[rows.dialect.name], values)]


def by_number(rows: Connection, client_id: int, number: int) -> Listed | None:
    """The client's ticket with this number."""
    row = rows.execute(NUMBERED, {"client": client_id, "number": number}).one_or_none()
    return listed(row) if row is not None else None


def others(rows: Connection, client_id: int, customer_id: int, but: int, most: int) -> list[Listed]:
    """The customer's other tickets, the latest first."""
    values = {"client": client_id, "customer": customer_id, "but": but, "most": most}
    return [listed(row) for row in rows.execute(OF_CUSTOMER, values)]


class Change(NamedTuple):
    """Something was handled: when, which update it was, for which client and in which talk."""

    at: datetime
    key: tuple[str, str, str]
    client_id: int
    conversation_id: int | None


def changed(rows: Connection, since: datetime) -> list[Change]:
    """What was handled after a moment, in order."""
    found = rows.execute(CHANGED, {"since": since})
    return [Change(row[0], (row[1], row[2], row[3]), row[4], row[5]) for row in found]


def slip(rows: Connection, client_id: int, ticket_id: int) -> Slip | None:
    """The message for the client that a ticket is about."""
    row: Any = rows.execute(SLIP, {"client": client_id, "ticket": ticket_id}).one_or_none()
    return Slip(*row) if row is not None else None
