"""An index of labelled signs: what the signs of a new text speak for.

A linear model: every sign has a weight for every label, the logarithm of how much likelier it is among the examples of
the label than among those of the others (naive Bayes with equal priors, so that a label with more examples has no
advantage). It is counted, not searched for; only the examples of nothing are then gone through, and what misleads them
is set right a little.

The weights of one sign are one long integer, thirty-two bits a label: adding two rows is one addition of integers, so
that thousands of examples are learned in hundredths of a second without a library of numbers. (A negative field borrows
one from its neighbour; one is a sixty-five-thousandth of a weight of 1, which is nothing.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import exp, log
from typing import NamedTuple

_FIELD = 32  # bits of one weight
_ONE = 1 << 16  # a weight of 1
_UNSEEN = 0.05  # how often, in 300 examples, a label is supposed to have a sign that it was never seen with
_EXAMPLES = 300
_SHARPNESS = 4.0
_ROUNDS = 2
_NARROW = 0.2  # how far, per sign, nothing should lead among its own examples
_STEP = 0.1

Learned = list[tuple[list[int], int]]


class Guess(NamedTuple):
    """A label and the probability that it is meant, as far as the index can tell."""

    label: str
    confidence: float


class Index:
    """Learns from examples, each its signs and its label; ``nothing`` is the label of what none of the others is."""

    def __init__(self, examples: Iterable[tuple[Collection[str], str]], nothing: str = "") -> None:
        places: dict[str, int] = {}
        self._signs: dict[str, int] = {}
        signs = self._signs
        learned = [
            ([signs.setdefault(sign, len(signs)) for sign in its], places.setdefault(label, len(places)))
            for its, label in examples
        ]
        self._labels = tuple(places)
        self._width = len(places) * _FIELD // 8 + 8
        self._rows = self._counted(learned)
        if nothing in places:
            self._correct([its for its, label in learned if label == places[nothing]], places[nothing])

    def _counted(self, learned: Learned) -> list[int]:
        """The row of each sign."""
        sizes = [0] * len(self._labels)
        met: list[list[int]] = [[] for _ in self._signs]
        for its, label in learned:
            sizes[label] += 1
            for sign in its:
                met[sign].append(label)
        rows: dict[tuple[int, ...], int] = {}  # many signs were met with the same labels
        return [rows.get(labels) or rows.setdefault(labels, _weighed(labels, sizes)) for labels in map(tuple, met)]

    def _scores(self, signs: Sequence[int]) -> list[int]:
        rows = self._rows
        total = sum([rows[sign] for sign in signs])
        fields = memoryview(total.to_bytes(self._width, "little", signed=True)[: len(self._labels) * _FIELD // 8])
        return fields.cast("i").tolist()

    def _correct(self, examples: Iterable[Sequence[int]], nothing: int) -> None:
        """Where nothing hardly leads, its signs get a little more weight for it, and a little less for the rival."""
        examples, narrow, step = list(examples), int(_NARROW * _ONE), int(_STEP * _ONE)
        for _round in range(_ROUNDS):
            for signs in examples:
                scores = self._scores(signs)
                enough = scores[nothing] - narrow * len(signs)
                scores[nothing] = min(scores)
                if (best := max(scores)) <= enough:
                    continue
                change = (step << nothing * _FIELD) - (step << scores.index(best) * _FIELD)
                for sign in signs:
                    self._rows[sign] += change

    def weight(self, sign: str, label: str) -> float:
        """What the sign speaks for the label; 0 where it was never met with it."""
        place = self._signs.get(sign)
        return self._scores([place])[self._labels.index(label)] / _ONE if place is not None else 0.0

    def guesses(self, signs: Collection[str]) -> list[Guess]:
        """Every label, the likeliest first."""
        scores = self._scores([place for sign in signs if (place := self._signs.get(sign)) is not None])
        sharp, best = _SHARPNESS / _ONE / max(1, len(signs)), max(scores)
        likely = [exp((score - best) * sharp) for score in scores]
        total = sum(likely)
        guesses = (Guess(label, one / total) for label, one in zip(self._labels, likely, strict=True))
        return sorted(guesses, key=lambda guess: -guess.confidence)


def _weighed(met: Sequence[int], sizes: Sequence[int]) -> int:
    """What a sign speaks for that was met with these labels; the weight that it has for every label is left out."""
    others = max(1, len(sizes) - 1)
    often = {label: met.count(label) * _EXAMPLES / sizes[label] for label in set(met)}
    total = sum(often.values())
    unseen = log(_UNSEEN / (total / others + _UNSEEN))
    row = 0
    for label, times in often.items():
        weight = log((times + _UNSEEN) / ((total - times) / others + _UNSEEN)) - unseen
        row += int(weight * _ONE) << label * _FIELD
    return row
