"""What the phrases of a language teach, learned once in a process."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from bot.reading.folding import folded
from bot.reading.index import Index, Rows, learned
from bot.reading.language import likeliest
from bot.reading.phrases import forget, source
from bot.reading.remembering import remembered
from bot.reading.signs import alone, signs
from bot.reading.verbatim import Texts, Verbatim, digested
from bot.values import LANGUAGES


class Learned(NamedTuple):
    """The model of one language; and its phrases, so that what was written down is read as it was written down."""

    model: Index
    verbatim: Verbatim


@cache
def learned_of(language: str) -> Learned:
    """What the phrases of a language teach: learned at the first call, unless it was kept from an earlier start."""
    labels, rows, texts = remembered(f"wishes-{language}", [source(language)], lambda: _learn(language))
    return Learned(Index(labels, rows), Verbatim(labels, *texts))


def _learn(language: str) -> tuple[list[str], Rows, Texts]:
    verbatim: dict[str, str] = {}

    def examples() -> Iterator[tuple[set[str], str]]:
        for words, its, intent in signs(language).examples():
            verbatim[" ".join(alone(words))] = intent
            yield its, intent

    labels, rows = learned(examples())
    return labels, rows, digested(verbatim, labels)


def prepare(languages: Iterable[str] = LANGUAGES) -> None:
    """Learns the phrases, which otherwise happens at the first text in each language."""
    collecting = gc.isenabled()
    gc.disable()  # nothing is thrown away meanwhile, and looking for it takes a tenth of the time
    try:
        for language in languages:
            learned_of(language)
        likeliest(folded("hello"))
        forget()
    finally:
        if collecting:
            gc.enable()
