"""A customer places an order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.ability import command, wish
from bot.dialog import Turn, button
from bot.i18n import _
from bot.office import customers, orders
from bot.office.orders import Line, Placed
from bot.questions.basket import basket
from bot.questions.phone import phone_of
from bot.questions.text import name_of, text_of
from bot.values import Message, Refusal


@command("buy", _("Place an order"))
@wish("order_place")
async def place_order(turn: Turn) -> None:
    """What, from the catalogue or in her own words; who; then a requested order, and a ticket for the desk."""
    lines: list[Line] = []
    words = ""
    if turn.client.catalogue:
        lines, named = await basket(turn)
        if not lines:
            raise Refusal(_("There is nothing in the order, so we'll leave it."))
    elif turn.client.takes_orders:
        question = _("What would you like to order? Please describe it in your own words.")
        words, named = await turn.ask("words", question, text_of(), label=_("Order")), ["words"]
    else:
        raise Refusal(_("Orders can't be placed here. You can leave a message, or ask for a person."))
    name = await turn.ask(
        "name", _("What name shall I put the order under?"), name_of(), label=_("Name"), known=turn.customer.name
    )
    phone = await turn.ask(
        "phone", _("On which number can we reach you?"), phone_of(turn), label=_("Phone"), known=turn.customer.phone
    )
    note = await turn.optional("note", _("What should we know?"), text_of(500), label=_("Note"), button=_("Add a note"))
    await turn.confirm(
        _("Let me read it back."),
        *(*named, "name", "phone"),
        question=question_about(lines),
        yes=_("Yes, order it"),
        also=("note",),
        total=turn.client.money(orders.total(lines)),
    )
    turn.customer = customers.introduce(turn.write, turn.customer, name, phone)
    placed = orders.place(turn.write, turn.who, lines, words, name=name, phone=phone, note=note or "")
    tell(turn, placed)


def question_about(lines: list[Line]) -> Message:
    """The last question, with the total as far as it is known."""
    if lines and all(line.price is not None for line in lines):
        return _("Total: {total}. Shall I place the order?")
    if any(line.price is not None for line in lines):
        return _("Total: {total}, and what has no price yet, which we'll tell you first. Shall I place the order?")
    return _("We'll tell you the price first. Shall I place the order?")


def tell(turn: Turn, placed: Placed) -> None:
    """Says the order's number, and by when somebody answers."""
    parts: list[tuple[Message, Mapping[str, Any]]] = [
        (_("Your order is with us. Number: {number}."), {"number": placed.number})
    ]
    if placed.answer_by is not None:
        parts.append((_("A person will answer here {by:by}."), {"by": placed.answer_by}))
    parts.append((_("I'll tell you here whenever it changes."), {}))
    turn.say_lines(parts, buttons=[[button(_("Order status"), "order", placed.number)]])
