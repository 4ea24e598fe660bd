"""The words of one language that speak of days and times: locales/<language>/moments.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from bot.reading.folding import Folded, folded
from bot.reading.moments import holy
from bot.reading.moments.tokens import Splits, tokens
from bot.reading.moments.typos import SHORTEST, Typos
from bot.reading.moments.values import Clock, Duration, Number, Part

LOCALES: Final = Path(__file__).resolve().parents[3] / "locales"
MISSPELT: Final = {
    **dict.fromkeys(("weekday", "month", "day_word", "holiday"), 5),
    **dict.fromkeys(("part", "time", "unit", "next", "last", "hour"), 6),
}
"""Kinds of words that are looked for misspelt, and how many letters they must have for that."""
_TELLING: Final = {*MISSPELT, "oclock", "ord"}
"""Kinds of words that tell of a day or a time without others."""
DOUBT: Final = 0.3
"""How sure we are that a word which is also another word speaks of time."""
MISSPELT_SURE: Final = 0.9


class Entry(NamedTuple):
    """What a phrase may be: its further words, its kind and value, how sure, and the only spelling that counts."""

    rest: tuple[str, ...]
    kind: str
    value: Any
    sure: float = 1.0
    strict: str = ""


class Vocabulary:
    """The phrases of a language by their first word, and the lists of words that the rules look at."""

    def __init__(self, language: str) -> None:
        self.language = language
        with (LOCALES / language / "moments.toml").open("rb") as file:
            self._data: dict[str, Any] = tomllib.load(file)
        words = self._data["words"]
        self.splits: Splits = {
            word: (length, day, rest) for word, (length, day, rest) in self._data.get("split", {}).items()
        }
        self.glue, self.small, self.label, self.street = (
            frozenset(" ".join(_phrases(words.get(name, ""))).split()) for name in ("glue", "small", "label", "street")
        )
        self.counted = frozenset([*_phrases(words["counted"]), *self._units()])
        self.names = [tuple(phrase.split()) for phrase in _phrases(words["name"])]
        self.greeting = frozenset(_phrases(words["greeting"]))
        self.copula = frozenset(_phrases(words["copula"]))
        self._strict = {_fold(word): word for word in words["strict"].split(", ") if word}
        self._doubtful = frozenset(_phrases(self._data["doubtful"]))
        self.entries: dict[str, list[Entry]] = {}
        for phrase, kind, value in self._meanings():
            self._enter(phrase, kind, value)
        self.telling = {
            word for first, entries in self.entries.items() for one in entries if one.kind in _TELLING
            for word in (first, *one.rest)
        }  # fmt: skip
        for entries in self.entries.values():
            entries.sort(key=lambda entry: -len(entry.rest))
        fit = {
            word
            for word, entries in self.entries.items()
            if any(not one.rest and len(word) >= MISSPELT.get(one.kind, 99) for one in entries)
        }
        self.typos = Typos(fit, {*self.small, *self.counted, *self.glue, *_phrases(words.get("real", ""))})

    def at(self, word: str) -> tuple[list[Entry], float]:
        """The phrases that begin with this word, if need be with what it is a misspelling of; and how sure."""
        found = self.entries.get(word)
        if found is not None or len(word) < SHORTEST:
            return found or [], 1.0
        meant = self.typos.meant(word)
        if meant is None:
            return [], 0.0
        return [one for one in self.entries[meant] if one.kind in MISSPELT and not one.rest], MISSPELT_SURE

    def knows(self, word: str) -> bool:
        """Whether this word may stand beside a time or a day without being what is counted."""
        return word in self.small or word in self.glue or word in self.entries

    def _enter(self, phrase: str, kind: str, value: Any) -> None:
        first, *rest = phrase.split()
        doubt = not rest and first in self._doubtful and kind in ("weekday", "month", "unit")
        entry = Entry(tuple(rest), kind, value, DOUBT if doubt else 1.0, self._strict.get(phrase, ""))
        entries = self.entries.setdefault(first, [])
        if entry not in entries:
            entries.append(entry)

    def _units(self) -> Iterator[str]:
        """The units that count something before them, and are no hours of a day."""
        for unit, phrases in self._data["unit"].items():
            if unit not in ("hour", "quarter", "year"):
                yield from _phrases(phrases)

    def _meanings(self) -> Iterator[tuple[str, str, Any]]:
        """Every phrase, with its kind and value."""
        data = self._data
        yield from self._names()
        for name, kind in (("number", "n"), ("ordinal", "ord"), ("hour", "hour"), ("roman", "roman")):
            for value, phrases in enumerate(data[name]):
                for phrase in _phrases(phrases):
                    yield phrase, kind, Number(value, 0)
        for name, (kind, read) in _TABLES.items():
            for key, phrases in data.get(name, {}).items():
                for phrase in _phrases(phrases):
                    yield phrase, kind, read(key)
        for role, phrases in data["role"].items():
            for phrase in _phrases(phrases):
                yield phrase, role, phrase
        for offset, zones in _ZONES.items():
            for zone in zones.split():
                yield zone, "zone", offset
        for name in holy.names(self.language):
            yield _fold(name), "holiday", name

    def _names(self) -> Iterator[tuple[str, str, int]]:
        for kind, first in (("weekday", 0), ("weekdays", 0), ("month", 1)):
            for value, phrases in enumerate(self._data.get(kind, ()), first):
                for phrase in _phrases(phrases):
                    yield phrase, kind, value


def _duration(key: str) -> Duration:
    count, unit = key.split()
    number = int(count)
    if unit == "months":
        return Duration(months=number)
    return Duration(days=number) if unit == "days" else Duration(minutes=number, fine=True)


def _minutes(written: str) -> int:
    hours, minutes = written.split(":")
    return int(hours) * 60 + int(minutes)


def _part(key: str) -> Part:
    first, last = key.split("-")
    return Part(_minutes(first), _minutes(last))


_TABLES: Final[Mapping[str, tuple[str, Any]]] = {
    "tens": ("tens", int),
    "day": ("day_word", int),
    "part": ("part", _part),
    "hint": ("hint", _part),
    "time": ("time", lambda key: Clock(_minutes(key))),
    "fraction": ("fraction", int),
    "unit": ("unit", str),
    "duration": ("dur", _duration),
    "season": ("season", str),
    "edge": ("edge", str),
    "ending": ("ending", str),
    "decade": ("decade", int),
    "holiday": ("holiday", str),
}


_ZONES: Final[Mapping[str, str]] = {
    "0:00": "utc gmt wet", "1:00": "cet bst west", "2:00": "cest eet", "3:00": "eest msk", "9:00": "jst",
    "-4:00": "edt", "-5:00": "est cdt", "-6:00": "cst mdt", "-7:00": "mst pdt", "-8:00": "pst",
}  # fmt: skip
"""The clocks that people name by letters, by their distance from universal time."""


def _fold(phrase: str) -> str:
    """A phrase as the tokens of a text are compared."""
    line: Folded = folded(phrase)
    return " ".join(token.text for token in tokens(line, {}) if token.kind != "sign")


def _phrases(written: str) -> list[str]:
    """The phrases of a list, folded."""
    return [found for phrase in written.split(",") if (found := _fold(phrase))]


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of a language, read when they are first needed."""
    return Vocabulary(language)
