"""Another time, told by the one that stands: "an hour later", "the week after", "dzień wcześniej", "same time"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter

from bot.reading import Ear, Reading, Word, folded
from bot.reading.changes import changes, content, only_around, phrases
from bot.reading.moments.hearing import hear
from bot.reading.moments.values import Day
from bot.reading.phrases import Phrases

__all__ = ["is_same_time", "is_toward", "read_end", "read_shifted_day", "read_shifted_time"]

_NAMED = ("weekday", "this", "next")
_UNITS = {"week": 7 * 24 * 60, "day": 24 * 60, "hour": 60, "half": 30, "minute": 1}


@dataclass(frozen=True)
class Shifts:
    """The words of one language."""

    toward: Phrases
    ways: Mapping[int, Phrases]  # later and earlier
    units: Mapping[str, Phrases]
    numbers: tuple[Phrases, ...]
    same_day: Phrases
    same_time: Phrases
    soonest: Phrases
    latest: Phrases


def read_shifted_day(text: str, ear: Ear, since: datetime) -> Reading | None:
    """The day that is so many days from ``since`` (aware), as ISO.

    What counts hours names a day, too, and no words of its own: that of the time which it comes to.
    """
    base, found = since.astimezone(ear.zone), _shift(text, ear)
    if found is None:
        same = _first(text, ear, "same_day")
        return Reading(base.date().isoformat(), same) if same is not None else None
    minutes, span = found
    day = (base + timedelta(minutes=minutes)).date()
    if abs(minutes) < _UNITS["day"]:
        return Reading(day.isoformat(), (span[0], span[0]))
    if minutes % _UNITS["week"] == 0 and (named := _weekday(text, ear)) is not None:
        weekday, (start, end) = named
        day += timedelta(days=weekday - day.weekday())
        span = (min(start, span[0]), span[1]) if end >= span[0] or only_around(text[end : span[0]], ear) else span
    return Reading(day.isoformat(), span)


def _weekday(text: str, ear: Ear) -> tuple[int, tuple[int, int]] | None:
    """The weekday that is named beside a week ("Thursday of the week after"), and where it stands."""
    for heard in hear(text, ear, "day"):
        if heard.day is not None and isinstance(heard.day.value, Day) and heard.day.value.sort in _NAMED:
            day = heard.day.value.date
            return (day.weekday(), heard.line.span(heard.day.start, heard.day.end)) if day is not None else None
    return None


def read_shifted_time(text: str, ear: Ear, since: datetime) -> Reading | None:
    """The time that is so many minutes from ``since`` (aware), or the same, as HH:MM."""
    base, found = since.astimezone(ear.zone), _shift(text, ear)
    if found is None or abs(found[0]) >= _UNITS["day"]:
        same = _first(text, ear, "same_time")
        return Reading(f"{base:%H:%M}", same) if same is not None else None
    return Reading(f"{base + timedelta(minutes=found[0]):%H:%M}", found[1])


def is_same_time(text: str, ear: Ear) -> bool:
    """Whether the time is to be the same as the one that stands."""
    return _first(text, ear, "same_time") is not None


def read_end(text: str, ear: Ear) -> Reading | None:
    """Whether the first or the last of what is free is wanted: True for the first."""
    for wanted, words in ((True, "soonest"), (False, "latest")):
        span = _first(text, ear, words)
        if span is not None:
            return Reading(wanted, span)
    return None


def is_toward(text: str, span: tuple[int, int], ear: Ear) -> bool:
    """Whether what stands at the span is where something is to go: "to Friday", "a venerdì", "na piątek"."""
    said = _said(text, ear, attrgetter("toward"))
    return any(begin == span[0] or (end < span[0] and not text[end : span[0]].strip()) for begin, end in said)


def _said(text: str, ear: Ear, words: Callable[[Shifts], Phrases]) -> Iterator[tuple[int, int]]:
    """Where these words stand."""
    line = folded(text)
    for language in ear.languages:
        for match in words(shifts(language)).found(line.words):
            yield line.span(line.words[match.first].start, line.words[match.last - 1].end)


def _first(text: str, ear: Ear, name: str) -> tuple[int, int] | None:
    """Where the first of the words of that name stands."""
    return next(_said(text, ear, attrgetter(name)), None)


def _shift(text: str, ear: Ear) -> tuple[int, tuple[int, int]] | None:
    """Minutes, and where they stand."""
    line = folded(text)
    words = line.words
    for language in ear.languages:
        known = shifts(language)
        for sign, way in known.ways.items():
            for match in way.found(words):
                if not _is_last(words, match.last, language):
                    continue
                for name, unit in known.units.items():
                    first = _begins(unit, words, match.first)
                    if first is not None:
                        begin, count = _counted(known, words, first)
                        span = line.span(words[begin].start, words[match.last - 1].end)
                        return sign * count * _UNITS[name], span
    return None


def _is_last(words: tuple[Word, ...], last: int, language: str) -> bool:
    """Whether nothing follows from which to count instead: "the day after tomorrow", "any day after 3"."""
    if last >= len(words) or words[last].clause != words[last - 1].clause:
        return True
    return any(changes(language).around.at(words, last))


def _begins(unit: Phrases, words: tuple[Word, ...], last: int) -> int | None:
    starts = [at for at in range(max(0, last - 3), last) for match in unit.at(words, at) if match.last == last]
    return min(starts, default=None)


def _counted(known: Shifts, words: tuple[Word, ...], first: int) -> tuple[int, int]:
    """Where the count before a unit begins, and how many: one, where none is said."""
    if first and words[first - 1].text.isdigit() and len(words[first - 1].text) <= 2:
        return first - 1, int(words[first - 1].text)
    for count, said in enumerate(known.numbers):
        begin = _begins(said, words, first)
        if begin is not None:
            return begin, count
    return first, 1


@cache
def shifts(language: str) -> Shifts:
    """The words of one language."""
    table = content(language)["shift"]
    return Shifts(
        phrases(table["toward"]),
        {1: phrases(table["later"]), -1: phrases(table["earlier"])},
        {name: phrases(table[name]) for name in ("half", "week", "day", "hour", "minute")},
        tuple(phrases(words) for words in table["number"]),
        phrases(table["same_day"]),
        phrases(table["same_time"]),
        phrases(table["soonest"]),
        phrases(table["latest"]),
    )
