"""What somebody wants: wishes, known by what they look like."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bot.reading import Ear, Reading, fold, folded
from bot.reading.because import Because, because, telling
from bot.reading.commands import has_urgent, read_control
from bot.reading.index import Guess
from bot.reading.language import likeliest, read_language
from bot.reading.learning import learned_of, prepare
from bot.reading.own import NOTHING_OWN, Own
from bot.reading.phrases import INTENTS, NONE, written
from bot.reading.signs import alone, signs, tokens
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
_MANY = 3  # of these; more say no more
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


@dataclass(frozen=True, slots=True)
class Wish:
    """What a text wishes for, how sure that is, and the language it was read in.

    With ``alternatives`` it is one of these or the intent, and should be asked; ``runners_up`` are what came next.
    ``text`` is the part that was read so, folded; ``said`` is all that was written.
    """

    intent: str
    confidence: float
    alternatives: tuple[str, ...]
    runners_up: tuple[Guess, ...]
    language: str
    text: str
    own: Own
    said: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether it may as well be another."""
        return bool(self.alternatives)

    @property
    def because(self) -> Because:
        """Why; this looks through every phrase of the intent, so it is for showing."""
        return because(self)

    @property
    def literal(self) -> bool:
        """Whether the text is a phrase that was written down for the intent, or taught, and nothing beside it."""
        taught = (fold(said) for said, intent in self.own.phrases.get(self.language, ()) if intent == self.intent)
        written_down = learned_of(self.language).verbatim.get(" ".join(alone(tokens(self.text))))
        return written_down == self.intent or self.text in taught

    @property
    def words(self) -> tuple[str, ...]:
        """The words that speak most for the intent, as they were written."""
        return telling(self)


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
    wish = _wished(line.text, ear.language, own) if ear.language in LANGUAGES else None
    if wish is None and any(word.text.isalpha() for word in line.words):
        language, _sure = likeliest(line)
        foreign = _wished(line.text, language, own) if language != ear.language else None
        wish = foreign if foreign is not None and foreign.confidence >= _LEAST_FOREIGN else None
    return replace(wish, said=text) if wish is not None and wish.intent != NONE else None


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
    words, known, (model, verbatim) = tokens(line), signs(language), learned_of(language)
    plain, general = known.bare(words, own)
    if said := verbatim.get(plain) or verbatim.get(general):
        return Wish(said, 1.0, (), (), language, line, own) if said != NONE else None
    guesses = model.guesses(known.of(words, own))
    nothing = next(guess.confidence for guess in guesses if guess.label == NONE)
    strange = sum(f"={word}" not in model for word in known.unknown(words, own))
    caution = _CAUTION * _STRANGE ** min(strange, _MANY)
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
