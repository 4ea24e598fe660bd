"""The menu of what a customer can do, and the offer of a person."""

from __future__ import annotations

from typing import Any

from bot.dialog import Option, Turn, button
from bot.i18n import _
from bot.values import Message


def menu(turn: Turn, message: Message, **values: Any) -> None:
    """Says the message over the menu: only what this client offers stands on it."""
    turn.say(message, buttons=menu_buttons(turn), **values)


def menu_buttons(turn: Turn) -> list[list[Option]]:
    """The menu's rows."""
    client, rows = turn.client, []
    if client.services:
        rows.append([button(_("Book an appointment"), "book")])
        rows.append([button(_("My appointments"), "appointments")])
    rows.append([button(_("Leave a message"), "message")])
    if client.takes_orders or client.catalogue:
        rows.append([button(_("Order status"), "order"), button(_("Place an order"), "buy")])
    if client.text("urgent"):
        rows.append([button(_("It's urgent"), "urgent"), button(_("A person"), "human")])
    else:
        rows.append([button(_("A person"), "human")])
    return rows


def offer_person(turn: Turn, message: Message, **values: Any) -> None:
    """Says the message over the offer of a person."""
    turn.say(
        message, buttons=[[button(_("Yes, a person please"), "human"), button(_("No, thank you"), "menu")]], **values
    )
