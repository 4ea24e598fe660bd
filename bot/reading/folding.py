"""Text as it is compared: case, accents and invisible characters folded away, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

# What Unicode does not decompose, and the many shapes of one sign.
_LETTERS = {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i"}
_SIGNS = dict.fromkeys("’‘ʼ`´′", "'") | dict.fromkeys("‐‑‒–—−", "-") | {"⁄": "/"}
_UNSEEN = ("Cc", "Cf", "Cs")
_TOKEN = re.compile(r"[^\W_]+|[,.;:!?]| - ")


class Word(NamedTuple):
    """A folded word: where it stands in the folded text, and in which clause (they part at punctuation)."""

    text: str
    start: int
    end: int
    clause: int


@dataclass(frozen=True)
class Folded:
    """A text folded for comparison. ``at`` holds, for each folded character, its index in ``source``."""

    source: str
    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded stretch from ``start`` to ``end`` stands in the source."""
        if start >= end:
            return 0, 0
        return self.at[start], self.at[end - 1] + 1

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words, in order; punctuation and underscores are between them."""
        words, clause = [], 0
        for token in _TOKEN.finditer(self.text):
            if token[0][0].isalnum():
                words.append(Word(token[0], *token.span(), clause))
            else:
                clause += 1
        return tuple(words)

    def before(self, start: int) -> Word | None:
        """The word right before ``start``, if nothing but a space, an apostrophe or a shortening point parts them."""
        index = bisect_left(self.words, start, key=lambda word: word.end)
        index = index if index < len(self.words) and self.words[index].end <= start else index - 1
        if index < 0 or self.text[self.words[index].end : start] not in ("", " ", "'", "' ", ". ", "."):
            return None
        return self.words[index]

    def after(self, end: int) -> Word | None:
        """The word right after ``end``, if nothing but a space parts them."""
        index = bisect_left(self.words, end, key=lambda word: word.start)
        if index == len(self.words) or self.text[end : self.words[index].start] not in ("", " "):
            return None
        return self.words[index]

    @cached_property
    def bare(self) -> str:
        """The folded text without the punctuation around it: for what counts only when it is all that was written."""
        return self.text.strip(" .,;:!?'\"()")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if unicodedata.category(character) in _UNSEEN and not character.isspace():
        return ""
    parts = (_SIGNS.get(part, part) for part in unicodedata.normalize("NFKD", character.casefold()))
    kept = (part for part in parts if unicodedata.category(part) not in ("Mn", *_UNSEEN))
    return "".join(_LETTERS.get(part, part) for part in kept)


@lru_cache(maxsize=128)
def folded(text: str) -> Folded:
    """The text folded as by ``fold``, with the way back to where each character stood."""
    characters: list[str] = []
    at: list[int] = []
    for index, character in enumerate(text):
        for part in " " if character.isspace() else _fold_character(_SIGNS.get(character, character)):
            if part.isspace() and (not characters or characters[-1] == " "):
                continue
            characters.append(" " if part.isspace() else part)
            at.append(index)
    if characters and characters[-1] == " ":
        characters.pop()
        at.pop()
    return Folded(text, "".join(characters), tuple(at))


def fold(text: str) -> str:
    """The text as it is compared: no case, no accents, nothing invisible, single spaces, none around."""
    return folded(text).text


_TABLE = _LETTERS | _SIGNS | dict.fromkeys(map(chr, range(0x300, 0x370)), "")


def fold_all(text: str) -> str:
    """What ``fold`` makes of each line of our own tables, in one go; texts from outside are folded by ``fold``."""
    text = unicodedata.normalize("NFKD", text.casefold())
    for character in set(text) & _TABLE.keys():  # a few dozen: to translate letter by letter takes much longer
        text = text.replace(character, _TABLE[character])
    return text


def bag(words: str) -> frozenset[str]:
    """The words of a list that is written as one string, as the tables of this package are."""
    return frozenset(words.split())
