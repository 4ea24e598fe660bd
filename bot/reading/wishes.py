"""What somebody wants: wishes, known by what they look like."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import sqrt
from typing import NamedTuple

from bot.reading import Ear, Reading, fold, folded
from bot.reading.commands import has_urgent, read_control
from bot.reading.folding import fold_all
from bot.reading.index import Guess, Index, Rows, learned
from bot.reading.language import likeliest, read_language
from bot.reading.own import NOTHING_OWN, Own
from bot.reading.phrases import INTENTS, NONE, as_written, sayings, source, written
from bot.reading.remembering import remembered
from bot.reading.signs import alone, signs, tokens, unknown
from bot.values import LANGUAGES

__all__ = [
    "CHAT",
    "INTENTS",
    "Because",
    "Guess",
    "Wish",
    "has_urgent",
    "may_be_name",
    "prepare",
    "read_control",
    "read_language",
    "read_wish",
    "understand",
]

CHAT = frozenset({"yes", "no", "greet", "thanks", "bye", "help", "repeat", "stop", "leave", "back"})
"""Small talk, and words that steer a dialog: beside another wish they count for nothing."""
LEAST = 0.2
"""The confidence below which nothing is wished for. Chosen on the development phrases (bench/intents.py)."""
_CAUTION = 1.2  # how much likelier than none a wish must be
_STRANGE = 8.0  # and by how much more for each word that no phrase has
_LEAST_OF_TWO = 0.4
_SURE = 0.9
_LEAST_PART = 0.7  # in one sentence of several
_LEAST_FOREIGN = 0.6  # in a language that is not the writer's
_RIVAL = 0.5  # of the confidence of the first wish: from here the second is asked about
_RUNNERS_UP = 3
_ALIKE = 0.7  # how much of its signs a text shares with a phrase that the client was taught
_PART = re.compile(r"[^.!?;\n]+[.!?;\n]*")
_CLAUSE = re.compile(r"[^.!?;,:\n]+[.!?;,:\n]*")
_LONG = 8  # words from which every clause is read where the whole says nothing
_PARTS = 12
_NAME = 4  # words of a longer name
_LETTERS = 3  # of a shorter part nothing is made


class Because(NamedTuple):
    """Why a wish was read: the known phrase that it looks most like, and the words that spoke for it."""

    phrase: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a text wishes for, how sure that is, and the language it was read in.

    With ``alternatives`` it is one of these or the intent, and should be asked; ``runners_up`` are what came next.
    """

    intent: str
    confidence: float
    alternatives: tuple[str, ...]
    runners_up: tuple[Guess, ...]
    language: str
    text: str
    own: Own

    @property
    def doubtful(self) -> bool:
        """Whether it may as well be another."""
        return bool(self.alternatives)

    @property
    def because(self) -> Because:
        """Why; this looks through every phrase of the intent, so it is for showing."""
        return Because(_nearest(self), self.words)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that speak most for the intent."""
        return _speaking(self)


def read_wish(text: str, ear: Ear, own: Own = NOTHING_OWN) -> Reading | None:
    """The intent of the text; with alternatives it is one of these or the value, and should be asked.

    What is denied ("I don't want to ...") is not wished for. ``own`` are the client's words (``own_words``).
    """
    wish = understand(text, ear, own)
    return Reading(wish.intent, (0, len(text)), wish.alternatives, wish.confidence) if wish is not None else None


def understand(text: str, ear: Ear, own: Own = NOTHING_OWN) -> Wish | None:
    """What ``read_wish`` reads, with why: first in the writer's language, then in what it looks like."""
    line = folded(text)
    if not line.text:
        return None
    if ear.language in LANGUAGES and (wish := _wished(line.text, ear.language, own)) is not None:
        return wish if wish.intent != NONE else None
    language, _sure = likeliest(line)
    if language == ear.language:
        return None
    wish = _wished(line.text, language, own)
    return wish if wish is not None and wish.intent != NONE and wish.confidence >= _LEAST_FOREIGN else None


def may_be_name(text: str, ear: Ear) -> bool:
    """Whether a few words hold one that wishes are never made of, as names do."""
    words = [word.text for word in folded(text).words]
    if not words or len(words) > _NAME or ear.language not in LANGUAGES:
        return False
    return any(word.isalpha() and signs(ear.language).strange(word) for word in words)


def _wished(line: str, language: str, own: Own) -> Wish | None:
    """What one language hears: in the whole text, and in each sentence of a longer one; acts before small talk."""
    if taught := _taught(line, language, own):
        return Wish(taught, 1.0, (), (), language, line, own)
    whole = _heard(line, language, own)
    clauses = whole is None and len(line.split()) >= _LONG
    parts = [_heard(part, language, own, _LEAST_PART) for part in _parts(line, language, clauses)]
    heard = [wish for wish in (whole, *parts) if wish is not None]
    acts = [wish for wish in heard if wish.intent not in CHAT]
    if not acts:  # small talk beside something else is none, small talk alone is the last of it
        return whole or (parts[-1] if parts and None not in parts else None)
    best = acts[0] if acts[0] is whole else max(acts, key=lambda wish: wish.confidence)
    others = [*best.alternatives, *(wish.intent for wish in acts if wish.intent != best.intent)]
    return replace(best, alternatives=tuple(dict.fromkeys(others)))


def _parts(line: str, language: str, clauses: bool) -> list[str]:
    """The sentences of a text, or its clauses, and what "and then" parts; none where it is one."""
    by = _CLAUSE if clauses else _PART
    parts = [part for one in by.findall(line) for part in _joins(language).split(one) if len(part) > _LETTERS]
    return parts[:_PARTS] if len(parts) > 1 else []


