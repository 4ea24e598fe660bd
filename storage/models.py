"""The tables. A row of a client carries its ``client_id``; invariants are in the schema, not in careful code.

A class ends in Row where a value of ``bot.values`` or ``bot.update`` has its plain name. Times are aware UTC, money is
in minor units, ``minute`` columns count from local midnight, and ``blocked_*`` are epoch minutes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, MetaData, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.types import Id, JsonText, Micros

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention
metadata = SQLModel.metadata


def key() -> Any:
    """A row's own id."""
    return Field(default=None, sa_column=Column(Id, primary_key=True, autoincrement=True))


def to(
    target: str, *, index: bool = False, nullable: bool = False, cascade: bool = False, primary: bool = False
) -> Any:
    """A reference to another table's id."""
    reference = ForeignKey(f"{target}.id", ondelete="CASCADE" if cascade else None)
    column = Column(Id, reference, index=index, nullable=nullable, primary_key=primary)
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)


def instant(nullable: bool = True, index: bool = False) -> Any:
    """A moment of a hot table."""
    column = Column(Micros, nullable=nullable, index=index)
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)


def words(default: str = "") -> Any:
    """Text of any length."""
    return Field(default=default, sa_column=Column(Text, nullable=False, server_default=default))


# --- the client -------------------------------------------------------------------------------------------------------


class ClientRow(SQLModel, table=True):
    """A business. ``version`` rises with every change to any of its rows below; ``loaded`` is its file as last read."""

    __tablename__ = "client"
    id: int | None = key()
    slug: str = Field(unique=True)
    version: int = Field(default=1, sa_column=Column(Id, nullable=False, server_default="1"))
    name: str
    languages: list[str] = Field(sa_type=JSON)
    timezone: str
    country: str = ""
    region: str = ""
    currency: str = "EUR"
    colour: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    rules: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    loaded: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class ClientTextRow(SQLModel, table=True):
    """The client's own words by key and language: greeting, service.haircut, contact.anna, item.tyre."""

    __tablename__ = "client_text"
    client_id: int = to("client", primary=True)
    key: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    text: str = words()


class ContactRow(SQLModel, table=True):
    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("client_id", "key"),)
    id: int | None = key()
    client_id: int = to("client")
    key: str
    name: str
    phone: str = ""
    email: str = ""
    position: int = 0
    active: bool = True


class ResourceRow(SQLModel, table=True):
    __tablename__ = "resource"
    __table_args__ = (UniqueConstraint("client_id", "key"),)
    id: int | None = key()
    client_id: int = to("client")
    key: str
    name: str
    kind: str = "staff"
    seats: int = 1
    position: int = 0
    active: bool = True


class HoursRow(SQLModel, table=True):
    """One interval of a weekday, of the client or of one resource of its."""

    __tablename__ = "hours"
    id: int | None = key()
    client_id: int = to("client", index=True)
    resource_id: int | None = to("resource", nullable=True)
    weekday: int
    opens_minute: int
    closes_minute: int


class ClosureRow(SQLModel, table=True):
    __tablename__ = "closure"
    id: int | None = key()
    client_id: int = to("client", index=True)
    resource_id: int | None = to("resource", nullable=True)
    first: date
    last: date
    opens_minute: int = 0
    closes_minute: int = 1440
    reason: str = ""


class Staff(SQLModel, table=True):
    """A member of the desk; without a ``password`` (its argon2 hash) she can't log in. ``role`` is va or admin."""

    __tablename__ = "staff"
    id: int | None = key()
    name: str = Field(unique=True)
    language: str = "it"
    timezone: str = "Europe/Rome"
    active: bool = True
    password: str = words()
    role: str = words("va")


class StaffClient(SQLModel, table=True):
    """Which clients a member of the desk works for."""

    __tablename__ = "staff_client"
    staff_id: int = to("staff", primary=True)
    client_id: int = to("client", primary=True)


