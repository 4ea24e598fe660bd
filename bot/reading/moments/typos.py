"""Words misspelt by one letter, and by two in long words; a doubled letter counts as one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_DOUBLED = re.compile(r"(.)\1+")
SHORTEST = 5
"""Letters a word must have to be looked for misspelt."""
LONG = 8
"""Letters from which two slips are forgiven."""


class Typos:
    """Finds the word that a misspelt one stands for, among words of ``SHORTEST`` letters and more.

    The first letter must be right, or changed places with the second. ``real`` words are no misspellings.
    """

    def __init__(self, words: Iterable[str], real: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        self._real = frozenset(real)
        for word in words:
            if len(word) >= SHORTEST and word.isalpha():
                self._by_first.setdefault(word[0], []).append((_single(word), word))
        self.meant = lru_cache(4096)(self._meant)

    def _meant(self, word: str) -> str | None:
        if len(word) < SHORTEST or word in self._real:
            return None
        single, best, least = _single(word), None, 4
        for first in dict.fromkeys(word[:2]):
            for candidate, meant in self._by_first.get(first, ()):
                slips = 2 if len(meant) >= LONG else 1
                if first != word[0] and candidate[1:2] != word[0]:
                    continue
                if abs(len(candidate) - len(single)) <= slips and distance(single, candidate, slips) <= slips:
                    away = distance(word, meant, len(word))
                    if away < least:
                        best, least = meant, away
        return best


def _single(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


def distance(one: str, other: str, most: int) -> int:
    """How many letters were left out, put in, changed or swapped with their neighbour; above ``most``, any number."""
    if one == other:
        return 0
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
