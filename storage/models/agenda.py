"""What is booked, and who waits for a place."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.columns import key, to, words
from storage.types import Id

LIVE = text("status IN ('held', 'requested', 'booked')")


class AppointmentRow(SQLModel, table=True):
    """One appointment, hold or past visit. ``held_by`` is the conversation that keeps it until ``held_until``."""

    __tablename__ = "appointment"
    __table_args__ = (
        Index("ix_appointment_busy", "resource_id", "blocked_to", sqlite_where=LIVE),
        Index(
            "uq_appointment_start",
            "resource_id",
            "seat",
            "blocked_from",
            unique=True,
            sqlite_where=LIVE,
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


class Waiting(SQLModel, table=True):
    """A customer who wants to be told of a freed slot; ``state`` is waiting, offered, taken, or over."""

    __tablename__ = "waiting"
    __table_args__ = (Index("ix_waiting_line", "client_id", "service_id", "state", "id"),)
    id: int | None = key()
    client_id: int = to("client")
    service_id: int = to("service")
    customer_id: int = to("customer", cascade=True, index=True)
    conversation_id: int = to("conversation")
    first: date
    last: date
    state: str = "waiting"
    appointment_id: int | None = to("appointment", nullable=True, index=True)  # the hold that is offered
    created_at: datetime


class BusyFeed(SQLModel, table=True):
    """A foreign calendar of a resource's: what its server said last, and since when it can't be read.

    ``address`` opens the calendar to whoever has it: it is shown to nobody but who edits it, and never logged.
    """

    __tablename__ = "busy_feed"
    __table_args__ = (UniqueConstraint("resource_id", "address"),)
    id: int | None = key()
    client_id: int = to("client", index=True)
    resource_id: int = to("resource", cascade=True)
    address: str = words()
    etag: str = words()
    modified: str = words()
    digest: str = words()  # of what was last taken in
    tried_at: datetime | None = None
    read_at: datetime | None = None
    failing_since: datetime | None = None
    trouble: str = words()


class BusyTime(SQLModel, table=True):
    """A stretch that a foreign calendar takes away, in epoch minutes; the whole resource, all its seats."""

    __tablename__ = "busy_time"
    __table_args__ = (Index("ix_busy_time_resource", "resource_id", "blocked_to"),)
    id: int | None = key()
    feed_id: int = to("busy_feed", index=True, cascade=True)
    resource_id: int = to("resource", cascade=True)
    blocked_from: int = Field(sa_column=Column(Id, nullable=False))
    blocked_to: int = Field(sa_column=Column(Id, nullable=False))
