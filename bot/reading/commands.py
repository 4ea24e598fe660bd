"""Commands that are all a text says, and a client's urgent words: read word for word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from bot.reading import Ear, Reading, Word, folded
from bot.reading.phrases import Match, Phrases, Speech, phrase, speech
from bot.values import LANGUAGES

_CONTROLS = frozenset({"human", "back", "leave"})


def read_control(text: str, ear: Ear) -> Reading | None:
    """ "human", "back" or "leave", where that is all the text says: an answer that merely has such a word is none."""
    line = folded(text)
    for language in ear.languages:
        spoken = speech(language)
        found = [match for match in spoken.wishes.found(line.words) if match.phrase.means in _CONTROLS]
        if not found:
            continue
        beside = _Beside(line.words, spoken)
        for match in found:
            if not beside.left(match) and not _denied(line.words, match.first, spoken.negations):
                return Reading(match.phrase.means, (0, len(text)))
    return None


def has_urgent(text: str, words: Iterable[str]) -> bool:
    """Whether one of the client's urgent words stands in the text, in whole words, and is not denied right before it.

    Only a near denial counts ("it is not an emergency", "no pain"): "I can't stop the bleeding" is urgent.
    """
    line = folded(text).words
    return any(not _plainly_denied(line, match.first) for match in _urgent(tuple(words)).found(line))


@lru_cache(maxsize=512)
def _urgent(words: tuple[str, ...]) -> Phrases:
    """A client's urgent words, made ready once: every text is looked through for them."""
    return Phrases(phrase(word) for word in words if any(map(str.isalnum, word)))


class _Beside:
    """Counts what stands beside a phrase, fillers aside; the sums are made once, so that reading stays linear."""

    def __init__(self, words: Sequence[Word], spoken: Speech) -> None:
        covered = spoken.fillers.covered(words)
        self._sums = [0, *accumulate(index not in covered for index in range(len(words)))]

    def left(self, match: Match) -> int:
        """How many words are neither the phrase nor fillers."""
        return self._sums[-1] - (self._sums[match.last] - self._sums[match.first])


_NEGATED_WITHIN = 6


def _denied(words: Sequence[Word], first: int, negations: Phrases) -> bool:
    """Whether a negation stands a few words before, in the same clause."""
    for index in range(max(0, first - _NEGATED_WITHIN), first):
        for match in negations.at(words, index):
            if match.last <= first and words[index].clause == words[first].clause:
                return True
    return False


def _plainly_denied(words: Sequence[Word], first: int) -> bool:
    """Whether a negation stands before, with nothing but "is", "have", "a" between them."""
    for spoken in map(speech, LANGUAGES):
        for index in range(max(0, first - 4), first):
            for match in spoken.negations.at(words, index):
                between = words[match.last : first]
                same_clause = match.last <= first and words[index].clause == words[first].clause
                if same_clause and spoken.links.covered(between) == set(range(len(between))):
                    return True
    return False
