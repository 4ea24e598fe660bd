"""A question that is agreed to or not."""

from __future__ import annotations

from bot.dialog import Turn
from bot.questions.choice import Choice, OneOf
from bot.reading import Ear, Reading
from bot.reading.choices import read_yes_no
from bot.values import Msgid


class Agreed(OneOf[bool]):
    """Takes one of two buttons, or any words that mean yes or no.

    No leftovers: the words with which something was wished ("cancel my appointment") agree to nothing yet.
    """

    leftovers = False

    def read(self, text: str, ear: Ear) -> Reading | None:
        return read_yes_no(text, ear) or super().read(text, ear)


def agreed(turn: Turn, yes: Msgid, no: Msgid) -> Agreed:
    """A reader of yes or no, under buttons of its own."""
    return Agreed(turn, lambda: [Choice(True, yes, True), Choice(False, no, False)])
