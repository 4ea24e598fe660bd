"""Telephone calls: each is a ticket of kind call, with what it was about and how it ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.i18n import _
from bot.office.orders import order_number, proves
from bot.office.tickets import close_ticket, open_ticket
from bot.values import Client, Refusal
from storage import orders, tickets
from storage.callers import Caller
from storage.orders import Order
from storage.tickets import Opened


def log(write: Connection, client: Client, caller: Caller, about: str, now: datetime, **data: str) -> Opened:
    """Writes down a call, which is open until ``end``."""
    return open_ticket(write, client, "call", about, now, customer_id=caller.id, data=data)


def end(write: Connection, client: Client, number: int, customer_id: int, outcome: str, now: datetime) -> None:
    """Notes how a customer's call ended. Raises Refusal where no such call is open."""
    found = tickets.by_number(write, client.id, number)
    if found is None or found.kind != "call" or found.customer_id != customer_id:
        raise Refusal(_("There is no such call."))
    if found.state != "done":
        close_ticket(write, found.id, now, outcome)


def asked_order(rows: Connection, client: Client, said: str, proof: str, *, vouched: bool) -> Order:
    """The order that a caller asks about, once she has proven that it is hers, or somebody vouches for her.

    ``proof`` is its phone (E.164) or e-mail. Raises Refusal; an unknown number and a wrong proof can't be told apart.
    """
    number = order_number(said)
    found = orders.by_number(rows, client.id, number) if number is not None else None
    if found is None or not (vouched or (proof and proves(found, proof))):
        raise Refusal(_("There is no order with this number and this proof."))
    return found
