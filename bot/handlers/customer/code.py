"""A customer shows who she is by a code that the desk gave her."""

from __future__ import annotations

import re

from bot.ability import command
from bot.dialog import Reader, Turn
from bot.i18n import _
from bot.office import customers
from bot.questions.menu import offer_person
from bot.reading import Ear, Reading
from bot.update import Json
from bot.values import Invalid


@command("code", _("Enter a code"))
async def code(turn: Turn) -> None:
    """A right code verifies her; too many wrong ones end it."""
    said = await turn.ask("code", _("Please write the code you were given."), Code())
    worth = await turn.keep(customers.redeem, said)
    if worth == "wrong":
        turn.again("code", _("That code isn't right, or it is no longer valid."))
    if worth == "enough":
        offer_person(turn, _("That code isn't right either, so I can't take another one today. Shall I ask a person?"))
        return
    turn.customer = customers.again(turn.rows, turn.customer)
    turn.say(_("Thank you, that's right. From now on I know who you are."))


class Code(Reader[str]):
    """Takes a code: letters and digits, gaps and dashes left out."""

    def read(self, text: str, ear: Ear) -> Reading | None:
        bare = re.sub(r"[\s-]", "", text).upper()
        return Reading(bare, (0, len(text))) if re.fullmatch(r"[A-Z0-9]{4,16}", bare) else None

    def check(self, value: Json) -> str:
        if not isinstance(value, str) or len(value) != customers.LENGTH:
            raise Invalid(_("A code has eight letters and digits."))
        return value
