"""A customer wants to be told whenever an order changes, or no more: buttons that work at any time."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn, button
from bot.i18n import _
from bot.office import orders
from bot.questions.told_order import tell_order
from storage.orders import Order


@action("watch_order", notice=True)
async def watch_order(turn: Turn) -> None:
    """She is told of every change from now on."""
    order = named(turn)
    if order is not None:
        orders.watch(turn.write, turn.who, order, True)
        stop = button(_("No more notices, thank you"), "unwatch_order", order.number)
        turn.say(_("Order {number}: I'll tell you here whenever it changes."), buttons=[[stop]], number=order.number)


@action("unwatch_order", notice=True)
async def unwatch_order(turn: Turn) -> None:
    """She is told no more."""
    order = named(turn)
    if order is not None:
        orders.watch(turn.write, turn.who, order, False)
        turn.say(_("Order {number}: I won't send any more notices. You can ask at any time."), number=order.number)


@action("show_order", notice=True)
async def show_order(turn: Turn) -> None:
    """All about an order, from its notice."""
    order = named(turn)
    if order is not None:
        tell_order(turn, order)


def named(turn: Turn) -> Order | None:
    """The order that the button names, if it is open to this talk; else it is said that it is not."""
    order = orders.opened(turn.rows, turn.who, str(turn.given.get("argument", "")))
    if order is None:
        turn.say(_("That order isn't open here. To see it, ask for the order status."), buttons=ASK)
    return order


ASK = [[button(_("Order status"), "order")]]
