"""What the inbox shows, each pane by one query: tickets of all clients a member is given, a talk, a customer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, case, func, literal_column, or_, select, text

from bot.update import Json
from storage import search
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
    blocked: bool | None  # by the desk

    @property
    def who(self) -> str:
        """What the customer is called: her name, else what her network calls her, else her number."""
        return self.name or self.writer or self.phone or ""


def listed(row: Any) -> Listed:
    """The value in a row of LISTED."""
    made: Listed = Listed._make(row)
    return made


class Line(NamedTuple):
    """A message of a talk. ``parts`` is what a text of ours was made of: [[msgid, values], ...]."""

    id: int
    by: str
    audience: str
    text: str
    parts: Json
    pressed: str
    state: str
    reason: str | None
    at: datetime
    edited_at: datetime | None


class Attached(NamedTuple):
    """A file that came with a message."""

    id: int
    message_id: int
    kind: str
    name: str
    mime: str
    size: int
    remote: str
    channel: str | None
    account: str | None
    state: str
    sha256: str


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


def attached(row: Any) -> Attached:
    """The value in a row of FILES."""
    return Attached(*row)


HERS = ticket.c.client_id.in_(bindparam("clients", expanding=True))
last = message.alias("last")
LATEST = select(func.max(message.c.id)).where(message.c.conversation_id == ticket.c.conversation_id).scalar_subquery()
LISTED = (
    select(
        ticket.c.id,
        ticket.c.client_id,
        ticket.c.number,
        ticket.c.kind,
        ticket.c.state,
        ticket.c.urgent,
        ticket.c.subject,
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
# By the sum a database does not look for the clients first: the few that are open are found by their state.
OPEN = (
    LISTED.where((ticket.c.client_id + 0).in_(bindparam("clients", expanding=True)), STANDS)
    .order_by(NOT_FIRST, ticket.c.due_at.is_(None), ticket.c.due_at, ticket.c.id)
    .limit(literal_column(str(MOST)))
)
# First which, then all that is shown of them: in one, a database joins every ticket there is before it sorts. And by
# the sum it does not look for the clients first: the latest are found by when they were done.
LAST_DONE = (
    select(ticket.c.id)
    .where((ticket.c.client_id + 0).in_(bindparam("clients", expanding=True)), text("ticket.done_at IS NOT NULL"))
    .order_by(ticket.c.done_at.desc())
    .limit(bindparam("most"))
)
DONE = LISTED.where(ticket.c.id.in_(LAST_DONE.scalar_subquery())).order_by(ticket.c.done_at.desc())
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
BOOKED = select(appointment.c.customer_id).where(
    appointment.c.client_id.in_(bindparam("clients", expanding=True)), appointment.c.code == bindparam("code")
)
ORDERED = select(orders.c.customer_id).where(
    orders.c.client_id.in_(bindparam("clients", expanding=True)), orders.c.number == bindparam("code")
)
THEIRS = select(ticket.c.id).where(HERS, ticket.c.customer_id.in_(bindparam("people", expanding=True)))
OF_TALKS = (
    select(ticket.c.conversation_id, func.max(ticket.c.id))
    .where(HERS, ticket.c.conversation_id.in_(bindparam("talks", expanding=True)))
    .group_by(ticket.c.conversation_id)
)
STRANGERS = (
    select(customer.c.id, customer.c.client_id, customer.c.name, customer.c.phone, thread.c.writer)
    .add_columns(conversation.c.language, conversation.c.id.label("talk"))
    .join_from(
        customer,
        conversation,
        (conversation.c.customer_id == customer.c.id) & conversation.c.ended_at.is_(None),
        isouter=True,
    )
    .join(thread, thread.c.id == conversation.c.thread_id, isouter=True)
    .where(customer.c.id.in_(bindparam("ids", expanding=True)))
    .where(~select(ticket.c.id).where(ticket.c.customer_id == customer.c.id).exists())
    .order_by(customer.c.id.desc(), conversation.c.id.desc())
)
BY_NUMBER = select(ticket.c.id).where(HERS, ticket.c.number == bindparam("number"))
THESE = LISTED.where(HERS, ticket.c.id.in_(bindparam("ids", expanding=True))).order_by(
    ticket.c.state == "done", ticket.c.id.desc()
)
LINES = (
    select(
        message.c.id,
        message.c.by,
        message.c.audience,
        message.c.text,
        message.c.parts,
        message.c.pressed,
        message.c.state,
        message.c.reason,
        message.c.at,
        message.c.edited_at,
    )
    .where(message.c.client_id == bindparam("client"))
    .order_by(message.c.id.desc())
    .limit(bindparam("most"))
)
TALK = LINES.where(message.c.conversation_id == bindparam("talk"))
OF_TICKET = LINES.where(message.c.ticket_id == bindparam("ticket"))
FILES = (
    select(file.c.id, file.c.message_id, file.c.kind, file.c.name, file.c.mime, file.c.size, file.c.remote)
    .add_columns(thread.c.channel, thread.c.account, file.c.state, file.c.sha256)
    .join(conversation, conversation.c.id == file.c.conversation_id, isouter=True)
    .join(thread, thread.c.id == conversation.c.thread_id, isouter=True)
    .where(file.c.client_id == bindparam("client"), file.c.state != "erased")
)
FILES_OF_TALK = FILES.where(file.c.conversation_id == bindparam("talk"))
FILES_OF_TICKET = FILES.where(
    file.c.message_id.in_(select(message.c.id).where(message.c.ticket_id == bindparam("ticket")))
)
ONE_FILE = FILES.where(file.c.id == bindparam("id"))
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
    return [listed(row) for row in rows.execute(OPEN, {"clients": list(clients), "now": now})]


def done_tickets(rows: Connection, clients: Collection[int], most: int) -> list[Listed]:
    """The tickets of these clients that were last done."""
    return [listed(row) for row in rows.execute(DONE, {"clients": list(clients), "most": most})]


def by_number(rows: Connection, client_id: int, number: int) -> Listed | None:
    """The client's ticket with this number."""
    row = rows.execute(NUMBERED, {"client": client_id, "number": number}).one_or_none()
    return listed(row) if row is not None else None


