"""What falls due for orders: telling whoever watches one that it has changed."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn, button
from bot.i18n import _
from bot.questions.told_order import status_parts
from bot.update import Face
from storage import orders


@action("order_changed", Face.CLOCK)
async def order_changed(turn: Turn) -> None:
    """Tells this talk how an order stands now; silent where it no longer wants to hear."""
    order = orders.by_id(turn.rows, turn.client.id, int(turn.given["order"]))
    if order is None or not orders.watched(turn.rows, order.id, turn.conversation.id):
        return
    parts = status_parts(order)
    latest = orders.events(turn.rows, order.id, 1)
    if latest and latest[0].note:
        parts.append((_("Note: {note}"), {"note": latest[0].note}))
    buttons = [
        [button(_("The whole order"), "show_order", order.number)],
        [button(_("No more notices, thank you"), "unwatch_order", order.number)],
    ]
    turn.say_lines(parts, buttons=buttons)
