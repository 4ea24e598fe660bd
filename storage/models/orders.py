"""Orders, what became of them, and who follows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.columns import key, to, words


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
    conversation_id: int = to("conversation", primary=True, index=True)
    wanted: bool = False
