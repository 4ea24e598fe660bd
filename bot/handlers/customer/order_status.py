"""A customer asks how an order stands."""

from __future__ import annotations

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.questions.told_order import tell_order
from bot.questions.which_order import any_orders, which_order
from bot.values import Refusal


@command("order", _("Order status"))
@wish("order_status")
async def order_status(turn: Turn) -> None:
    """Which order, proven by its phone or e-mail unless it is known to be hers; then how it stands."""
    if not any_orders(turn):
        raise Refusal(_("There are no orders here. You can leave a message, or ask for a person."))
    order = await which_order(turn)
    if order is not None:
        tell_order(turn, order)