class Coverage(SQLModel, table=True):
    """When a member of the desk answers for a client, in that member's own time zone."""

    __tablename__ = "coverage"
    id: int | None = key()
    client_id: int = to("client", index=True)
    staff_id: int = to("staff")
    weekday: int
    start_minute: int
    end_minute: int
    timezone: str


class ServiceRow(SQLModel, table=True):
    """What can be booked; minutes, days and caps stand in ``rules`` under the names of ``bot.values.Service``."""

    __tablename__ = "service"
    __table_args__ = (UniqueConstraint("client_id", "key"),)
    id: int | None = key()
    client_id: int = to("client")
    key: str
    minutes: int
    rules: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    price: int | None = None
    position: int = 0
    active: bool = True


class ServiceResource(SQLModel, table=True):
    """Who or what gives a service."""

    __tablename__ = "service_resource"
    service_id: int = to("service", primary=True)
    resource_id: int = to("resource", primary=True)


class CatalogueItem(SQLModel, table=True):
    __tablename__ = "catalogue_item"
    __table_args__ = (UniqueConstraint("client_id", "key"),)
    id: int | None = key()
    client_id: int = to("client")
    key: str
    price: int | None = None
    position: int = 0
    active: bool = True


class Account(SQLModel, table=True):
    """One bot token or workspace of a client's on a channel.

    ``token`` is encrypted. ``secret`` is the digest of the webhook's secret and ``address`` where it was last set;
    ``position`` the network's place in a polled stream, under the lease of the process that polls it.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("channel", "name"),)
    id: int | None = key()
    client_id: int = to("client", index=True)
    channel: str
    name: str
    token: str = words()
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    username: str = ""
    secret: str = ""
    address: str = ""
    profile: str = ""  # digest of the commands and descriptions last published
    position: int = Field(default=0, sa_column=Column(Id, nullable=False, server_default="0"))
    polled_by: str = ""
    lease_until: datetime | None = instant()
    trouble: str = ""
    active: bool = Field(default=True, sa_column=Column(Boolean, nullable=False, server_default=text("true")))


class Numbering(SQLModel, table=True):
    """The last number given to a client's orders, slips or tickets."""

    __tablename__ = "numbering"
    client_id: int = to("client", primary=True)
    what: str = Field(primary_key=True)
    last: int


class StaffSession(SQLModel, table=True):
    """A login: of its secret only the digest is kept."""

    __tablename__ = "staff_session"
    digest: str = Field(primary_key=True)
    staff_id: int = to("staff", index=True)
    agent: str = ""  # what the browser calls itself
    created_at: datetime
    seen_at: datetime


class LoginTry(SQLModel, table=True):
    """How often in a row a login failed, since when: for a name, or from an address (``who``)."""

    __tablename__ = "login_try"
    who: str = Field(primary_key=True)
    count: int = 0
    since: datetime


class AccessLog(SQLModel, table=True):
    """That a member of the desk looked at a customer's data: ``what`` is ticket, file or search."""

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_at", "client_id", "at"),)
    id: int | None = key()
    client_id: int = to("client")
    staff_id: int = to("staff")
    what: str
    about: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    at: datetime


# --- people and talk --------------------------------------------------------------------------------------------------


class CustomerRow(SQLModel, table=True):
    __tablename__ = "customer"
    __table_args__ = (Index("ix_customer_phone", "client_id", "phone"),)
    id: int | None = key()
    client_id: int = to("client", index=True)
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    verified_by: str = ""
    reminders: bool = Field(default=True, sa_column=Column(Boolean, nullable=False, server_default=text("true")))
    merged_into: int | None = to("customer", nullable=True)
    folded: str = words()  # name, phone and e-mail folded, for search
    created_at: datetime = instant(nullable=False)
    erased_at: datetime | None = None


class Tries(SQLModel, table=True):
    """How often a customer has guessed at something that proves who she is, since when."""

    __tablename__ = "tries"
    customer_id: int = to("customer", primary=True, cascade=True)
    what: str = Field(primary_key=True)
    count: int = 0
    since: datetime


