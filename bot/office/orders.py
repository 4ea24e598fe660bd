"""Orders: whose they are, who may see them, who hears of them; and those that customers place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office.hearing import hear
from bot.office.tickets import open_ticket
from bot.reading import fold
from bot.rules.promises import said_by
from bot.update import Json
from bot.values import Client, Item, Msgid, Standing, Who, effect
from storage import orders, tries
from storage.numbers import next_number
from storage.orders import Order

STATUS: Final[Mapping[Standing, Msgid]] = {
    Standing.REQUESTED: _("order requested"),
    Standing.ACCEPTED: _("order accepted"),
    Standing.IN_PROGRESS: _("order in progress"),
    Standing.READY: _("order ready"),
    Standing.SHIPPED: _("order shipped"),
    Standing.DELIVERED: _("order delivered"),
    Standing.CANCELLED: _("order cancelled"),
}
"""How an order's status reads, on a line of its own."""
ABOUT: Final = _("Order {number}: {what}")
"""What its ticket is about."""
ENDED: Final = frozenset({Standing.DELIVERED, Standing.CANCELLED})
"""Nothing more is expected of these orders."""

LONGEST: Final = 32
NUMBER: Final = r"[a-z0-9]+(?:[-/._][a-z0-9]+)*"
"""What the number of an order looks like, folded; it has a digit, and at most ``LONGEST`` characters."""

TRIES: Final = 5
"""Wrong guesses at an order that a customer may make..."""
WITHIN: Final = timedelta(hours=1)
"""...in this time; then a person looks it up."""
GUESS: Final = "order"
LISTED: Final = 8
"""Orders that are offered to choose from."""


def order_number(said: str) -> str | None:
    """An order's number as we keep it, in capitals, or None where it can't be one."""
    number = fold(said)
    fits = len(number) <= LONGEST and re.fullmatch(NUMBER, number) and any(sign in "0123456789" for sign in number)
    return number.upper() if fits else None


# --- who may see an order ---------------------------------------------------------------------------------------------


def at_hand(rows: Connection, who: Who) -> list[Order]:
    """The orders that need no proof: those opened to this talk and, of a verified customer, her own."""
    client, customer = who.client, who.customer
    found = {one.id: one for one in orders.opened_to(rows, client.id, who.conversation.id, LISTED)}
    if customer.verified:
        own = orders.of_customer(rows, client.id, customer.id, customer.phone, LISTED)
        found.update((one.id, one) for one in own)
    return sorted(found.values(), key=lambda one: (one.since, one.id), reverse=True)[:LISTED]


def opened(rows: Connection, who: Who, number: str) -> Order | None:
    """The order with this number where this talk needs no proof for it; None else, whether there is one or not."""
    order = orders.by_number(rows, who.client.id, number)
    if order is None:
        return None
    customer = who.customer
    own = order.customer_id == customer.id or (bool(customer.phone) and order.phone == customer.phone)
    if (own and customer.verified) or orders.watched(rows, order.id, who.conversation.id) is not None:
        return order
    return None


def may_try(rows: Connection, who: Who) -> bool:
    """Whether the customer has guesses left."""
    return tries.spent(rows, who.customer.id, GUESS, who.now, WITHIN) < TRIES


def try_proof(write: Connection, who: Who, number: str, proof: str) -> Json:
    """Opens the order to this talk if its phone (E.164) or e-mail is the proof, else counts the guess.

    Gives whether it is open. An unknown number and a wrong proof can't be told apart.
    """
    if not may_try(write, who):
        return False
    order = orders.by_number(write, who.client.id, number)
    if order is not None and proves(order, proof):
        orders.open_to(write, order.id, who.conversation.id)
        return True
    tries.count(write, who.customer.id, GUESS, who.now, WITHIN)
    return False


prove = effect("prove_order", try_proof)
"""Kept, and never undone: going back gives no guess back."""


def proves(order: Order, proof: str) -> bool:
    """Whether the proof is the order's phone or e-mail."""
    if "@" in proof:
        return bool(order.email) and fold(order.email) == fold(proof)
    return bool(order.phone) and order.phone == proof


# --- who hears of it --------------------------------------------------------------------------------------------------


