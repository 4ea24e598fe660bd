"""A customer wants an order changed or cancelled: a person does it."""

from __future__ import annotations

from typing import Final

from bot.ability import action, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.office import orders
from bot.office.orders import ENDED
from bot.questions.agreed import agreed
from bot.questions.text import text_of
from bot.questions.told_order import Part, status_parts
from bot.questions.which_order import any_orders, which_order
from bot.values import Refusal
from storage.orders import Order

YES: Final = _("Yes, please ask")
NO: Final = _("No, leave it as it is")


@action("change_order", title=_("Change an order"))
@wish("order_change")
async def change_order(turn: Turn) -> None:
    """Which order, what about it; then a ticket for the desk."""
    order = await standing_order(turn)
    if order is None:
        return
    what = await turn.ask("what", _("What should be different about the order?"), text_of(500))
    pass_on(turn, order, "change", what)


@action("cancel_order", title=_("Cancel an order"))
@wish("order_cancel")
async def cancel_order(turn: Turn) -> None:
    """Which order, sure; then a ticket for the desk."""
    order = await standing_order(turn)
    if order is None:
        return
    question = _("Order {number}: only a person can cancel it. Shall I ask for that?")
    if not await turn.ask("sure", question, agreed(turn, YES, NO), number=order.number):
        turn.say(_("All right, the order stands."))
        return
    pass_on(turn, order, "cancel", "")


async def standing_order(turn: Turn) -> Order | None:
    """The order that is meant, while there is something to change about it; else it is said why not."""
    if not any_orders(turn):
        raise Refusal(_("There are no orders here. You can leave a message, or ask for a person."))
    order = await which_order(turn)
    if order is None or order.status not in ENDED:
        return order
    over = _("It can't be changed any more. A person can tell you what is possible.")
    turn.say_lines([*status_parts(order), (over, {})])
    return None


def pass_on(turn: Turn, order: Order, what: str, words: str) -> None:
    """Opens the ticket, and says by when somebody answers."""
    by = orders.ask_change(turn.write, turn.who, order, what, words)
    parts: list[Part] = [(_("Order {number}: I've passed your wish on."), {"number": order.number})]
    if by is not None:
        parts.append((_("A person will answer here {by:by}."), {"by": by}))
    turn.say_lines(parts)
