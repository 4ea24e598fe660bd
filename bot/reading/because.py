"""Why a text was read as a wish, for people to see."""

from __future__ import annotations

import re
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from bot.reading.folding import fold_all, folded
from bot.reading.learning import learned_of
from bot.reading.phrases import as_written, sayings
from bot.reading.signs import signs, tokens

if TYPE_CHECKING:
    from bot.reading.wishes import Wish

_PLACE = re.compile(r"\{\w+\}")
_SMALL = 2  # letters of words that tell nothing
_TELLING = 4  # words that are shown
_WEIGHTY = 3.0  # how much more than for any wish a word must speak for this one, to be shown


class Because(NamedTuple):
    """Why a wish was read: the known phrase that it looks most like, dots for any name, and the words that spoke."""

    phrase: str
    words: tuple[str, ...]


def because(wish: Wish) -> Because:
    """Why a wish was read; this looks through every phrase of the intent, so it is for showing."""
    return Because(_PLACE.sub("…", _nearest(wish)), telling(wish))


def _nearest(wish: Wish) -> str:
    """The phrase of the intent that shares most of what speaks for it."""
    index, known = learned_of(wish.language).model, signs(wish.language)
    met = known.of(tokens(wish.text), wish.own)

    def alike(saying: str) -> float:
        its = known.of(tokens(fold_all(saying)))
        shared = sum([index.weight(sign, wish.intent) for sign in its & met])
        return shared / sqrt(len(its) * len(met) or 1)

    theirs = wish.own.phrases.get(wish.language, ())
    said = [saying for saying, intent in (*theirs, *sayings(wish.language)) if intent == wish.intent]
    nearest = max(said, key=alike)
    return as_written(wish.language).get(nearest, nearest)


def telling(wish: Wish) -> tuple[str, ...]:
    """The words that speak most for the intent, as they were written."""
    index, known, line = learned_of(wish.language).model, signs(wish.language), folded(wish.said)

    def speaks(word: str) -> float:
        its = [sign for sign in known.of([word], wish.own) if " " not in sign and sign != "#"]
        return max((index.telling(sign, wish.intent) for sign in its), default=0.0)

    weighed = {word: speaks(word) for word in tokens(wish.text) if word.isalpha() and len(word) > _SMALL}
    most = sorted(weighed, key=lambda word: -weighed[word])[:_TELLING]
    written_so = {word.text: wish.said[slice(*line.span(word.start, word.end))] for word in reversed(line.words)}
    return tuple(written_so.get(word, word) for word in weighed if word in most and weighed[word] >= _WEIGHTY)
