"""What a client is: its words, people, hours, services and accounts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.columns import instant, key, to, words
from storage.types import Id


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


class TaughtRow(SQLModel, table=True):
    """What somebody of the desk said that words of a customer mean: an intent, or "none".

    ``message_id`` is the message they were written in; they go when it is erased for her sake.
    """

    __tablename__ = "taught"
    __table_args__ = (UniqueConstraint("client_id", "language", "folded"),)
    id: int | None = key()
    client_id: int = to("client")
    language: str
    text: str = words()
    folded: str
    intent: str
    staff_id: int = to("staff")
    message_id: int = Field(sa_column=Column(Id, nullable=False, index=True))
    at: datetime = instant(nullable=False)


class ContactRow(SQLModel, table=True):
    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("client_id", "key"),)
    id: int | None = key()
    client_id: int = to("client")
    key: str
    name: str
    phone: str = ""
    email: str = ""
    slack: str = ""
    rights: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]"))
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
