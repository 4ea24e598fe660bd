"""A message cut once into what stands still and what is filled in."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from bot.i18n.catalog import forms_of
from bot.i18n.syntax import PLACEHOLDER, TOKEN, words
from bot.values import Message

OPENING: Final = re.compile(r"(?:^|[.?]\s+|\n\s*)$")
"""What stands before a value that opens a sentence."""


class Place(NamedTuple):
    """A value to fill in, and the words before it."""

    before: str
    name: str
    form: str
    opens: bool  # it opens a sentence, so a date gets a capital
    quoted: bool  # it stands between the quotes of an attribute


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form of a message in one language."""

    places: tuple[Place, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Template:
    """A message in one language: a pattern for each plural form, and the rule that picks one by number."""

    patterns: tuple[Pattern, ...]
    form: Callable[[int], int]


@lru_cache(maxsize=8192)
def template(message: Message | str, language: str, marked_up: bool) -> Template:
    """The message in ``language``: with its markup and everything else escaped, or without any."""
    texts, form = forms_of(message, language)
    return Template(tuple(cut(text, marked_up) for text in texts), form)


def cut(text: str, marked_up: bool) -> Pattern:
    """Cuts one text at its placeholders; ``marked_up`` keeps its tags and escapes the words around them."""
    escape = _escaped if marked_up else str
    places: list[Place] = []
    before, seen, end = "", "", 0
    sentence = bool(words(text))
    for token in TOKEN.finditer(text):
        still = text[end : token.start()]
        before, seen, end = before + escape(still), seen + still, token.end()
        if token["name"]:
            opens = sentence and OPENING.search(seen) is not None
            places.append(Place(before, token["name"], token["form"] or "", opens, False))
            before, seen = "", "x"
        elif marked_up and token["tag"]:
            before += token["tag"]
        elif marked_up:
            before = _link(before, token["href"], places)
    return Pattern(tuple(places), before + escape(text[end:]))


def _link(before: str, target: str, places: list[Place]) -> str:
    """Adds the values of a link's target to ``places``; gives back what stands after the last."""
    before, end = before + '<a href="', 0
    for token in PLACEHOLDER.finditer(target):
        before += html.escape(target[end : token.start()])
        places.append(Place(before, token["name"], token["form"] or "", False, True))
        before, end = "", token.end()
    return before + html.escape(target[end:]) + '">'


def _escaped(words: str) -> str:
    return html.escape(words, quote=False)
