"""In which of our languages a text is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from bot.reading import Ear, Folded, Reading, folded
from bot.reading.index import Index, learned
from bot.reading.phrases import source
from bot.reading.remembering import remembered
from bot.reading.signs import MOST, signs
from bot.values import LANGUAGES

_ENOUGH = 5
"""Words from which a text says its language: shorter ones ("ok grazie", "no problem") are at home in several."""
_SURE = 0.8
_KNOWN = 0.6  # of the words: how many must be ones that we know in it


def read_language(text: str, ear: Ear) -> Reading | None:
    """The language of a longer text, if it is another of ours than the writer's; a few words never say one."""
    line = folded(text)
    if sum(word.text.isalpha() for word in line.words) < _ENOUGH:
        return None
    language, confidence = likeliest(line)
    if language == ear.language or confidence < _SURE:
        return None
    if sum(signs(language).knows(word.text) for word in line.words) < _KNOWN * len(line.words):
        return None  # names and addresses are of no language
    return Reading(language, (0, len(text)), (), confidence)


def likeliest(line: Folded) -> tuple[str, float]:
    """The language that a line looks most like, however short it is, and how sure that is."""
    words = [word.text for word in line.words[:MOST] if word.text.isalpha()]
    best = _index().guesses([gram for word in words for gram in _grams(word)])[0]
    return best.label, best.confidence


def _grams(word: str) -> Iterator[str]:
    """The word, and every three letters of it with its beginning and end."""
    yield f" {word} "
    framed = f"^{word}$"
    for place in range(len(framed) - 2):
        yield framed[place : place + 3]


@cache
def _index() -> Index:
    """Learned from the words of the phrases by which wishes are known."""

    def examples() -> Iterator[tuple[Collection[str], str]]:
        for language in LANGUAGES:
            yield from ((frozenset(_grams(word)), language) for word in sorted(signs(language).known))

    return Index(*remembered("languages", map(source, LANGUAGES), lambda: learned(examples(), counted=True)))
