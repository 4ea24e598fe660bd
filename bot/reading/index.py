"""An index of labelled signs: what the signs of a new text speak for.

A linear model: every sign has a weight for every label. It begins as the logarithm of how much likelier the sign is
among the examples of the label than among those of the others (naive Bayes with equal priors, so that a label with more
examples has no advantage). Then every example is gone through once: where its own label does not clearly lead, its
signs get a little more weight for it and a little less for the rival (a perceptron with a margin).

The weights of one sign are one long integer, thirty-two bits a label: adding two rows is one addition of integers, so
that thousands of examples are learned in tenths of a second without a library of numbers. (A negative field borrows
one from its neighbour; one is a sixty-five-thousandth of a weight of 1, which is nothing.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from math import exp, log
from struct import Struct
from typing import NamedTuple

_FIELD = 32  # bits of one weight
_ONE = 1 << 16  # a weight of 1
_UNSEEN = 0.05  # how often, in 300 examples, a label is supposed to have a sign that it was never seen with
_EXAMPLES = 300
_SHARPNESS = 6.0
_ASIDE = 1 << 29  # what takes the own label of an example out of the ranking of its rivals
_CLEAR = 1.0  # how far, per sign, the label of an example should lead
_STEP = 0.2
_STRIDE = 97  # examples of one label stand together: they are gone through in leaps, so that none is last for long


class Guess(NamedTuple):
    """A label and the probability that it is meant, as far as the index can tell."""

    label: str
    confidence: float


Rows = dict[str, int]


def learned(examples: Iterable[tuple[Collection[str], str]], *, counted: bool = False) -> tuple[list[str], Rows]:
    """The labels and the weights of each sign, from examples (signs, label): ``counted`` only, or corrected too."""
    seen: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for signs, label in examples:
        seen[label].append(tuple(signs))  # a set takes ten times the room
    rows = _counted(list(seen.values()))
    if not counted:
        _correct(rows, list(seen.values()))
    alike: dict[int, int] = {}
    return list(seen), {sign: alike.setdefault(row, row) for sign, row in rows.items()}  # most say what others say


class Index:
    """Tells by signs which of its labels is meant; made of what was ``learned``."""

    def __init__(self, labels: Sequence[str], rows: Rows) -> None:
        self._labels, self._rows = tuple(labels), rows
        self._fields = Struct(f"<{len(labels)}i").unpack_from
        self._width = _width(len(labels))

    def _scores(self, signs: Iterable[str]) -> tuple[int, ...]:
        rows = self._rows
        total = sum([rows[sign] for sign in signs if sign in rows])
        return self._fields(total.to_bytes(self._width, "little", signed=True))

    def __contains__(self, sign: str) -> bool:
        """Whether the sign was met at all."""
        return sign in self._rows

    def weight(self, sign: str, label: str) -> float:
        """What the sign speaks for the label; 0 where it was never met with it."""
        return self._scores([sign])[self._labels.index(label)] / _ONE

    def telling(self, sign: str, label: str) -> float:
        """By how much more the sign speaks for the label than for any: little for what is said with every wish."""
        return self.weight(sign, label) - sum(self._scores([sign])) / _ONE / len(self._labels)

    def guesses(self, signs: Collection[str]) -> list[Guess]:
        """Every label, the likeliest first."""
        scores = self._scores(signs)
        sharp, best = _SHARPNESS / _ONE / max(1, len(signs)), max(scores)
        likely = [exp((score - best) * sharp) for score in scores]
        total = sum(likely)
        order = sorted(range(len(likely)), key=likely.__getitem__, reverse=True)
        return [Guess(self._labels[place], likely[place] / total) for place in order]


def _width(labels: int) -> int:
    """The bytes of a row."""
    return labels * _FIELD // 8 + 8


def _correct(rows: Rows, seen: Sequence[Sequence[Sequence[str]]]) -> None:
    """Where the label of an example hardly leads, its signs get more weight for it, and less for the rival."""
    examples = [(signs, place) for place, many in enumerate(seen) for signs in many]
    fields, width = Struct(f"<{len(seen)}i").unpack_from, _width(len(seen))
    clear, row = int(_CLEAR * _ONE), rows.__getitem__
    aside = [_ASIDE << place * _FIELD for place in range(len(seen))]
    steps = [int(_STEP * _ONE) << place * _FIELD for place in range(len(seen))]
    for first in range(_STRIDE):
        for signs, place in examples[first::_STRIDE]:
            total = sum(map(row, signs)) - aside[place]
            scores = fields(total.to_bytes(width, "little", signed=True))
            if (best := max(scores)) + clear * len(signs) > scores[place] + _ASIDE:
                change = steps[place] - steps[scores.index(best)]
                for sign in signs:
                    rows[sign] += change


def _counted(seen: Sequence[Sequence[Sequence[str]]]) -> Rows:
    """The weights of every sign, by how often each label was met with it."""
    met: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for place, examples in enumerate(seen):
        for sign, times in Counter(chain.from_iterable(examples)).items():
            met[sign] += (place, times)
    shares = [_EXAMPLES / len(examples) for examples in seen]
    weighed = {often: _weighed(often, shares) for often in set(met.values())}  # most signs are met once or twice
    return {sign: weighed[often] for sign, often in met.items()}


def _weighed(met: Sequence[int], shares: Sequence[float]) -> int:
    """What a sign speaks for that was met so often by label; what it speaks for every label is left out."""
    often = {label: times * shares[label] for label, times in zip(met[::2], met[1::2], strict=True)}
    others, total = max(1, len(shares) - 1), sum(often.values())
    unseen = (total / others + _UNSEEN) / _UNSEEN
    row = 0
    for label, times in often.items():
        weight = log((times + _UNSEEN) / ((total - times) / others + _UNSEEN) * unseen)
        row += int(weight * _ONE) << label * _FIELD
    return row
