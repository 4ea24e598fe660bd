"""How well and how fast wishes are read, beside two other models, on the phrases of tests/reading/intents.

Run ``python -m bench.intents [held|fresh|apart|start|memory]``. Right: of the texts that wish for something. Asked:
right, or one of the two that are asked about. Wrong: told with another intent, without asking. Started: of the texts
that wish for nothing, those that start something. The others learn the same phrases from three to five letters in a
row: the same linear model, and an index of which the nearest phrase counts; each with a threshold that was chosen on
the held phrases.
"""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from math import log, sqrt
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.cli.read import COMMON
from bot.reading import Ear, fold, folded
from bot.reading.index import Index, learned
from bot.reading.moments import read_moment
from bot.reading.phrases import NONE, sayings
from bot.reading.wishes import prepare, understand
from bot.values import LANGUAGES

PHRASES = Path(__file__).resolve().parents[1] / "tests" / "reading" / "intents"
LINEAR, NEAREST = 0.6, 0.45
"""The confidence, and the likeness, from which the other models are believed."""


class Heard(NamedTuple):
    """An intent (None: nothing is wished for), and what else is asked about."""

    intent: str | None
    others: tuple[str | None, ...] = ()


Reads = Callable[[str], Heard]


def common(intent: str) -> str | None:
    """The name that the phrases are labelled with."""
    return COMMON.get(intent, intent) if intent != NONE else None


def ours(language: str) -> Reads:
    """What this house reads."""
    ear = Ear(language, datetime.now(UTC), UTC)

    def read(text: str) -> Heard:
        wish = understand(text, ear)
        return Heard(common(wish.intent), tuple(map(common, wish.alternatives))) if wish is not None else Heard(None)

    return read


def letters(text: str) -> set[str]:
    """Every three, four and five letters in a row."""
    framed = f" {text} "
    return {framed[place : place + length] for length in (3, 4, 5) for place in range(len(framed) - length + 1)}


def linear(language: str) -> Reads:
    """The same model of letters instead of words."""
    index = Index(*learned((letters(said), intent) for said, intent in sayings(language)))

    def read(text: str) -> Heard:
        best = index.guesses(letters(fold(text)))[0]
        return Heard(common(best.label) if best.confidence >= LINEAR else None)

    return read


def nearest(language: str) -> Reads:
    """The intent of the phrase that shares most letters, the rarer the more."""
    said = [(letters(saying), intent) for saying, intent in sayings(language)]
    met = Counter(gram for its, _ in said for gram in its)
    weights = {gram: log(len(said) / times) for gram, times in met.items()}
    where: defaultdict[str, list[int]] = defaultdict(list)
    for place, (its, _) in enumerate(said):
        for gram in its:
            where[gram].append(place)
    lengths = [sqrt(sum(weights[gram] ** 2 for gram in its)) or 1.0 for its, _ in said]

    def read(text: str) -> Heard:
        its = letters(fold(text))
        shared: defaultdict[int, float] = defaultdict(float)
        for gram in its:
            for place in where.get(gram, ()):
                shared[place] += weights[gram] ** 2
        if not shared:
            return Heard(None)
        length = sqrt(sum(weights.get(gram, 0.0) ** 2 for gram in its)) or 1.0
        place = max(shared, key=lambda one: shared[one] / lengths[one])
        likeness = shared[place] / lengths[place] / length
        return Heard(common(said[place][1]) if likeness >= NEAREST else None)

    return read


def measure(reads: Reads, phrases: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """The columns of one line."""
    heard = [(intent, reads(text)) for text, intent in phrases]
    wishes = [(intent, one) for intent, one in heard if intent is not None]
    nothing = [one for intent, one in heard if intent is None]
    right = [intent == one.intent for intent, one in wishes]
    asked = [intent in (one.intent, *one.others) for intent, one in wishes]
    wrong = [one.intent not in (None, intent) and not one.others for intent, one in wishes]
    for counted in (right, asked, wrong, [one.intent is not None for one in nothing]):
        yield f"{sum(counted) / len(counted):9.1%}"


def cost(reads: Callable[[str], object], texts: Iterable[str]) -> float:
    """The median of the CPU time of one message, in microseconds, each read for the first time since it was folded."""
    folded.cache_clear()
    return median(_timed(reads, text) for text in texts) * 1e6


def _timed(reads: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    reads(text)
    return time.process_time() - begun


def with_dates(reads: Reads, language: str) -> Callable[[str], object]:
    """The wish and the moment."""
    ear = Ear(language, datetime.now(UTC), UTC)
    return lambda text: (reads(text), read_moment(text, ear))


def learning() -> str:
    """What it costs to learn all languages where nothing is kept from an earlier start."""
    with TemporaryDirectory() as nowhere:
        sys.pycache_prefix = nowhere
        spent, many = starting(), sum(len(sayings(one)) for one in LANGUAGES)
        sys.pycache_prefix = None
    return f"learning: {spent:.2f} s of CPU for {many} phrases"


def starting() -> float:
    """The CPU time until all languages can be read."""
    begun = time.process_time()
    prepare()
    return time.process_time() - begun


def memory() -> str:
    """What all languages hold when they have read something."""
    tracemalloc.start()
    prepare()
    for language in LANGUAGES:
        ours(language)("hello")
    return f"memory: {tracemalloc.get_traced_memory()[0] / 2**20:.0f} MiB"


def phrases_of(part: str, language: str) -> list[tuple[str, str | None]]:
    """The labelled phrases of one file."""
    lines = (PHRASES / f"{part}.{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [(line["text"], line["intent"]) for line in map(json.loads, lines)]


def main() -> None:
    """Prints the table."""
    if sys.argv[1:] in (["memory"], ["start"]):
        print(memory() if sys.argv[1] == "memory" else f"start: {starting():.2f} s of CPU with what was kept")
        return
    print(learning())
    print(f"{'':27}{'right':>9}{'asked':>9}{'wrong':>9}{'started':>9}{'us':>9}{'+ dates':>9}")
    models = {"words, linear": ours, "letters, linear": linear, "letters, nearest": nearest}
    for language in LANGUAGES:
        for part in sys.argv[1:] or ["held", "apart"]:
            phrases = phrases_of(part, language)
            texts = [text for text, _ in phrases]
            for name, made in models.items():
                reads = made(language)
                columns = "".join(measure(reads, phrases)) + f"{cost(reads, texts):9.0f}"
                if made is ours:
                    columns += f"{cost(with_dates(reads, language), texts):9.0f}"
                print(f"{f'{language} {part}':9} {name:17}{columns}", flush=True)


if __name__ == "__main__":
    main()
