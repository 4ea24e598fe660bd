"""Times of day: 15:00, 15.30, "alle 3", "3pm", "o piętnastej", "half past two", noon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from bot.reading import Ear, Reading, folded
from bot.reading.clock_words import AROUND, HOURS, MINUTES, NAMED, half_of_day, lead, meanings
from bot.reading.folding import Folded, bag
from bot.reading.parts import parts, read_part
from bot.values import Invalid, Msgid

__all__ = ["read_part", "read_time"]

NO_SUCH_TIME = Msgid("There is no such time. Please write it like 15:00.")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_FREE = r"(?<![\w:.,/+-])"  # no digits of something longer before
_AMPM = r"(?: ?([ap])\.? ?m\b\.?)?"
_HOUR = rf"(?:([0-9]{{1,2}})(?:-?(?:tej|ej|ta|sta))?|({_any(HOURS)}))"
_CLOCK = re.compile(rf"{_FREE}([0-9]{{1,2}}):([0-9]{{2}})(?::[0-9]{{2}})?{_AMPM}(?![\w:])")
_DOTTED = re.compile(
    rf"{_FREE}([0-9]{{1,2}})([.,])([0-9]{{2}}){_AMPM}"
    r"(?![\w:/%€$]|[.,][0-9]| ?(?:euro|eur|zl|pln|kg|km|usd|gbp|cm|m)\b)"
)
_WITH_H = re.compile(rf"{_FREE}([0-9]{{1,2}})h([0-9]{{2}})?(?!\w)|(?<!\w)h\.?([0-9]{{1,2}})(?![\w:.])")
_WITH_HALF = re.compile(rf"{_FREE}([0-9]{{1,2}}) ?([ap])\.? ?m\b\.?")
_AFTER = rf"(?:(?: e| i)? ({_any(MINUTES)}|[0-5][0-9])(?![\w:/.%-]))?"
_SPOKEN = re.compile(rf"{_FREE}{_HOUR}(?!\w){_AFTER}(?![:/%€$]|[.,-][0-9])")
_AROUND = re.compile(rf"(?<!\w)({_any(AROUND)}) {_HOUR}(?![\w:/%]|[.,][0-9]){_AMPM}")
_NAMED = re.compile(rf"(?<!\w)({_any(NAMED)})(?!\w)")
_DAY_WORDS = bag("il l the dnia giorno")
_NEGATIONS = bag("non not nie")


@dataclass(frozen=True, slots=True)
class _Heard:
    """A stretch of the line that says a time: its meanings in minutes after midnight; none if there is no such time."""

    start: int
    end: int
    meanings: tuple[int, ...]
    confidence: float = 1.0


def read_time(text: str, ear: Ear) -> Reading | None:
    """The time that is written, as HH:MM; the alternatives are other times it may mean.

    A bare 3 is likelier 15:00 than 03:00 (hours from 7 to 20 come first), unless a part of the day says which.
    Of several times the first is taken. Raises ``Invalid`` if the text says no other time than one that does not exist.
    """
    line = folded(text)
    heard = _in_order(_hear(line))
    if not heard:
        return None
    said = parts(line)
    good = [_within_part(said, one) for one in heard if one.meanings]
    if not good:
        raise Invalid(NO_SUCH_TIME)
    first = good[0]
    times = dict.fromkeys(f"{minute // 60:02}:{minute % 60:02}" for one in good for minute in one.meanings)
    value, *others = times
    confidence = min(first.confidence, 0.5) if len(good) > 1 else first.confidence
    return Reading(value, line.span(first.start, first.end), tuple(others), confidence)


def _hear(line: Folded) -> Iterator[_Heard]:
    finders = (_clocks(line), _dotted(line), _with_letters(line), _around(line), _named(line), _spoken(line))
    for one in chain.from_iterable(finders):
        before = line.before(one.start)
        if before is None or before.text not in _NEGATIONS:
            yield one


def _in_order(heard: Iterator[_Heard]) -> list[_Heard]:
    """In the order of the text, the longer of two that overlap."""
    settled: list[_Heard] = []
    for one in sorted(heard, key=lambda one: (one.start, -one.end)):
        if not settled or one.start >= settled[-1].end:
            settled.append(one)
    return settled


def _clocks(line: Folded) -> Iterator[_Heard]:
    for match in _CLOCK.finditer(line.text):
        start = lead(line, match.start(), match.end())
        yield _Heard(match.start() if start is None else start, match.end(), _of(match[1], match[2], match[3]))


def _dotted(line: Folded) -> Iterator[_Heard]:
    """15.30, which may be a day (10.11) or a number (15,30) too: then something must show that it is a time."""
    for match in _DOTTED.finditer(line.text):
        start = lead(line, match.start(), match.end())
        whole = match[0] == line.bare
        shown = start is not None or bool(match[4])
        could_be_day = 1 <= int(match[1]) <= 31 and 1 <= int(match[3]) <= 12
        found = _of(match[1], match[3], match[4])
        if shown or (whole and (found or not could_be_day)) or (found and match[2] == "." and not could_be_day):
            sure = shown or not could_be_day
            yield _Heard(match.start() if start is None else start, match.end(), found, 1.0 if sure else 0.6)


def _with_letters(line: Folded) -> Iterator[_Heard]:
    """15h, 15h30, h15, 3pm. "2h" is a duration."""
    for match in _WITH_H.finditer(line.text):
        hour = match[1] or match[3]
        if match[2] or match[3] or int(hour) >= 7:
            yield _Heard(*match.span(), _of(hour, match[2] or "00", None))
    for match in _WITH_HALF.finditer(line.text):
        start = lead(line, match.start(), match.end())
        yield _Heard(match.start() if start is None else start, match.end(), _of(match[1], "00", match[2]))


def _around(line: Folded) -> Iterator[_Heard]:
    for match in _AROUND.finditer(line.text):
        start = lead(line, match.start(), match.end())
        hour = int(match[2]) if match[2] else HOURS[match[3]]
        exact = bool(match[4])
        found = meanings(half_of_day(hour, match[4]) if exact else hour, 0, exact=exact, added=AROUND[match[1]])
        yield _Heard(match.start() if start is None else start, match.end(), found)


def _named(line: Folded) -> Iterator[_Heard]:
    for match in _NAMED.finditer(line.text):
        before = line.before(match.start())
        if before is None or before.text not in ("po", "przed"):
            led = before is not None and before.text in ("a", "at", "per", "o", "w")
            yield _Heard(before.start if before is not None and led else match.start(), match.end(), (NAMED[match[1]],))


def _spoken(line: Folded) -> Iterator[_Heard]:
    """An hour that a word before it, a part of the day after it, or being all that was written makes one."""
    following = {start: span for start, _, span in parts(line)}
    for match in _SPOKEN.finditer(line.text):
        hour = int(match[1]) if match[1] else HOURS[match[2]]
        after = match[3] or "0"
        added = MINUTES[after] if after in MINUTES else int(after)
        found = meanings(hour, 0, exact=(match[1] or "").startswith("0"), added=added)
        start = lead(line, match.start(), match.end())
        if start is not None:
            yield _Heard(start, match.end(), found, 0.9)
        elif match[0] == line.bare and found:
            yield _Heard(match.start(), match.end(), found, 0.9)
        elif match[1] and any(part[0] <= one < part[1] for part in _beside(following, match.end()) for one in found):
            before = line.before(match.start())
            if before is None or before.text not in _DAY_WORDS:
                yield _Heard(match.start(), match.end(), found)


def _beside(following: dict[int, tuple[int, int]], end: int) -> list[tuple[int, int]]:
    return [following[start] for start in (end, end + 1) if start in following]


def _within_part(said: list[tuple[int, int, tuple[int, int]]], heard: _Heard) -> _Heard:
    """Keeps the meanings that fit a part of the day that is said; one right behind the time belongs to it."""
    for start, end, (first, last) in said[:8]:
        fitting = tuple(minute for minute in heard.meanings if first <= minute < last)
        if fitting:
            behind = 0 <= start - heard.end <= 1
            return replace(heard, meanings=fitting, end=end if behind else heard.end)
    return heard


def _of(hour: str, minute: str, half: str | None) -> tuple[int, ...]:
    if half:
        return meanings(half_of_day(int(hour), half), int(minute), exact=True)
    return meanings(int(hour), int(minute), exact=hour.startswith("0"))
