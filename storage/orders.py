"""Orders, what became of them, and the conversations they were opened to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from bot.update import Json
from bot.values import Standing
from storage.models import OrderEvent, OrderRow, OrderWatch, metadata
from storage.upsert import upsert

orders = metadata.tables[OrderRow.__tablename__]
event = metadata.tables[OrderEvent.__tablename__]
watch = metadata.tables[OrderWatch.__tablename__]


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it stands.

    ``items`` are {"name", "quantity"} and, from the catalogue, {"key", "price"}; prices and ``total`` are minor units
    of the client's currency; the status stands ``since`` (aware UTC).
    """

    id: int
    number: str
    customer_id: int | None
    name: str
    phone: str
    email: str
    status: Standing
    items: Sequence[Mapping[str, Json]]
    note: str
    total: int | None
    expected_on: date | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One change of an order."""

    status: Standing
    note: str
    at: datetime


ANY = select(orders.c.id).where(orders.c.client_id == bindparam("client")).limit(1)
ORDER = select(
    orders.c.id,
    orders.c.number,
    orders.c.customer_id,
    orders.c.name,
    orders.c.phone,
    orders.c.email,
    orders.c.status,
    orders.c["items"],
    orders.c.note,
    orders.c.total,
    orders.c.expected_on,
    orders.c.changed_at,
).where(orders.c.client_id == bindparam("client"))
BY_NUMBER = ORDER.where(orders.c.number == bindparam("number"))
BY_ID = ORDER.where(orders.c.id == bindparam("id"))
LOCKED = (
    ORDER.where(orders.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(orders.c.id)
    .with_for_update(key_share=True)
)
OF_CUSTOMER = (
    ORDER.where(or_(orders.c.customer_id == bindparam("customer"), orders.c.phone == bindparam("phone")))
    .order_by(orders.c.changed_at.desc(), orders.c.id.desc())
    .limit(bindparam("most"))
)
OPENED_TO = (
    ORDER.join(watch, watch.c.order_id == orders.c.id)
    .where(watch.c.conversation_id == bindparam("talk"))
    .order_by(orders.c.changed_at.desc(), orders.c.id.desc())
    .limit(bindparam("most"))
)
IS_WATCHED = select(watch.c.wanted).where(
    watch.c.order_id == bindparam("order"), watch.c.conversation_id == bindparam("talk")
)
WATCHING = (
    select(watch.c.order_id, watch.c.conversation_id)
    .where(watch.c.order_id.in_(bindparam("changed", expanding=True)), watch.c.wanted)
    .order_by(watch.c.order_id, watch.c.conversation_id)
)
EVENTS = (
    select(event.c.status, event.c.note, event.c.at)
    .where(event.c.order_id == bindparam("order"))
    .order_by(event.c.id.desc())
    .limit(bindparam("most"))
)
ADD = insert(orders).returning(orders.c.id, orders.c.number)
ADD_EVENTS = insert(event)
CHANGE = (
    update(orders)
    .where(orders.c.id == bindparam("of_id"))
    .values(
        **{
            name: bindparam(f"new_{name}")
            for name in ("name", "phone", "email", "status", "items", "note", "total", "expected_on", "changed_at")
        }
    )
)
OPEN = (
    upsert(watch)
    .values(order_id=bindparam("order"), conversation_id=bindparam("talk"), wanted=bindparam("wanted"))
    .on_conflict_do_nothing()
)
WANT = (
    update(watch)
    .where(watch.c.order_id == bindparam("order"), watch.c.conversation_id == bindparam("talk"))
    .values(wanted=bindparam("wants"))
)
NOBODY = "-"
"""Stands for a phone that no order has, where a customer has none."""


def has_any(rows: Connection, client_id: int) -> bool:
    """Whether the client has any order."""
    return rows.execute(ANY, {"client": client_id}).first() is not None


def order(row: Any) -> Order:
    """The value in a row of ORDER."""
    values = list(row)
    values[6], values[7] = Standing(row[6]), tuple(row[7] or ())
    return Order(*values)


def by_number(rows: Connection, client_id: int, number: str) -> Order | None:
    """The client's order with this number."""
    row = rows.execute(BY_NUMBER, {"client": client_id, "number": number}).one_or_none()
    return order(row) if row is not None else None


