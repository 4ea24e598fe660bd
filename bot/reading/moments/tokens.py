"""A folded text cut into words, figures and signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.reading.folding import Folded

MOST = 400
"""Tokens that are looked at; what stands beyond is not read."""

_TOKEN = re.compile(
    r"[^\s@]{1,64}@[^\s@]{1,64}\.[^\s@]+|\b(?:https?:|www\.)\S*"  # addresses, of which nothing is read
    r"|([0-9]{4}-[0-9]{2}-[0-9]{2}t[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?"
    r"|[0-9]+(?:[:.,/-][0-9]+)*)"
    r"|([ap]\. ?m\b\.?|[^\W\d_]+)"
    r"|[^\w\s']|[\d_]+"
)


class Token(NamedTuple):
    """A piece of the folded text: a word, a figure, a sign, or a ``split`` (the half of a word that says a day)."""

    text: str
    kind: str
    start: int
    end: int
    day: int = 0


Splits = Mapping[str, tuple[int, int, str]]


def tokens(line: Folded, splits: Splits) -> list[Token]:
    """The first ``MOST`` tokens of a line."""
    found: list[Token] = []
    for match in _TOKEN.finditer(line.text):
        start, end = match.span()
        if match[2]:
            word = match[2] if match[2].isalpha() else match[2][0] + "m"
            if word in splits:
                length, day, rest = splits[word]
                found.append(Token("+" + word[:length], "split", start, start + length, day))
                found.append(Token(rest, "word", start + length, end))
            else:
                found.append(Token(word, "word", start, end))
        elif match[1]:
            source_start, source_end = line.span(start, end)
            plain = source_end - source_start == end - start
            found.append(Token(match[1], "figure" if plain else "sign", start, end))
        else:
            found.append(Token(match[0], "sign", start, end))
        if len(found) >= MOST:
            break
    return found
