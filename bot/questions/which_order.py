"""Which order: its number, written or chosen, and the phone or e-mail that proves it is hers to see."""

from __future__ import annotations

import re
from typing import Final

from bot.dialog import Option, Options, Reader, Turn
from bot.i18n import _, plain
from bot.office import orders
from bot.office.orders import NUMBER, STATUS, order_number
from bot.questions.menu import offer_person, offers
from bot.questions.phone import phone_of
from bot.reading import Ear, Reading, folded
from bot.reading.phones import read_email, read_phone
from bot.update import Json, Update
from bot.values import Invalid
from storage import orders as kept
from storage.orders import Order

LABEL: Final = r"(?:number|numero|numer|num|no|nr|n)\b[.:°]?"
CALLED: Final = rf"(?:(?:order|ordine|zamowieni[ea])[ :,]{{0,2}}(?:{LABEL})?|{LABEL}|(?=\#)) ?\#? ?"
WHOLE: Final = re.compile(rf"(?:{CALLED})?(?P<number>{NUMBER})")
NAMED: Final = re.compile(rf"(?<![\w+]){CALLED}(?P<number>{NUMBER})")
BARE: Final = re.compile(
    r"(?<![\w+.,/-])(?<![0-9] )(?P<number>(?:[a-z]{1,6}-?)?[0-9]{3,12}(?:[-/][0-9]{1,12})*)(?![\w@]|[.,/-]\w| [0-9])"
)
"""Digits that nothing calls an order's number: neither a date nor a part of a phone number."""


class OrderNumber(Reader[str]):
    """Takes the number of an order; those that need no proof are offered as buttons."""

    echoes = False  # whatever follows begins with it

    def __init__(self, turn: Turn) -> None:
        self.turn = turn

    def read(self, text: str, ear: Ear) -> Reading | None:
        line = folded(text)
        whole = WHOLE.fullmatch(line.bare)
        if whole and (number := order_number(whole["number"])):
            return Reading(number, (0, len(text)))
        for match in (*NAMED.finditer(line.text), *BARE.finditer(line.text)):
            if number := order_number(match["number"]):
                return Reading(number, line.span(*match.span()))
        return None

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        line = folded(text)
        named = next(NAMED.finditer(line.text), None)
        number = order_number(named["number"]) if named else None
        return Reading(number, line.span(*named.span())) if named and number else None

    def check(self, value: Json) -> str:
        number = order_number(value) if isinstance(value, str) else None
        if number is None:
            raise Invalid(_("That doesn't look like an order number. You'll find it in the message about your order."))
        return number

    def options(self, page: str) -> Options:
        return [[Option(self.label(order), order.number)] for order in orders.at_hand(self.turn.rows, self.turn.who)]

    def label(self, order: Order) -> str:
        """What the button of an order reads."""
        turn = self.turn
        return f"{order.number} · {plain(STATUS[order.status], {}, turn.language, turn.client.zone, turn.now)}"


class Proof(Reader[str]):
    """Takes a phone number (E.164) or an e-mail address."""

    def __init__(self, turn: Turn) -> None:
        self.country = turn.client.country
        self.phone = phone_of(turn)

    def read(self, text: str, ear: Ear) -> Reading | None:
        return read_email(text, ear) or read_phone(text, ear, self.country)

    def take(self, update: Update) -> Reading | None:
        return self.phone.take(update)

    def check(self, value: Json) -> str:
        return value if isinstance(value, str) and "@" in value else self.phone.check(value)


def any_orders(turn: Turn) -> bool:
    """Whether this client has anything to do with orders at all."""
    return offers(turn.client, "order") or kept.has_any(turn.rows, turn.client.id)


async def which_order(turn: Turn) -> Order | None:
    """The order that the customer means and may see.

    None where she has guessed too often: the offer of a person has been said. The answer to a wrong number and to a
    wrong proof is the same.
    """
    given = turn.given.get("number") or turn.given.get("argument") or ""
    number = await turn.ask(
        "number", _("What's the number of the order?"), OrderNumber(turn), known=order_number(str(given))
    )
    order = orders.opened(turn.rows, turn.who, number)
    if order is not None:
        return order
    if not orders.may_try(turn.rows, turn.who):
        offer_person(turn, _("I can't look any further for now, but a person can. Shall I ask one?"))
        return None
    question = _("Order {number}: which phone number or e-mail address was given with it?")
    proof = await turn.ask("proof", question, Proof(turn), number=number)
    # A right guess opens the order and a last wrong one uses up the tries: either way the run that follows ends above.
    await turn.keep(orders.prove, number, proof)
    return turn.again("number", _("I don't find an order with that number and that phone or e-mail."))