class Proof(SQLModel, table=True):
    """A code given to a customer to show who she is: digest only, with its end and the tries it has left."""

    __tablename__ = "proof"
    id: int | None = key()
    client_id: int = to("client", index=True)
    customer_id: int = to("customer", cascade=True)
    digest: str = Field(unique=True)
    until: datetime
    tries_left: int = 5
    used_at: datetime | None = None


class ThreadRow(SQLModel, table=True):
    """Where a customer is reached: one address on one account."""

    __tablename__ = "thread"
    __table_args__ = (UniqueConstraint("channel", "account", "address"),)
    id: int | None = key()
    client_id: int = to("client")
    customer_id: int = to("customer", index=True)
    channel: str
    account: str
    address: str
    writer: str = ""  # what the network calls the person
    reachable: bool = Field(default=True, sa_column=Column(Boolean, nullable=False, server_default=text("true")))
    created_at: datetime = instant(nullable=False)


class ConversationRow(SQLModel, table=True):
    """Hot: read and written by driver statements (storage/road.py)."""

    __tablename__ = "conversation"
    __table_args__ = (
        Index(
            "uq_conversation_live",
            "thread_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_conversation_holder", "client_id", "holder"),
    )
    id: int | None = key()
    client_id: int = to("client")
    customer_id: int = to("customer", index=True)
    thread_id: int = to("thread")
    holder: str = "bot"
    epoch: int = 0
    language: str = ""
    dialogs: Any = Field(default=None, sa_column=Column(JsonText, nullable=True))
    awaiting: Any = Field(default=None, sa_column=Column(JsonText, nullable=True))
    puts: int = 0
    puzzled: int = 0
    last_in_at: datetime | None = instant()
    last_out_at: datetime | None = instant()
    last_text: str = words()
    handed_back_at: datetime | None = instant()
    ended_at: datetime | None = instant()


class MessageRow(SQLModel, table=True):
    """Hot. One message of a talk: ``by`` customer, bot, va, team; ``state`` of ours: waiting, sent, failed, dropped."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_talk", "conversation_id", "id"),
        Index("ix_message_external", "conversation_id", "external_id"),
        Index("ix_message_at", "at"),
    )
    id: int | None = key()
    client_id: int = Field(sa_column=Column(Id, nullable=False))
    conversation_id: int = Field(sa_column=Column(Id, nullable=False))
    by: str
    audience: str = "customer"
    text: str = words()
    parts: Any = Field(default=None, sa_column=Column(JsonText, nullable=True))  # [[msgid, values], ...] it was made of
    pressed: str = ""  # the button that was chosen under it
    state: str = ""
    reason: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    external_id: str | None = None
    epoch: int = 0
    at: datetime = instant(nullable=False)
    edited_at: datetime | None = instant()


class File(SQLModel, table=True):
    """A file of a message: what it is and where its bytes are; ``state`` is remote, stored or erased."""

    __tablename__ = "file"
    id: int | None = key()
    client_id: int = to("client")
    conversation_id: int = to("conversation", index=True)
    message_id: int = Field(sa_column=Column(Id, nullable=False, index=True))
    kind: str
    name: str = ""
    mime: str = ""
    size: int = 0
    remote: str = words()
    sha256: str = ""
    state: str = "remote"


class UpdateRow(SQLModel, table=True):
    """Hot. Every update ever taken, once: who did what, when, and what became of it. This is the audit."""

    __tablename__ = "updates"
    __table_args__ = (Index("ix_updates_at", "at"), Index("ix_updates_target", "target", "kind"))
    channel: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    face: str
    kind: str
    name: str = ""
    actor: str = ""
    target: str = ""
    conversation_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    client_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    result: str = ""
    reply: Any = Field(default=None, sa_column=Column(JsonText, nullable=True))
    at: datetime = instant(nullable=False)


DUE = text("state = 'due'")
WAITS = text("state IN ('due', 'busy') AND lane IS NOT NULL")
BUSY = text("state = 'busy' AND lane IS NOT NULL")
IN_HAND = text("state = 'busy'")


class Job(SQLModel, table=True):
    """Hot. Something to do at or after ``due_at``; ``state`` is due, busy, done, failed or dropped.

    A send has a lane and keeps its order in it; what is for later has none and becomes an Update by the clock.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_due", "due_at", "id", sqlite_where=DUE, postgresql_where=DUE),
        Index("ix_job_lane", "lane", "id", sqlite_where=WAITS, postgresql_where=WAITS),
        Index("uq_job_in_flight", "lane", unique=True, sqlite_where=BUSY, postgresql_where=BUSY),
        Index("ix_job_subject", "subject", sqlite_where=DUE, postgresql_where=DUE),
        Index("ix_job_message", "message_id"),
        Index("ix_job_lease", "lease_until", sqlite_where=IN_HAND, postgresql_where=IN_HAND),
        Index("ix_job_conversation", "conversation_id", sqlite_where=DUE, postgresql_where=DUE),
    )
    id: int | None = key()
    client_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    conversation_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    message_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    kind: str
    lane: str | None = None
    subject: str | None = None  # what it is about ("appointment:12"), so that it can be called off
    due_at: datetime = instant(nullable=False)
    lease_until: datetime | None = instant()
    attempts: int = 0
    state: str = "due"
    reason: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    payload: Any = Field(default=None, sa_column=Column(JsonText, nullable=False))
    ended_at: datetime | None = instant()


