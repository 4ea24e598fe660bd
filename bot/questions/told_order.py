"""How an order is told: its status, what is expected, what became of it, and the offer to tell of every change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.dialog import Option, Turn, button
from bot.i18n import _
from bot.office.orders import ENDED, STATUS
from bot.update import Json
from bot.values import Message, Standing
from storage import orders
from storage.orders import Order

Part = tuple[Message, Mapping[str, Any]]
HISTORY: Final = 6
"""Earlier changes that are told."""
LASTING: Final = frozenset({Standing.REQUESTED, Standing.ACCEPTED, Standing.IN_PROGRESS, Standing.READY})
"""What goes on since a day; the others happened on one."""


def tell_order(turn: Turn, order: Order) -> None:
    """Tells all of an order that is open to this talk, and offers to tell of every change."""
    parts = [*status_parts(order), *item_parts(turn, order), *history_parts(turn, order)]
    buttons: list[list[Option]] = []
    if order.status not in ENDED:
        watched = orders.watched(turn.rows, order.id, turn.conversation.id)
        if watched:
            parts.append((_("I'll tell you here whenever it changes."), {}))
            buttons.append([button(_("No more notices, thank you"), "unwatch_order", order.number)])
        else:
            parts.append((_("Shall I tell you whenever it changes?"), {}))
            buttons.append([button(_("Yes, tell me"), "watch_order", order.number, means=True)])
    turn.say_lines(parts, buttons=buttons)


def status_parts(order: Order) -> list[Part]:
    """Number, status since when, and what is expected."""
    values = {"status": STATUS[order.status], "since": order.since}
    lasts = order.status in LASTING
    parts: list[Part] = [
        (_("Order {number}."), {"number": order.number}),
        (_("Status: {status}, {since:since}."), values) if lasts else (_("Status: {status}, {since:date}."), values),
    ]
    if order.expected_on is not None and order.status not in ENDED:
        parts.append((_("Expected: {day:day}."), {"day": order.expected_on}))
    return parts


def item_parts(turn: Turn, order: Order) -> list[Part]:
    """What was ordered, a line each, and what it costs."""
    parts: list[Part] = [
        (_("{n} × {item}"), {"n": one.get("quantity", 1), "item": item_name(turn, one)}) for one in order.items
    ]
    if order.total is not None:
        parts.append((_("Total: {total}."), {"total": turn.client.money(order.total)}))
    return parts


def item_name(turn: Turn, one: Mapping[str, Json]) -> Any:
    """An ordered item as the catalogue now calls it, else as it was called then."""
    item = turn.client.item(str(one.get("key", "")))
    return item.name if item is not None else str(one.get("name", ""))


def history_parts(turn: Turn, order: Order) -> list[Part]:
    """The notes on the order and on its present state, and the earlier changes, the latest first."""
    told = orders.events(turn.rows, order.id, HISTORY + 1)
    notes = dict.fromkeys(note for note in (order.note, told[0].note if told else "") if note)
    parts: list[Part] = [(_("Note: {note}"), {"note": note}) for note in notes]
    if told[1:]:
        parts.append((_("Until now:"), {}))
    for one in told[1:]:
        values = {"day": one.at, "status": STATUS[one.status], "note": one.note}
        parts.append((_("{day:date}: {status}. {note}"), values) if one.note else (_("{day:date}: {status}"), values))
    return parts