@cache
def _joins(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(fold, written(language)['speech']['joins']))})\b")


def _heard(line: str, language: str, own: Own, least: float = LEAST) -> Wish | None:
    """What a text is heard to wish for that is not denied in it."""
    wish = _likeliest(line, language, own, least)
    wanted, unwanted = signs(language).denials.unwanted(tokens(line))
    if not unwanted or (wish is not None and (wish.confidence >= _SURE or wish.intent in CHAT)):
        return wish  # one that is sure has learned what the denial means: "I no longer want it"
    if wish is not None:
        denied = _likeliest(unwanted, language, own, least)
        if denied is None or denied.intent != wish.intent:
            return wish
    return _likeliest(wanted, language, own, _LEAST_PART) if wanted else None


def _likeliest(line: str, language: str, own: Own, least: float) -> Wish | None:
    words, verbatim = tokens(line), _learned(language).verbatim
    plain, general = signs(language).bare(words, own)
    if said := verbatim.get(plain) or verbatim.get(general):
        return Wish(said, 1.0, (), (), language, line, own) if said != NONE else None
    met = signs(language).of(words, own)
    guesses = _learned(language).model.guesses(met)
    nothing = next(guess.confidence for guess in guesses if guess.label == NONE)
    caution = _CAUTION * _STRANGE ** unknown(met)
    scale = 1 + (caution - 1) * nothing
    likely = [Guess(label, sure / scale) for label, sure in guesses[: _RUNNERS_UP + 2] if label != NONE]
    first, second = likely[:2]
    doubt = second.confidence >= _RIVAL * first.confidence and not {first.label, second.label} & CHAT
    either = doubt or {first.label, second.label} <= CHAT
    sure = first.confidence + second.confidence if either else first.confidence
    if sure < max(least, _LEAST_OF_TWO if doubt else 0, nothing * caution / scale):
        return None
    others = (second.label,) if doubt else ()
    return Wish(first.label, first.confidence, others, tuple(likely[1 : _RUNNERS_UP + 1]), language, line, own)


def _taught(line: str, language: str, own: Own) -> str:
    """The intent of the client's own phrase that the text is, or nearly is; "" where it is none."""
    if not own.phrases:
        return ""
    its = signs(language).of(tokens(line), own)
    alike = [
        (2 * len(its & met) / (len(its) + len(met)), intent) for met, intent in _lessons(own, language) if its & met
    ]
    nearest = max(alike, default=(0.0, ""))
    return nearest[1] if nearest[0] >= _ALIKE else ""


@lru_cache(maxsize=512)
def _lessons(own: Own, language: str) -> list[tuple[set[str], str]]:
    known = signs(language)
    return [(known.of(tokens(fold(said)), own), intent) for said, intent in own.phrases.get(language, ())]


def _nearest(wish: Wish) -> str:
    """The phrase of the intent that shares most of what speaks for it."""
    index, known = _learned(wish.language).model, signs(wish.language)
    met = known.of(tokens(wish.text), wish.own)

    def alike(saying: str) -> float:
        its = known.of(tokens(fold_all(saying)))
        shared = sum([index.weight(sign, wish.intent) for sign in its & met])
        return shared / sqrt(len(its) * len(met) or 1)

    theirs = wish.own.phrases.get(wish.language, ())
    said = [saying for saying, intent in (*theirs, *sayings(wish.language)) if intent == wish.intent]
    nearest = max(said, key=alike)
    return as_written(wish.language).get(nearest, nearest)


_SMALL = 2  # letters of words that tell nothing
_TELLING = 4  # words that are shown
_WEIGHTY = 5.0  # what a word must speak for to be shown


def _of_itself(its: Iterable[str]) -> Iterator[str]:
    """Of a word's signs those that are of the word itself; a word that no phrase has may have none."""
    return (sign for sign in its if sign[:1] not in "<#ul")


def _speaking(wish: Wish) -> tuple[str, ...]:
    """The words that speak most for the intent, as they stand in the text."""
    index, known = _learned(wish.language).model, signs(wish.language)
    weighed = {
        word: max((index.weight(sign, wish.intent) for sign in _of_itself(known.of([word], wish.own))), default=0.0)
        for word in tokens(wish.text)
        if word.isalpha() and len(word) > _SMALL
    }
    most = sorted(weighed, key=lambda word: -weighed[word])[:_TELLING]
    return tuple(word for word in weighed if word in most and weighed[word] >= _WEIGHTY)


class _Learned(NamedTuple):
    """The model of one language; and its phrases, so that what was written down is read as it was written down."""

    model: Index
    verbatim: dict[str, str]


@cache
def _learned(language: str) -> _Learned:
    labels, rows, verbatim = remembered(f"wishes-{language}", [source(language)], lambda: _learn(language))
    return _Learned(Index(labels, rows), verbatim)


def _learn(language: str) -> tuple[list[str], Rows, dict[str, str]]:
    verbatim = {}

    def examples() -> Iterator[tuple[set[str], str]]:
        for words, its, intent in signs(language).examples():
            verbatim[" ".join(alone(words))] = intent
            yield its, intent

    labels, rows = learned(examples())
    return labels, rows, verbatim


def prepare(languages: Iterable[str] = LANGUAGES) -> None:
    """Learns the phrases, which otherwise happens at the first text in each language."""
    collecting = gc.isenabled()
    gc.disable()  # nothing is thrown away meanwhile, and looking for it takes a tenth of the time
    try:
        for language in languages:
            _learned(language)
        likeliest(folded("hello"))
        sayings.cache_clear()
    finally:
        if collecting:
            gc.enable()
