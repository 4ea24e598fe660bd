"""A customer asks how an order stands."""

from __future__ import annotations

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.questions.told_order import tell_order
from bot.questions.which_order import which_order


@command("order", _("Order status"))
@wish("order_status")
async def order_status(turn: Turn) -> None:
    """Which order, proven by its phone or e-mail unless it is known to be hers; then how it stands."""
    order = await which_order(turn)
    if order is not None:
        tell_order(turn, order)
