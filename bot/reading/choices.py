"""A choice among options that were offered, and yes or no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.reading import Ear, Folded, Reading, Word, folded
from bot.reading.consent import read_yes_no
from bot.reading.folding import bag
from bot.update import Json

__all__ = ["read_choice", "read_yes_no"]

_FUZZY_UP_TO = 40  # words of a text; in longer ones only exact words count, and reading stays linear
_LEAST = 5  # letters of a word that may have a slip
_SHORTEST = 3  # letters that a longer word may begin with
_POSITIONS = (
    "primo prima first pierwszy pierwsza pierwsze pierwszego",
    "secondo seconda second drugi druga drugie drugiego",
    "terzo terza third trzeci trzecia trzecie trzeciego",
    "quarto quarta fourth czwarty czwarta czwarte czwartego",
    "quinto quinta fifth piaty piata piate piatego",
)
_LAST = bag("ultimo ultima last ostatni ostatnia ostatnie ostatniego")
_AROUND = bag("il la lo l the n nr no numero number numer opzione option opcja opcje one quello quella to ten ta")


@dataclass(frozen=True, slots=True)
class _Hit:
    """How well an option fits: ``tier`` 3 its whole label, 2 the same with slips, 1 a part; then the letters met."""

    tier: int
    letters: int
    span: tuple[int, int]


def read_choice(
    text: str, ear: Ear, options: Sequence[tuple[Json, Sequence[str]]], *, by_position: bool = True
) -> Reading | None:
    """The value of the option whose label the text says: whole, shortened, slightly misspelt, or by its position.

    A label may stand inside a longer sentence; a position ("2", "il primo") must be all that is written, and counts
    only ``by_position``: of what is not on the screen there is no second one. If the text
    fits several options equally, the others are the alternatives and the confidence is 0.5: ask among those.
    """
    line = folded(text)
    hits: list[tuple[Json, _Hit]] = []
    ends = _ends(word.text for word in line.words)
    for value, labels in options:
        near = [label for label in map(_label, labels) if not ends.isdisjoint(label.ends)]
        found = [hit for label in near if (hit := _fit(line.words, label))]
        if found:
            hits.append((value, max(found, key=lambda hit: (hit.tier, hit.letters))))
    if not hits:
        return _by_position(line, options) if by_position else None
    tier = max(hit.tier for _, hit in hits)
    letters = max(hit.letters for _, hit in hits if hit.tier == tier)
    best = [(value, hit) for value, hit in hits if hit.tier == tier and hit.letters == letters]
    (value, hit), *others = best
    confidence = 0.5 if others else {3: 1.0, 2: 0.9}.get(hit.tier, 0.8)
    return Reading(value, line.span(*hit.span), tuple(other for other, _ in others), confidence)


class _Label(NamedTuple):
    """The words of a label; those ``wanted`` that tell it from others (short ones do not, numbers do); their ends."""

    words: tuple[str, ...]
    wanted: tuple[str, ...]
    ends: frozenset[str]


@lru_cache(maxsize=1024)
def _label(label: str) -> _Label:
    words = tuple(word.text for word in folded(label).words)
    wanted = tuple(word for word in words if len(word) > 2 or word.isdigit()) or words
    return _Label(words, wanted, _ends(wanted))


def _ends(words: Iterable[str]) -> frozenset[str]:
    """How words begin and end: one that is another, begins it, or is a slip away from it has an end in common."""
    return frozenset(end for word in words for end in (word[:2] + "-", "-" + word[-2:]))


def _fit(words: Sequence[Word], label: _Label) -> _Hit | None:
    """How the label fits the words of a line, if it does."""
    wanted, met = label.wanted, _met(words, label.wanted)
    if not met:
        return None
    if (whole := _sequence(words, label.words)) is not None:
        return _Hit(3, sum(map(len, wanted)), whole)
    letters = sum(len(wanted[index]) for index in {index for index, _ in met.values()})
    complete = letters == sum(map(len, wanted)) and all(full for _, full in met.values())
    if not complete and len(met) < len(words) and letters * 2 < sum(map(len, wanted)):
        return None
    return _Hit(2 if complete else 1, letters if complete else len(met), _run(words, sorted(met)))


def _sequence(words: Sequence[Word], label: Sequence[str]) -> tuple[int, int] | None:
    """Where the label stands word for word."""
    for index in range(len(words) - len(label) + 1):
        if all(words[index + offset].text == word for offset, word in enumerate(label)):
            return words[index].start, words[index + len(label) - 1].end
    return None


def _met(words: Sequence[Word], wanted: tuple[str, ...]) -> dict[int, tuple[int, bool]]:
    """The words of the text that stand for one of the label: which one, and whether for the whole of it."""
    met, fuzzy = {}, len(words) <= _FUZZY_UP_TO
    for index, word in enumerate(words):
        if word.text in wanted:
            met[index] = wanted.index(word.text), True
        elif fuzzy and len(word.text) >= _SHORTEST and (fit := _alike(word.text, wanted)) is not None:
            met[index] = fit
    return met


def _alike(word: str, wanted: Sequence[str]) -> tuple[int, bool] | None:
    """The wanted word that this is with one slip, else the first that begins so."""
    begun = None
    for place, one in enumerate(wanted):
        longer = len(word) >= _LEAST <= len(one)
        if longer and (word[0] == one[0] or word[-1] == one[-1]) and one_slip(word, one):  # a slip leaves one of them
            return place, True
        if begun is None and one.startswith(word):
            begun = place, False
    return begun


def one_slip(one: str, other: str) -> bool:
    """Whether one letter changed, missing, added, or two neighbours swapped make one word of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    same = next((index for index, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(one) != len(other):
        return shorter[same:] == longer[same + 1 :]
    if shorter[same + 1 :] == longer[same + 1 :]:
        return True
    swapped = shorter[same : same + 2] == longer[same : same + 2][::-1]
    return swapped and shorter[same + 2 :] == longer[same + 2 :]


def _run(words: Sequence[Word], met: Sequence[int]) -> tuple[int, int]:
    """The longest stretch of met words, short words between them included."""
    best = run = (met[0], met[0])
    for index in met[1:]:
        joined = all(len(word.text) <= 3 for word in words[run[1] + 1 : index])
        run = (run[0], index) if joined else (index, index)
        best = max(best, run, key=lambda one: one[1] - one[0])
    return words[best[0]].start, words[best[1]].end


def _by_position(line: Folded, options: Sequence[tuple[Json, Sequence[str]]]) -> Reading | None:
    words = [word.text for word in line.words if word.text not in _AROUND]
    if len(words) != 1:
        return None
    place = _place(words[0], len(options))
    if not 1 <= place <= len(options):
        return None
    return Reading(options[place - 1][0], (0, len(line.source)), (), 0.9)


def _place(word: str, count: int) -> int:
    if word in _LAST:
        return count
    if word.isascii() and word.isdigit() and len(word) <= 3:
        return int(word)
    return next((place for place, words in enumerate(_POSITIONS, 1) if word in words.split()), 0)