def by_id(rows: Connection, client_id: int, order_id: int) -> Order | None:
    """The client's order with this row id."""
    row = rows.execute(BY_ID, {"client": client_id, "id": order_id}).one_or_none()
    return order(row) if row is not None else None


def locked(write: Connection, client_id: int, numbers: Sequence[str]) -> dict[str, Order]:
    """The client's orders among these numbers, by number, locked until the transaction ends."""
    found = write.execute(LOCKED, {"client": client_id, "numbers": list(numbers)})
    return {row.number: order(row) for row in found}


def of_customer(rows: Connection, client_id: int, customer_id: int, phone: str, most: int) -> list[Order]:
    """The orders that a customer placed or that bear this phone, the latest change first."""
    values = {"client": client_id, "customer": customer_id, "phone": phone or NOBODY, "most": most}
    return [order(row) for row in rows.execute(OF_CUSTOMER, values)]


def opened_to(rows: Connection, client_id: int, conversation_id: int, most: int) -> list[Order]:
    """The orders that were opened to a conversation, the latest change first."""
    found = rows.execute(OPENED_TO, {"client": client_id, "talk": conversation_id, "most": most})
    return [order(row) for row in found]


def watched(rows: Connection, order_id: int, conversation_id: int) -> bool | None:
    """Whether the conversation is to hear of every change; None where the order was never opened to it."""
    found: bool | None = rows.execute(IS_WATCHED, {"order": order_id, "talk": conversation_id}).scalar_one_or_none()
    return found


def watching(rows: Connection, order_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Who is to hear of these orders: (order id, conversation id)."""
    return [(row[0], row[1]) for row in rows.execute(WATCHING, {"changed": list(order_ids)})]


def events(rows: Connection, order_id: int, most: int) -> list[Event]:
    """What became of an order, the latest first."""
    found = rows.execute(EVENTS, {"order": order_id, "most": most})
    return [Event(Standing(row[0]), row[1], row[2]) for row in found]


def add(write: Connection, new: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Writes new orders, every column given, and gives their ids by number."""
    return {row.number: row.id for row in write.execute(ADD, list(new))}


def add_events(write: Connection, client_id: int, new: Sequence[tuple[int, str, str]], now: datetime) -> None:
    """Records changes: the order's id, its status now, and a note."""
    values = [
        {"client_id": client_id, "order_id": of, "status": status, "note": note, "at": now} for of, status, note in new
    ]
    if values:
        write.execute(ADD_EVENTS, values)


def change(write: Connection, new: Sequence[Order]) -> None:
    """Writes orders as they now stand."""
    values = [
        {
            "of_id": one.id,
            "new_name": one.name,
            "new_phone": one.phone,
            "new_email": one.email,
            "new_status": one.status.value,
            "new_items": list(one.items),
            "new_note": one.note,
            "new_total": one.total,
            "new_expected_on": one.expected_on,
            "new_changed_at": one.since,
        }
        for one in new
    ]
    if values:
        write.execute(CHANGE, values)


def open_to(write: Connection, order_id: int, conversation_id: int, *, wanted: bool = False) -> None:
    """Opens an order to a conversation: from now on it is shown there without another proof."""
    write.execute(OPEN, {"order": order_id, "talk": conversation_id, "wanted": wanted})


def want(write: Connection, order_id: int, conversation_id: int, wanted: bool) -> None:
    """Notes whether a conversation is to hear of every change of an order that was opened to it."""
    write.execute(WANT, {"order": order_id, "talk": conversation_id, "wants": wanted})