def watch(write: Connection, who: Who, order: Order, wanted: bool) -> None:
    """Lets this talk hear of every change of an order that is open to it, or no more."""
    orders.open_to(write, order.id, who.conversation.id)
    orders.want(write, order.id, who.conversation.id, wanted)


# --- placing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """So many of an item of the catalogue."""

    item: Item
    quantity: int

    @property
    def price(self) -> int | None:
        """What they cost together, in minor units; None where the price is asked for."""
        return None if self.item.price is None else self.item.price * self.quantity


@dataclass(frozen=True, slots=True)
class Placed:
    """A new order's number and by when, as it is said, somebody answers."""

    number: str
    answer_by: datetime | None


def total(lines: Sequence[Line]) -> int:
    """What the lines cost together, without those whose price is asked for; minor units."""
    return sum(line.price or 0 for line in lines)


def place(
    write: Connection, who: Who, lines: Sequence[Line], words: str, *, name: str, phone: str, note: str = ""
) -> Placed:
    """Writes a requested order, of the catalogue's items or in the customer's words, and opens its ticket.

    The talk that it was placed in sees it and hears of every change.
    """
    client, now = who.client, who.now
    new, _id = enter(
        write,
        client,
        lines,
        now,
        who.customer.id,
        who.conversation.id,
        note="\n".join(part for part in (words, note) if part),
        name=name,
        phone=phone,
        email=who.customer.email,
    )
    number = new["number"]
    ticket = open_ticket(
        write,
        client,
        "order",
        (ABOUT, {"number": str(number), "what": summary(new)}),
        now,
        talk=who.conversation,
        data={"order": number},
    )
    hear(write, client, "order", now, number=number)
    return Placed(number, said_by(ticket.due_at) if ticket.due_at is not None else None)


def ask_change(write: Connection, who: Who, order: Order, what: str, words: str) -> datetime | None:
    """Opens the ticket on which a person changes or cancels (``what``) an order; gives by when somebody answers."""
    asked = _("to change") if what == "change" else _("to cancel")
    values = {"number": order.number, "what": asked, "words": " ".join(words.split())}
    subject = _("Order {number}, {what}: {words}") if words else ABOUT, values
    data = {"order": order.number, "what": what}
    ticket = open_ticket(write, who.client, "order", subject, who.now, talk=who.conversation, data=data)
    return said_by(ticket.due_at) if ticket.due_at is not None else None


def enter(
    write: Connection,
    client: Client,
    lines: Sequence[Line],
    now: datetime,
    customer_id: int | None,
    talk_id: int | None,
    *,
    note: str,
    name: str,
    phone: str,
    email: str = "",
    status: Standing = Standing.REQUESTED,
    expected_on: date | None = None,
) -> tuple[Mapping[str, Any], int]:
    """Writes an order, and lets the talk see it and hear of every change; gives what was written, and its row id."""
    number = free_number(write, client)
    priced = bool(lines) and all(line.price is not None for line in lines)
    new = {
        "client_id": client.id,
        "number": number,
        "customer_id": customer_id,
        "name": name,
        "phone": phone,
        "email": email,
        "status": status.value,
        "items": [in_order(client, line) for line in lines],
        "note": note,
        "total": total(lines) if priced else None,
        "expected_on": expected_on,
        "changed_at": now,
        "created_at": now,
    }
    order_id = orders.add(write, [new])[number]
    orders.add_events(write, client.id, [(order_id, status.value, "")], now)
    if talk_id is not None:
        orders.open_to(write, order_id, talk_id, wanted=True)
    return new, order_id


def free_number(write: Connection, client: Client) -> str:
    """The client's next order number that no order has yet: imported ones count too."""
    while True:
        number = str(next_number(write, client.id, "order"))
        if orders.by_number(write, client.id, number) is None:
            return number


def in_order(client: Client, line: Line) -> Mapping[str, Json]:
    """A line as the order keeps it: the name in the client's own language, the price of today."""
    item = line.item
    name = item.name.read(client.languages[0])
    return {"key": item.key, "name": name, "quantity": line.quantity, "price": item.price}


def summary(new: Mapping[str, Any]) -> str:
    """What is ordered, on one line, for the desk."""
    listed = ", ".join(f"{one['quantity']} × {one['name']}" for one in new["items"])
    return " · ".join(part for part in (listed, " ".join(new["note"].split())) if part)
