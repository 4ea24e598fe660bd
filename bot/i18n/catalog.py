"""The catalogs: what each message reads in each language, taken from the .po files once per process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

from bot.i18n.syntax import words
from bot.values import LANGUAGES, Message, Plural

LOG: Final = logging.getLogger(__name__)
FOLDER = Path(__file__).parents[2] / "locales"
SOURCE: Final = "en"
"""The language that messages are written in: a missing translation reads as its msgid."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """One language: its translations by (singular) msgid, and which plural form each number takes."""

    texts: Mapping[str, tuple[str, ...]]
    plurals: Mapping[str, str]  # the English plural of each msgid that has one
    form: Callable[[int], int]


@cache
def catalog(language: str) -> Catalog:
    """The catalog of ``language``, read at its first use. Raises FileNotFoundError if there is none."""
    with (FOLDER / language / "LC_MESSAGES" / "bot.po").open("rb") as file:
        source = read_po(file, locale=language)
    texts: dict[str, tuple[str, ...]] = {}
    plurals: dict[str, str] = {}
    for entry in source:
        if not entry.id or entry.fuzzy:
            continue
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
        singular = entry.id if isinstance(entry.id, str) else entry.id[0]
        if not isinstance(entry.id, str):
            plurals[singular] = entry.id[1]
        if all(forms):
            texts[singular] = forms
    return Catalog(texts, plurals, c2py(source.plural_expr))


def load() -> None:
    """Reads every catalog, so that a missing one is found at start and no turn waits for it."""
    for language in LANGUAGES:
        catalog(language)


def forms_of(message: Message | str, language: str) -> tuple[tuple[str, ...], Callable[[int], int]]:
    """The forms of a message in ``language`` (one, unless it has plurals) and the rule that picks one by number.

    A message that came back from the database is a plain string: the catalogs know whether it has plurals. What has no
    translation is given in English, with a warning in the log.
    """
    own = catalog(language)
    singular = message.singular if isinstance(message, Plural) else str(message)
    texts = own.texts.get(singular)
    plural = message.plural if isinstance(message, Plural) else _plural_of(singular)
    if texts is not None and (len(texts) > 1) == bool(plural):
        return texts, own.form
    if language != SOURCE and any(map(str.isalpha, words(singular))):
        LOG.warning("no %s translation of %r", language, singular)
    return ((singular, plural) if plural else (singular,)), catalog(SOURCE).form


def _plural_of(singular: str) -> str:
    found = (catalog(language).plurals.get(singular, "") for language in LANGUAGES)
    return next(filter(None, found), "")
