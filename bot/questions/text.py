"""Questions answered in free words."""

from __future__ import annotations

from bot.dialog import Reader
from bot.i18n import _
from bot.reading import Ear, Reading
from bot.reading.changes import lead, read_for_whom, read_wrong
from bot.reading.choices import read_yes_no
from bot.reading.moments import read_moment
from bot.reading.names import read_introduction, read_name, read_words
from bot.reading.wishes import may_be_name
from bot.update import Json
from bot.values import Invalid


class Words(Reader[str]):
    """Takes any words up to a limit of characters."""

    leftovers = False
    greedy = anything = True

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def read(self, text: str, ear: Ear) -> Reading | None:
        return read_words(text, self.limit)

    def check(self, value: Json) -> str:
        return checked_text(value)


ANSWERS = ("service", "day", "slot", "name", "phone")
"""What may be called wrong where a name is asked for: "wrong number" is no name."""


class Name(Reader[str]):
    """Takes a person's name; a bare yes or no is none."""

    greedy = True

    def read(self, text: str, ear: Ear) -> Reading | None:
        if read_yes_no(text, ear) is not None or read_wrong(text, ear, ANSWERS) is not None or is_when(text, ear):
            return None
        return read_name(text)

    def spot(self, text: str, ear: Ear) -> Reading | None:
        return read_introduction(text)

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        """A new introduction; or what can be nothing but a name ("no, Kowalski")."""
        introduced = self.spot(text, ear)
        if introduced is not None or not (text[:1].isupper() and may_be_name(text, ear)):
            return introduced
        return self.read(text, ear)

    def check(self, value: Json) -> str:
        return checked_text(value)


def is_when(text: str, ear: Ear) -> bool:
    """Whether a text is about when, for the most part: "anzi giovedì mattina" is no name, "Domenica" may be one."""
    said = lead(text, ear).text
    moment = read_moment(said, ear) if len(said.split()) > 1 else None
    return moment is not None and moment.confidence >= 0.5 and 3 * len(moment.text) >= 2 * len(said.strip())


class ForWhom(Name):
    """Takes for whom something is: a name, or what she is to the writer."""

    def read(self, text: str, ear: Ear) -> Reading | None:
        return read_for_whom(text, ear) or super().read(text, ear)

    def spot(self, text: str, ear: Ear) -> Reading | None:
        return read_for_whom(text, ear)

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        return self.spot(text, ear)


def checked_text(value: Json) -> str:
    """The stored text, as a handler may use it."""
    if not isinstance(value, str) or not value.strip():
        raise Invalid(_("Please write it in words."))
    return value


def text_of(limit: int = 1000) -> Words:
    """A reader of free words, up to ``limit`` characters."""
    return Words(limit)


def for_whom() -> ForWhom:
    """A reader of for whom something is."""
    return ForWhom()


def name_of() -> Name:
    """A reader of a person's name."""
    return Name()