# --- what the office keeps --------------------------------------------------------------------------------------------


DONE = text("done_at IS NOT NULL")


class Ticket(SQLModel, table=True):
    """One thing the desk must deal with: kind chat, message, decision, order, task or call; open, snoozed or done."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        Index("ix_ticket_queue", "state", "urgent", "due_at"),
        Index("ix_ticket_conversation", "conversation_id", "state"),
        Index("ix_ticket_customer", "customer_id", "id"),
        Index("ix_ticket_done", "done_at", sqlite_where=DONE, postgresql_where=DONE),
    )
    id: int | None = key()
    client_id: int = to("client")
    number: int
    kind: str
    state: str = "open"
    urgent: bool = False
    customer_id: int | None = to("customer", nullable=True)
    conversation_id: int | None = to("conversation", nullable=True)
    subject: str = words()
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    owner_id: int | None = to("staff", nullable=True)
    opened_at: datetime
    due_at: datetime | None = None
    warned_at: datetime | None = None  # when it was last escalated
    done_at: datetime | None = None
    outcome: str = ""
    snoozed_until: datetime | None = None  # None in a snoozed one: until the customer writes


class Note(SQLModel, table=True):
    """What the desk tells itself of a ticket: no customer and no client ever reads it."""

    __tablename__ = "note"
    id: int | None = key()
    client_id: int = to("client")
    ticket_id: int = to("ticket", index=True)
    conversation_id: int | None = to("conversation", nullable=True, index=True)
    staff_id: int = to("staff")
    text: str = words()
    at: datetime


class Draft(SQLModel, table=True):
    """What somebody of the desk has begun to write in a ticket; ``box`` is reply or note."""

    __tablename__ = "draft"
    staff_id: int = to("staff", primary=True)
    ticket_id: int = to("ticket", primary=True)
    box: str = Field(primary_key=True)
    text: str = words()
    at: datetime


class Slip(SQLModel, table=True):
    """A message taken for the client."""

    __tablename__ = "slip"
    __table_args__ = (UniqueConstraint("client_id", "number"),)
    id: int | None = key()
    client_id: int = to("client")
    number: int
    customer_id: int | None = to("customer", nullable=True, index=True)
    conversation_id: int | None = to("conversation", nullable=True)
    ticket_id: int | None = to("ticket", nullable=True)
    contact_id: int | None = to("contact", nullable=True)
    name: str = ""
    about: str = words()
    phone: str = ""
    call_back: str = ""
    urgent: bool = False
    taken_at: datetime
    passed_at: datetime | None = None


class Relay(SQLModel, table=True):
    """What the client wants a caller, or every caller, to be told at the next contact."""

    __tablename__ = "relay"
    id: int | None = key()
    client_id: int = to("client", index=True)
    customer_id: int | None = to("customer", nullable=True)
    phone: str = ""  # whom it is for, where she is not known yet
    texts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    private: bool = False
    repeat: str = "once"  # once | always
    until: datetime | None = None
    created_at: datetime
    withdrawn_at: datetime | None = None


class RelayTold(SQLModel, table=True):
    """That a customer was told a relay."""

    __tablename__ = "relay_told"
    relay_id: int = to("relay", primary=True)
    customer_id: int = to("customer", primary=True, cascade=True)
    told_at: datetime


LIVE = text("status IN ('held', 'requested', 'booked')")


class AppointmentRow(SQLModel, table=True):
    """One appointment, hold or past visit. ``held_by`` is the conversation that keeps it until ``held_until``."""

    __tablename__ = "appointment"
    __table_args__ = (
        Index("ix_appointment_busy", "resource_id", "blocked_to", sqlite_where=LIVE, postgresql_where=LIVE),
        Index(
            "uq_appointment_start",
            "resource_id",
            "seat",
            "blocked_from",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index("ix_appointment_customer", "customer_id", "starts_at"),
        Index("ix_appointment_agenda", "client_id", "starts_at"),
    )
    id: int | None = key()
    client_id: int = to("client")
    customer_id: int | None = to("customer", nullable=True)
    service_id: int = to("service")
    resource_id: int = to("resource")
    seat: int = 0
    starts_at: datetime
    ends_at: datetime
    blocked_from: int = Field(sa_column=Column(Id, nullable=False))
    blocked_to: int = Field(sa_column=Column(Id, nullable=False))
    status: str = "booked"
    uid: str = Field(unique=True)
    sequence: int = 0
    code: str = Field(unique=True)
    name: str = ""
    for_whom: str = ""
    note: str = words()
    held_by: int | None = to("conversation", nullable=True)
    held_until: datetime | None = None
    confirmed_at: datetime | None = None
    waived: str = words()  # why the desk booked it although a rule says no
    created_at: datetime


class AgendaKey(SQLModel, table=True):
    """What opens a client's agenda to its own calendar: of the key only the digest is kept."""

    __tablename__ = "agenda_key"
    client_id: int = to("client", primary=True)
    digest: str = Field(unique=True)
    made_at: datetime


