"""A customer chooses the language she is spoken to in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.ability import action, command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.office import customers
from bot.questions.choice import Choice, one_of
from bot.values import LANGUAGES

NAMES: Final = {
    "it": ("Italiano", ("italian", "italiano", "włoski", "po włosku", "italiana")),
    "en": ("English", ("english", "inglese", "angielski", "po angielsku")),
    "pl": ("Polski", ("polish", "polacco", "polski", "po polsku", "polacca")),
}
"""Each language in its own words, and what the others call it."""


@command("language", _("Language"))
@wish("change_language")
async def language(turn: Turn) -> None:
    """The choice is kept with the customer; from here on everything is said in it."""
    chosen = await turn.ask("language", _("Which language do you prefer?"), one_of(turn, lambda: offered(turn)))
    speak_in(turn, chosen)


@action("speak")
async def speak(turn: Turn) -> None:
    """She takes the offer to go on in the language that she wrote."""
    if turn.given.get("argument") in LANGUAGES:
        speak_in(turn, str(turn.given["argument"]))


def speak_in(turn: Turn, language: str) -> None:
    """From here on everything is said in it."""
    turn.customer = replace(turn.customer, language=language)
    customers.choose(turn.write, turn.customer)
    turn.change(language=language)
    turn.say(_("All right, we'll go on in English."))


def offered(turn: Turn) -> list[Choice[str]]:
    """The client's languages first: we speak them all, whichever of them the client's own words are in."""
    first = [one for one in turn.client.languages if one in LANGUAGES]
    return [Choice(one, NAMES[one][0], one, NAMES[one][1]) for one in dict.fromkeys([*first, *LANGUAGES])]
