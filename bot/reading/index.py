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

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from math import exp, log
from typing import NamedTuple

_FIELD = 32  # bits of one weight
_ONE = 1 << 16  # a weight of 1
_UNSEEN = 0.05  # how often, in 300 examples, a label is supposed to have a sign that it was never seen with
_EXAMPLES = 300
_SHARPNESS = 6.0
_ROUNDS = 1
_NARROW = 0.2  # how far, per sign, nothing should lead among its own examples
_STEP = 0.05


class Guess(NamedTuple):
    """A label and the probability that it is meant, as far as the index can tell."""

    label: str
    confidence: float


class Index:
    """Learns from examples, each its signs and its label; ``nothing`` is the label of what none of the others is."""

    def __init__(self, examples: Iterable[tuple[Collection[str], str]], nothing: str = "") -> None:
        places: dict[str, int] = {}
        self._met: defaultdict[str, bytearray] = defaultdict(bytearray)
        met, misleading = self._met, []
        sizes: Counter[int] = Counter()
        for signs, label in examples:
            place = places.setdefault(label, len(places))
            sizes[place] += 1
            for sign in signs:
                met[sign].append(place)
            if label == nothing:
                misleading.append(signs)
        self._labels, self._sizes = tuple(places), tuple(sizes[place] for place in range(len(places)))
        self._width = len(places) * _FIELD // 8 + 8
        self._rows: dict[str, int] = {}
        if misleading:
            self._correct(misleading, places[nothing])

    def _row(self, sign: str) -> int:
        """The weights of a sign, counted when it is first met again: most never are."""
        row = self._rows.get(sign)
        if row is None:
            if sign not in self._met:
                return 0
            row = self._rows[sign] = _weighed(Counter(self._met[sign]), self._sizes)
        return row

    def _scores(self, signs: Iterable[str]) -> list[int]:
        row, rows = self._row, self._rows
        total = sum([rows[sign] if sign in rows else row(sign) for sign in signs])
        fields = memoryview(total.to_bytes(self._width, "little", signed=True)[: len(self._labels) * _FIELD // 8])
        return fields.cast("i").tolist()

    def _correct(self, examples: Sequence[Collection[str]], nothing: int) -> None:
        """Where nothing hardly leads, its signs get a little more weight for it, and a little less for the rival."""
        narrow, step = int(_NARROW * _ONE), int(_STEP * _ONE)
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
        return self._scores([sign])[self._labels.index(label)] / _ONE

    def guesses(self, signs: Collection[str]) -> list[Guess]:
        """Every label, the likeliest first."""
        scores = self._scores(signs)
        sharp, best = _SHARPNESS / _ONE / max(1, len(signs)), max(scores)
        likely = [exp((score - best) * sharp) for score in scores]
        total = sum(likely)
        guesses = (Guess(label, one / total) for label, one in zip(self._labels, likely, strict=True))
        return sorted(guesses, key=lambda guess: -guess.confidence)


def _weighed(met: Counter[int], sizes: Sequence[int]) -> int:
    """What a sign speaks for that was met so often with each label; what it speaks for every label is left out."""
    others = max(1, len(sizes) - 1)
    often = {label: times * _EXAMPLES / sizes[label] for label, times in met.items()}
    total = sum(often.values())
    unseen = log(_UNSEEN / (total / others + _UNSEEN))
    row = 0
    for label, times in often.items():
        weight = log((times + _UNSEEN) / ((total - times) / others + _UNSEEN)) - unseen
        row += int(weight * _ONE) << label * _FIELD
    return row