class Waiting(SQLModel, table=True):
    """A customer who wants to be told of a freed slot; ``state`` is waiting, offered, taken, or over."""

    __tablename__ = "waiting"
    __table_args__ = (Index("ix_waiting_line", "client_id", "service_id", "state", "id"),)
    id: int | None = key()
    client_id: int = to("client")
    service_id: int = to("service")
    customer_id: int = to("customer", cascade=True)
    conversation_id: int = to("conversation")
    first: date
    last: date
    state: str = "waiting"
    appointment_id: int | None = to("appointment", nullable=True)  # the hold that is offered
    created_at: datetime


class OrderRow(SQLModel, table=True):
    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        Index("ix_orders_customer", "customer_id"),
        Index("ix_orders_phone", "client_id", "phone"),
    )
    id: int | None = key()
    client_id: int = to("client")
    number: str
    customer_id: int | None = to("customer", nullable=True)
    name: str = ""
    phone: str = ""
    email: str = ""
    status: str = "requested"
    items: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    note: str = words()
    total: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    expected_on: date | None = None
    changed_at: datetime  # since when the status stands
    created_at: datetime


class OrderEvent(SQLModel, table=True):
    """One change of an order."""

    __tablename__ = "order_event"
    id: int | None = key()
    client_id: int = to("client")
    order_id: int = to("orders", index=True)
    status: str
    note: str = words()
    at: datetime


class OrderWatch(SQLModel, table=True):
    """A conversation that an order was opened to; ``wanted`` while it is to hear of every change."""

    __tablename__ = "order_watch"
    order_id: int = to("orders", primary=True)
    conversation_id: int = to("conversation", primary=True)
    wanted: bool = False
