"""A client's customers, where they are reached, and what proves who they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.columns import instant, key, to, words


class CustomerRow(SQLModel, table=True):
    """A customer; one of a ``rehearsal`` is played by the desk, and goes with all that hangs on her when it is over."""

    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_phone", "client_id", "phone"),
        Index("ix_customer_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
    )
    id: int | None = key()
    client_id: int = to("client")
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    verified_by: str = ""
    reminders: bool = Field(default=True, sa_column=Column(Boolean, nullable=False, server_default=text("true")))
    merged_into: int | None = to("customer", nullable=True)
    rehearsal: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=text("false")))
    folded: str = words()  # name, phone and e-mail as words, for search
    created_at: datetime = instant(nullable=False)
    erased_at: datetime | None = None
    blocked_at: datetime | None = None  # since when the desk wants nothing of her: she hears nothing from the bot
    blocked_by: int | None = to("staff", nullable=True)


class Merge(SQLModel, table=True):
    """That the rows of one person were made one: what went from ``one_id`` to ``other_id``, so that it can go back.

    ``moved`` holds the ids of rows by table, ``before`` what ``one_id`` and ``other_id`` said of themselves.
    """

    __tablename__ = "merge"
    id: int | None = key()
    client_id: int = to("client")
    one_id: int = to("customer", index=True)
    other_id: int = to("customer", index=True)
    staff_id: int | None = to("staff", nullable=True)
    moved: dict[str, list[int]] = Field(default_factory=dict, sa_type=JSON)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime
    undone_at: datetime | None = None


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
    customer_id: int = to("customer", cascade=True, index=True)
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
