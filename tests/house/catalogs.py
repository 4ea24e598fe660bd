"""The words of the house: the messages that the code holds, and the catalogs that translate them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tests.house.source import ROOT

TRANSLATED = ("it", "pl")
"""English is what the messages are written in, so its catalog may stay empty."""
LANGUAGES = ("en", *TRANSLATED)
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
# Rules and readers, which may not import the markers, make their messages by the types themselves.
KEYWORDS = {**DEFAULT_KEYWORDS, "_n": (1, 2), "Msgid": None, "Plural": (1, 2)}


@dataclass(frozen=True)
class Entry:
    """A message with its forms in one language; one form, unless it has plurals."""

    message: tuple[str, ...]
    forms: tuple[str, ...]
    fuzzy: bool = False


def several(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@cache
def messages() -> dict[tuple[str, ...], str]:
    """Every message that the code holds, with the place of its first use, as `make locales` finds them."""
    found: dict[tuple[str, ...], str] = {}
    for name, line, text, *_ in extract_from_dir(str(ROOT / "bot"), METHODS, keywords=KEYWORDS):
        found.setdefault(several(text), f"bot/{name}:{line}")
    return found


@cache
def catalog(language: str) -> tuple[Entry, ...]:
    """What the catalog of a language holds; empty while there is no such file."""
    file = ROOT / "locales" / language / "LC_MESSAGES" / "bot.po"
    if not file.exists():
        return ()
    with file.open("rb") as lines:
        entries = [each for each in read_po(lines, locale=language) if each.id]
    return tuple(Entry(several(each.id), several(each.string), each.fuzzy) for each in entries)


def places(text: str) -> set[str]:
    """The values that a text has places for, by name: `day` for "{day:on}". Raises ValueError if it is malformed."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


def sentences(language: str) -> Iterator[str]:
    """Everything that a reader of this language may be told by us."""
    if language == "en":
        yield from (form for message in messages() for form in message)
    yield from (form for entry in catalog(language) for form in entry.forms if form)
