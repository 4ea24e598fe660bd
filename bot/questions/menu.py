"""The menu of what a customer can do, and the offer of a person."""

from __future__ import annotations

from typing import Any

from bot.dialog import Option, Turn, button
from bot.i18n import _
from bot.values import Client, Message


def menu(turn: Turn, message: Message, **values: Any) -> None:
    """Says the message over the menu: only what this client offers stands on it."""
    turn.say(message, buttons=menu_buttons(turn), **values)


def offers(client: Client, ability: str) -> bool:
    """Whether a client has what the customer's ability of this name is about."""
    if ability in {"book", "appointments"}:
        return bool(client.services)
    if ability in {"order", "buy"}:
        return client.takes_orders or bool(client.catalogue)
    return ability != "urgent" or bool(client.text("urgent"))


def menu_buttons(turn: Turn) -> list[list[Option]]:
    """The menu's rows."""
    client, rows = turn.client, []
    if offers(client, "book"):
        rows.append([button(_("Book an appointment"), "book")])
        rows.append([button(_("My appointments"), "appointments")])
    rows.append([button(_("Leave a message"), "message")])
    if offers(client, "order"):
        rows.append([button(_("Order status"), "order"), button(_("Place an order"), "buy")])
    if offers(client, "urgent"):
        rows.append([button(_("It's urgent"), "urgent"), button(_("A person"), "human")])
    else:
        rows.append([button(_("A person"), "human")])
    return rows


def offer_person(turn: Turn, message: Message, **values: Any) -> None:
    """Says the message over the offer of a person."""
    yes = button(_("Yes, a person please"), "human", means=True)
    turn.say(message, buttons=[[yes, button(_("No, thank you"), "menu", means=False)]], **values)
