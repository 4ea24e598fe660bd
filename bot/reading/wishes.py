"""What somebody wants: wishes met in a text by the phrases of each language, and commands that are all it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from bot.reading import Ear, Reading, Word, folded
from bot.reading.phrases import INTENTS, Match, Phrases, Speech, phrase, speech
from bot.values import LANGUAGES

__all__ = ["INTENTS", "has_urgent", "read_control", "read_wish"]

_CONTROLS = frozenset({"human", "back", "leave"})
# How many words beside the phrase and its fillers a text may have for these; others may stand in any sentence.
_LEFT_OVER = dict.fromkeys(("back", "leave", "repeat", "stop", "yes", "no"), 0) | dict.fromkeys(
    ("greeting", "thanks", "bye", "help"), 2
)
# These give way to other wishes: whoever moves or cancels names the appointment too, and "stop" also leaves a dialog.
_LAST = frozenset({"book", "leave"})
_NEGATED_WITHIN = 6


def read_wish(text: str, ear: Ear) -> Reading | None:
    """The intent of the text; the alternatives are other intents it names.

    The longest phrase wins, the writer's language before the others; what is denied ("I don't want to ...") is not
    wished for. Small talk, and words that steer a dialog, count only where little else is said.
    """
    line = folded(text)
    ranked: list[tuple[tuple[bool, bool, bool, int], Match]] = []
    for language in ear.languages:
        spoken = speech(language)
        for match in _wished(line.words, spoken):
            means = match.phrase.means
            rank = (means not in _LEFT_OVER, means not in _LAST, language == ear.language, match.phrase.letters)
            ranked.append((rank, match))
    if not ranked:
        return None
    ranked.sort(key=lambda one: one[0], reverse=True)
    (_, best), *others = ranked
    span = line.span(line.words[best.first].start, line.words[best.last - 1].end)
    apart = (match for _, match in others if match.first >= best.last or match.last <= best.first)
    intents = dict.fromkeys(match.phrase.means for match in apart if match.phrase.means not in _LAST)
    intents.pop(best.phrase.means, None)
    return Reading(best.phrase.means, span, tuple(intents), 1.0 if best.phrase.letters > 4 else 0.8)


def read_control(text: str, ear: Ear) -> Reading | None:
    """ "human", "back" or "leave", where that is all the text says: an answer that merely has such a word is none."""
    line = folded(text)
    for language in ear.languages:
        spoken = speech(language)
        beside = _Beside(line.words, spoken)
        for match in spoken.wishes.found(line.words):
            alone = match.phrase.means in _CONTROLS and not beside.left(match)
            if alone and not _denied(line.words, match.first, spoken.negations):
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


def _wished(words: Sequence[Word], spoken: Speech) -> Iterable[Match]:
    beside = _Beside(words, spoken)
    for match in spoken.wishes.found(words):
        allowed = 0 if match.phrase.whole else _LEFT_OVER.get(match.phrase.means)
        if allowed is not None and beside.left(match) > allowed:
            continue
        if not _denied(words, match.first, spoken.negations):
            yield match


class _Beside:
    """Counts what stands beside a phrase, fillers aside; the sums are made once, so that reading stays linear."""

    def __init__(self, words: Sequence[Word], spoken: Speech) -> None:
        covered = spoken.fillers.covered(words)
        self._sums = [0, *accumulate(index not in covered for index in range(len(words)))]

    def left(self, match: Match) -> int:
        """How many words are neither the phrase nor fillers."""
        return self._sums[-1] - (self._sums[match.last] - self._sums[match.first])


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
