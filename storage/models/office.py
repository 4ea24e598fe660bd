"""What the office keeps: tickets, notes, slips, and what callers are to be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.columns import key, to, words
from storage.types import Id

DONE = text("done_at IS NOT NULL")
# Of a hundred thousand tickets few are open: an index of these alone is what a planner takes, whatever it has counted.
STANDS = text("state IN ('open', 'snoozed')")


class Ticket(SQLModel, table=True):
    """One thing the desk must deal with: kind chat, message, decision, order, task or call; open, snoozed or done."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        Index("ix_ticket_queue", "client_id", "due_at", sqlite_where=STANDS),
        Index("ix_ticket_opened", "client_id", "opened_at"),
        Index("ix_ticket_conversation", "conversation_id", "state"),
        Index("ix_ticket_customer", "customer_id", "id"),
        Index("ix_ticket_done", "client_id", "done_at", sqlite_where=DONE),
    )
    id: int | None = key()
    client_id: int = to("client")
    number: int
    kind: str
    state: str = "open"
    urgent: bool = False
    customer_id: int | None = to("customer", nullable=True)
    conversation_id: int | None = to("conversation", nullable=True)
    subject: str = words()  # in English, where the house says it
    about: Any = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))  # then [msgid, values]
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    owner_id: int | None = to("staff", nullable=True)
    opened_at: datetime
    due_at: datetime | None = None
    promised_at: datetime | None = None  # what was first promised, whatever was promised since
    answered_at: datetime | None = None  # when a person first answered
    warned_at: datetime | None = None  # when it was last escalated
    stage: str = words()  # how far along its chain somebody was alerted: owner, desk, contact
    seen_at: datetime | None = None  # when whoever was alerted has seen it
    done_at: datetime | None = None
    outcome: str = ""
    snoozed_until: datetime | None = None  # None in a snoozed one: until the customer writes


class Note(SQLModel, table=True):
    """What the desk tells itself of a ticket: no customer and no client ever reads it."""

    __tablename__ = "note"
    id: int | None = key()
    client_id: int = to("client", index=True)
    ticket_id: int = to("ticket", index=True)
    conversation_id: int | None = to("conversation", nullable=True, index=True)
    staff_id: int = to("staff")
    to_id: int | None = to("staff", nullable=True)  # the colleague to whom the ticket was passed with it
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
    heard_by: str = ""  # of the client's people, who has taken it on


class Relay(SQLModel, table=True):
    """What the client wants a caller, or every caller, to be told at the next contact."""

    __tablename__ = "relay"
    id: int | None = key()
    client_id: int = to("client", index=True)
    customer_id: int | None = to("customer", nullable=True, index=True)
    phone: str = ""  # whom it is for, where she is not known yet
    texts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    private: bool = False
    repeat: str = "once"  # once | always
    until: datetime | None = None
    created_at: datetime
    withdrawn_at: datetime | None = None
    member: str = ""  # of the client's people, who wants it told (the network's id), and hears what became of it


class RelayTold(SQLModel, table=True):
    """That a customer was told a relay."""

    __tablename__ = "relay_told"
    relay_id: int = to("relay", primary=True)
    customer_id: int = to("customer", primary=True, cascade=True, index=True)
    told_at: datetime


class Work(SQLModel, table=True):
    """Effort of the desk for a client, as evidence: a stretch, or a unit where ``ended_at`` is ``started_at``.

    ``kind`` is focus, task, call, booking, message or other; ``charge`` is billable, included or free. No row ever
    changes: what is wrong is put right by another that ``corrects`` it, with its reason, and then counts in its place.
    """

    __tablename__ = "work"
    __table_args__ = (Index("ix_work_day", "client_id", "started_at"),)
    id: int | None = key()
    client_id: int = to("client")
    staff_id: int = to("staff", index=True)
    ticket_id: int | None = to("ticket", nullable=True, index=True)
    kind: str
    started_at: datetime
    ended_at: datetime
    charge: str = "billable"
    reason: str = words()
    corrects: int | None = Field(default=None, sa_column=Column(Id, ForeignKey("work.id"), nullable=True, unique=True))
    noted_at: datetime


class Stretch(SQLModel, table=True):
    """What a member of the desk works at now: one thing at a time. It becomes work once it ends.

    A focus was last seen at ``seen_at`` and ends by itself; a timer that she started ends when she stops it.
    """

    __tablename__ = "stretch"
    staff_id: int = to("staff", primary=True)
    client_id: int = to("client")
    ticket_id: int | None = to("ticket", nullable=True)
    kind: str
    charge: str = "billable"
    started_at: datetime
    seen_at: datetime
