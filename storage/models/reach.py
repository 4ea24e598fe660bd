"""Where the desk and a client's people are reached off their pages, and what they were alerted of there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.columns import key, to


class Link(SQLModel, table=True):
    """The talk with one of our bots in which a member of the desk, or a client's contact, is reached."""

    __tablename__ = "link"
    __table_args__ = (UniqueConstraint("staff_id"), UniqueConstraint("contact_id"))
    id: int | None = key()
    client_id: int = to("client")  # whose bot it is
    conversation_id: int = to("conversation", index=True, cascade=True)
    staff_id: int | None = to("staff", nullable=True)
    contact_id: int | None = to("contact", nullable=True, cascade=True)
    made_at: datetime


class LinkCode(SQLModel, table=True):
    """A code that links a talk, once and soon: digest only. Without a client it is good at any of the member's."""

    __tablename__ = "link_code"
    digest: str = Field(primary_key=True)
    staff_id: int | None = to("staff", nullable=True)
    client_id: int | None = to("client", nullable=True)
    contact_id: int | None = to("contact", nullable=True, cascade=True)
    until: datetime


class Alerting(SQLModel, table=True):
    """Of what a member wants to be alerted: kinds of ticket, and not in her quiet hours (minutes of her own day)."""

    __tablename__ = "alerting"
    staff_id: int = to("staff", primary=True)
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)
    quiet_start: int = 0
    quiet_end: int = 0


class Alert(SQLModel, table=True):
    """That somebody was alerted of a ticket, as which link of its chain, and when she has seen it."""

    __tablename__ = "alert"
    __table_args__ = (Index("ix_alert_ticket", "ticket_id", "id"),)
    id: int | None = key()
    client_id: int = to("client")
    ticket_id: int = to("ticket")
    staff_id: int | None = to("staff", nullable=True)
    contact_id: int | None = to("contact", nullable=True, cascade=True)
    stage: str
    at: datetime
    seen_at: datetime | None = None


class SpokenOf(SQLModel, table=True):
    """That a linked person was told something about a customer, in a message of this very moment."""

    __tablename__ = "spoken_of"
    id: int | None = key()
    client_id: int = to("client")
    conversation_id: int = to("conversation", index=True, cascade=True)
    customer_id: int = to("customer", index=True, cascade=True)
    at: datetime
