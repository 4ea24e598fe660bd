"""What a text denies: "I don't want to cancel", "no table"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.reading.folding import Word
from bot.reading.phrases import Phrases, Speech

PARTING = frozenset(".,;:!\n")
"""The marks that part clauses."""
_NEAR = 4  # words between a negation and the wish it denies


class Denial(NamedTuple):
    """Words from ``first`` up to ``last`` that are denied: as a wish, to the end of the clause; else the next word."""

    negation: int
    first: int
    last: int
    wish: bool


_NOWHERE: frozenset[int] = frozenset()


class Denials:
    """Finds what is denied in the texts of one language."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._denying = speech.negations.starts

    def places(self, tokens: Sequence[str]) -> frozenset[int]:
        """The places of the denied words, punctuation not counted."""
        if self._denying.isdisjoint(tokens):
            return _NOWHERE
        found = self._among(_worded(tokens))
        return frozenset(place for denial in found for place in range(denial.first, denial.last))

    def unwanted(self, tokens: Sequence[str]) -> tuple[str, str]:
        """What is left of "I don't want to cancel, just move it", and what it says is not wanted: "cancel"."""
        if self._denying.isdisjoint(tokens):
            return "", ""
        words = _worded(tokens)
        denials = [denial for denial in self._among(words) if denial.wish]
        said = ["", ""]
        for place, word in enumerate(words):
            if any(denial.first <= place < denial.last for denial in denials):
                said[1] += f" {word.text}"
            elif not any(denial.negation <= place < denial.last for denial in denials):
                said[0] += f" {word.text}"
        return said[0], said[1]

    def _among(self, words: Sequence[Word]) -> list[Denial]:
        places = (place for place, word in enumerate(words) if word.text in self._denying)
        return [denial for place in places if (denial := self._denial(words, place)) is not None]

    def _denial(self, words: Sequence[Word], index: int) -> Denial | None:
        negation = _end(self._speech.negations, words, index)
        if negation == index or not _same_clause(words, index, negation):
            return None
        for near in range(negation, min(negation + _NEAR, len(words))):
            if not _same_clause(words, index, near):
                break
            wants = _end(self._speech.wants, words, near)
            if wants > near:
                return Denial(index, wants, self._end_of_clause(words, wants), True)
        linked = _end(self._speech.links, words, negation)
        return Denial(index, negation, linked + _same_clause(words, index, linked), False)

    def _end_of_clause(self, words: Sequence[Word], index: int) -> int:
        end = index
        while _same_clause(words, index, end) and not any(self._speech.objections.at(words, end)):
            end += 1
        return end


def _worded(tokens: Sequence[str]) -> list[Word]:
    """The words of a text with their clauses."""
    words, clause = [], 0
    for piece in tokens:
        if piece not in PARTING:
            words.append(Word(piece, 0, 0, clause))
        clause += piece in PARTING or piece == "?"
    return words


def _end(phrases: Phrases, words: Sequence[Word], index: int) -> int:
    """Where the longest of the phrases ends that begins here; ``index`` where none does."""
    if not phrases.begun(words[index].text):
        return index
    return max((match.last for match in phrases.at(words, index)), default=index)


def _same_clause(words: Sequence[Word], one: int, other: int) -> bool:
    return other < len(words) and words[one].clause == words[other].clause