def others(rows: Connection, client_id: int, customer_id: int, but: int, most: int) -> list[Listed]:
    """The customer's other tickets, the latest first."""
    values = {"client": client_id, "customer": customer_id, "but": but, "most": most}
    return [listed(row) for row in rows.execute(OF_CUSTOMER, values)]


class Person(NamedTuple):
    """A customer whom no ticket is about, with the talk in which she is reached, if there is one."""

    id: int
    client_id: int
    name: str
    phone: str
    writer: str | None
    language: str | None
    conversation_id: int | None

    @property
    def who(self) -> str:
        """What she is called."""
        return self.name or self.writer or self.phone


def strangers(rows: Connection, clients: Collection[int], wanted: search.Wanted, most: int) -> list[Person]:
    """The customers who are found by these words, and whom no ticket is about."""
    ids = search.people(rows, clients, wanted, most)
    found: dict[int, Person] = {}
    for row in rows.execute(STRANGERS, {"ids": ids}):
        found.setdefault(row.id, Person._make(row))
    return list(found.values())


class Hit(NamedTuple):
    """A ticket that was found, and what was said in it where that is why."""

    ticket: Listed
    said: search.Said | None


def find(rows: Connection, clients: Collection[int], words: str, wanted: search.Wanted, most: int) -> list[Hit]:
    """The tickets of these clients that are found by ``words``: what they are called by first, then what was said.

    Her name, phone or e-mail leads to a customer's tickets, and so do the code of an appointment and the number of an
    order. ``words`` are folded, and ``wanted`` is what they come to as a search.
    """
    hers, code = {"clients": list(clients)}, words.upper().replace(" ", "")
    people = set(search.people(rows, clients, wanted, most))
    people.update(rows.execute(BOOKED, hers | {"code": code}).scalars())
    people.update(rows.execute(ORDERED, hers | {"code": code}).scalars())
    ids = set(rows.execute(THEIRS, hers | {"people": sorted(people - {None})}).scalars())
    number = words.lstrip("#")
    if number.isdigit() and len(number) < 10:
        ids.update(rows.execute(BY_NUMBER, hers | {"number": int(number)}).scalars())
    called = sorted(ids)[-most:]
    said = heard(rows, clients, wanted, most)
    found = {row.id: listed(row) for row in rows.execute(THESE, {**hers, "ids": [*called, *said]})}
    return [
        *(Hit(one, said.get(one.id)) for one in found.values() if one.id in ids),
        *(Hit(found[id], line) for id, line in said.items() if id in found and id not in ids),
    ]


def heard(rows: Connection, clients: Collection[int], wanted: search.Wanted, most: int) -> dict[int, search.Said]:
    """In which tickets these words were said, the latest first: of a talk's tickets in the last one."""
    said = search.messages(rows, clients, wanted, most)
    talks = sorted({line.conversation_id for line in said if line.conversation_id is not None})
    last: dict[int | None, int] = {}
    if talks:
        last = {row[0]: row[1] for row in rows.execute(OF_TALKS, {"clients": list(clients), "talks": talks})}
    found: dict[int, search.Said] = {}
    for line in said:
        ticket_id = line.ticket_id or last.get(line.conversation_id)
        if ticket_id is not None:
            found.setdefault(ticket_id, line)
    return found


def talk(rows: Connection, client_id: int, conversation_id: int, most: int) -> list[Line]:
    """The last messages of a talk, the oldest of them first."""
    found = rows.execute(TALK, {"client": client_id, "talk": conversation_id, "most": most}).all()
    return [Line(*row) for row in reversed(found)]


def of_ticket(rows: Connection, client_id: int, ticket_id: int, most: int) -> list[Line]:
    """What the desk and the team have told each other about a ticket without a talk, in order."""
    found = rows.execute(OF_TICKET, {"client": client_id, "ticket": ticket_id, "most": most}).all()
    return [Line(*row) for row in reversed(found)]


def files(rows: Connection, client_id: int, conversation_id: int | None, ticket_id: int) -> dict[int, list[Attached]]:
    """The files of a talk, or of a ticket without one, by message."""
    found: dict[int, list[Attached]] = {}
    values = {"client": client_id, "talk": conversation_id, "ticket": ticket_id}
    for row in rows.execute(FILES_OF_TALK if conversation_id is not None else FILES_OF_TICKET, values):
        found.setdefault(row.message_id, []).append(attached(row))
    return found


def one_file(rows: Connection, client_id: int, file_id: int) -> Attached | None:
    """The client's file with this row id."""
    row = rows.execute(ONE_FILE, {"client": client_id, "id": file_id}).one_or_none()
    return attached(row) if row is not None else None


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
