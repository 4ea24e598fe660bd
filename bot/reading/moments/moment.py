"""A moment that was read: from when to when, how fine, where it stood, how sure, and what else it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Final

from bot.reading import Ear
from bot.reading.moments.chart import Item, Line, OpenHours
from bot.reading.moments.hearing import Heard, hear
from bot.reading.moments.rules.clocks import within
from bot.reading.moments.values import HALF_DAY, Clock, Day, Days, Hours, Instant, Part

NAMED: Final = ("week", "month", "quarter", "year")
"""Grains of stretches that are one thing named, not from one moment to another."""
OPEN_SOON: Final = 60
"""Days within which an open one is looked for."""


@dataclass(frozen=True)
class Moment:
    """What a text says of when.

    ``start`` and ``end`` are aware instants, the end not included; None: without end. ``grain`` is minute, hour, day,
    week, month or year. ``interval``: from one moment to another is meant, not one thing of this grain. ``confidence``
    is below 0.5 where it is as likely something else: then ask, showing the ``alternatives`` beside it. ``because``
    says which words were understood how.
    """

    start: datetime
    end: datetime | None
    grain: str
    interval: bool
    span: tuple[int, int]
    text: str
    confidence: float
    alternatives: tuple[Moment, ...] = ()
    because: tuple[str, ...] = ()
    several: bool = False

    @property
    def written(self) -> str:
        """The start in ISO 8601: a date from the day on, else with time and offset."""
        return self.start.isoformat() if self.grain in ("minute", "hour") else self.start.date().isoformat()

    @property
    def shown(self) -> str:
        """The start, or from when to when, as a person reads it."""
        fine = "%a %Y-%m-%d %H:%M" if self.grain in ("minute", "hour") else "%a %Y-%m-%d"
        if not self.interval:
            return f"{self.start:{fine}}"
        fine = "%a %Y-%m-%d %H:%M"
        return f"{self.start:{fine}} - {self.end:{fine}}" if self.end is not None else f"from {self.start:{fine}}"


def read_moment(text: str, ear: Ear, hours: OpenHours | None = None) -> Moment | None:
    """The moment a text speaks of; None if it speaks of none, or only of one that does not exist.

    Without ``hours`` a bare hour is its next occurrence, and a weekday the coming one; with them, the next that is
    open. Of several moments the first is given, with the others as alternatives and a confidence below 0.5.
    """
    moments = read_moments(text, ear, hours)
    if len(moments) < 2:
        return moments[0] if moments else None
    first, *others = moments
    return replace(
        first, alternatives=(*others, *first.alternatives), confidence=min(first.confidence, 0.4), several=True
    )


def read_moments(text: str, ear: Ear, hours: OpenHours | None = None) -> list[Moment]:
    """Every moment that a text speaks of, in its order."""
    found: list[Moment] = []
    for heard in hear(text, ear, hours=hours):
        moment = _resolved(heard)
        if moment is not None and not any((moment.start, moment.end) == (one.start, one.end) for one in found):
            found.append(moment)
    return found


@dataclass(frozen=True)
class _When:
    """A meaning of what was heard."""

    start: datetime
    end: datetime | None
    grain: str
    interval: bool = False


def _resolved(heard: Heard) -> Moment | None:
    """The likeliest meaning, the others as alternatives."""
    line = heard.line
    try:
        meanings = list(dict.fromkeys(_meanings(heard)))
    except OverflowError:  # at the edges of the calendar
        return None
    if not meanings:
        return None
    span = line.span(heard.items[0].start, max(item.end for item in heard.items))
    said, why = line.text.source[slice(*span)], tuple(explained(heard))
    sure = heard.sure * (0.75 if _is_guess(heard, meanings) else 1.0)
    moments = [
        Moment(one.start, one.end, one.grain, one.interval, span, said, round(sure, 2), (), why) for one in meanings
    ]
    return replace(moments[0], alternatives=tuple(replace(one, confidence=round(1 - sure, 2)) for one in moments[1:]))


def _is_guess(heard: Heard, meanings: list[_When]) -> bool:
    return len(meanings) > 1 and heard.time is not None and getattr(heard.time.value, "free", False)


def _meanings(heard: Heard) -> Iterator[_When]:
    line = heard.line
    if heard.whole is not None:
        yield from _counted(heard.whole)
        return
    day = heard.day.value if heard.day is not None else None
    time = heard.time.value if heard.time is not None else None
    if isinstance(time, Clock) and time.minute is None:
        return
    if isinstance(day, Days):
        yield from _in_days(heard, day, time)
    elif isinstance(day, Day):
        for one in _dates(line, day, time, heard.hint):
            yield from _on(heard, one, time)
    elif time is not None:
        yield from _next(heard, time)


def _counted(item: Item) -> Iterator[_When]:
    if isinstance(item.value, Instant):
        yield _When(item.value.at, item.value.at + timedelta(minutes=1), "minute")
    else:
        start, end = item.value
        yield _When(start, end, "minute", True)


def _dates(line: Line, day: Day, time: object, hint: Part | None) -> list[date]:
    """The days it may be, the likelier first: today's name means today if its hour is still to come."""
    dates = [one for one in (day.date, *day.others) if one is not None]
    if line.today in day.others and isinstance(time, Clock):
        minute = _likely(line, time, None, hint)
        if minute is not None and _at(line, line.today, minute) > line.now:
            dates.sort(key=lambda one: one != line.today)
    if day.sort == "weekday" and line.hours is not None and dates:
        weeks = [dates[0] + timedelta(days=7 * week) for week in range(OPEN_SOON // 7)]
        dates = list(dict.fromkeys([*(one for one in weeks if list(line.hours(one)))][:1] + dates))
    return dates


def days_of(heard: Heard) -> list[date]:
    """The days that a named day may be, the likelier first; none if there is no such day."""
    if heard.day is None or not isinstance(heard.day.value, Day):
        return []
    return _dates(heard.line, heard.day.value, heard.time.value if heard.time is not None else None, heard.hint)


def _on(heard: Heard, day: date, time: object) -> Iterator[_When]:
    line = heard.line
    if time is None:
        yield _When(_at(line, day, 0), _at(line, day, 2 * HALF_DAY), "day")
    elif isinstance(time, Clock):
        likely = _likely(line, time, day, heard.hint)
        for minute in sorted(time.meanings(), key=lambda one: one != likely):
            yield _clock(line, day, minute, time.grain)
    elif isinstance(time, Part):
        yield _When(_at(line, day, time.first), _at(line, day, time.last), "hour", True)
    elif isinstance(time, Hours):
        first, last = _bounds(line, time, day, heard.hint)
        yield _When(_at(line, day, first), _at(line, day, last), "minute", True)


def _in_days(heard: Heard, days: Days, time: object) -> Iterator[_When]:
    line = heard.line
    if time is None or (days.first is None and not isinstance(time, (Clock, Hours))):
        start = _at(line, days.first, 0) if days.first else line.now
        end = _at(line, days.last, 0) if days.last else None
        yield _When(start, end, days.grain if days.grain in NAMED else "day", days.grain not in NAMED)
        for other in days.others:
            length = (days.last - days.first) if days.last and days.first else timedelta(days=1)
            yield _When(_at(line, other, 0), _at(line, other + length, 0), "day", True)
    elif days.first is None and days.last is not None and isinstance(time, (Clock, Hours)):
        last, clock = days.last - timedelta(days=1), time if isinstance(time, Clock) else time.last
        minute = _likely(line, clock, last, heard.hint) if clock else None
        yield _When(line.now, _at(line, last, minute or 0), "minute", True)
    elif days.first is not None:
        yield from _on(heard, days.first, time)


def _next(heard: Heard, time: object) -> Iterator[_When]:
    """A time without a day: the next one."""
    line = heard.line
    if isinstance(time, Clock):
        minutes = [
            minute for minute in time.meanings() if heard.hint is None or not time.free or _fits(minute, heard.hint)
        ]
        times = sorted(
            (_at(line, line.today + timedelta(days=days), minute), days, minute)
            for minute in minutes or time.meanings() for days in range(3)
        )  # fmt: skip
        coming = [one for one in times if one[0] > line.now]
        if line.hours is not None:
            coming.sort(key=lambda one: not _is_open(line, line.today + timedelta(days=one[1]), one[2]))
        distinct = {minute: days for _, days, minute in reversed(coming)}
        for _, days, minute in coming:
            if distinct.get(minute) == days:
                yield _clock(line, line.today + timedelta(days=days), minute, time.grain)
    elif isinstance(time, Part):
        begun = _at(line, line.today, time.first) <= line.now
        yield from _on(heard, line.today + timedelta(days=1 if begun else 0), time)
    elif isinstance(time, Hours):
        first, last = _bounds(line, time, None, heard.hint)
        point = first if time.first is not None else last
        passed = _at(line, line.today, point) <= line.now
        for one in _on(heard, line.today + timedelta(days=1 if passed else 0), time):
            yield replace(one, start=line.now) if time.first is None else one


# --- hours ------------------------------------------------------------------------------------------------------------


def _likely(line: Line, time: Clock, day: date | None, hint: Part | None) -> int | None:
    """The likelier meaning of an hour: open, still to come today, fit for dinner or lunch, then between 7 and 20."""
    minutes = time.meanings()
    if not minutes or len(minutes) == 1:
        return minutes[0] if minutes else None
    if hint is not None and (fit := [minute for minute in minutes if _fits(minute, hint)]):
        return fit[0]
    if line.hours is not None and day is not None:
        opened = [minute for minute in minutes if _is_open(line, day, minute)]
        if opened:
            return opened[0]
    if day == line.today:
        coming = [minute for minute in sorted(minutes) if _at(line, day, minute) > line.now]
        daytime = [minute for minute in coming if minute >= 7 * 60]
        return (daytime or coming or list(minutes))[0]
    return minutes[0]


def _fits(minute: int, part: Part) -> bool:
    return part.first <= minute < part.last


def _is_open(line: Line, day: date, minute: int) -> bool:
    return line.hours is not None and any(first <= minute < last for first, last in line.hours(day))


def _bounds(line: Line, hours: Hours, day: date | None, hint: Part | None) -> tuple[int, int]:
    """The minutes from which to which a stretch of a day goes."""
    first = _likely(line, hours.first, day, hint) if hours.first else None
    if hours.last is None:
        return first or 0, 2 * HALF_DAY
    if first is None:
        last = _likely(line, hours.last, day, hint)
        return 0, last if last is not None else 2 * HALF_DAY
    ends = [minute for minute in sorted(hours.last.meanings()) if minute > first]
    if not ends and hours.first is not None and hours.first.free and first >= HALF_DAY:
        first -= HALF_DAY
        ends = [minute for minute in sorted(hours.last.meanings()) if minute > first]
    return first, ends[0] if ends else 2 * HALF_DAY


def part_of(hours: Hours) -> tuple[int, int]:
    """A stretch of the day as minutes, read by daylight."""
    first = hours.first.meanings()[0] if hours.first else 0
    lasts = hours.last.meanings() if hours.last else (2 * HALF_DAY,)
    return first, next((minute for minute in sorted(lasts) if minute > first), 2 * HALF_DAY)


def _clock(line: Line, day: date, minute: int, grain: str) -> _When:
    start = _at(line, day, minute)
    return _When(start, start + timedelta(minutes=60 if grain == "hour" else 1), grain)


def _at(line: Line, day: date, minute: int) -> datetime:
    if not MINYEAR < day.year < MAXYEAR:
        raise OverflowError
    day, minute = day + timedelta(days=minute // (2 * HALF_DAY)), minute % (2 * HALF_DAY)
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=line.ear.zone)


# --- why --------------------------------------------------------------------------------------------------------------


def explained(heard: Heard) -> Iterator[str]:
    """Which words were understood how."""
    for item in heard.items:
        yield from _told(heard.line, item)


def _told(line: Line, item: Item) -> Iterator[str]:
    named = item.name
    while not named and len(item.kids) > 0:
        item = item.kids[-1]
        named = item.name
    yield f"{line.text.source[slice(*line.span(item.start, item.end))]}: {named or item.kind}"


def narrowed(time: Clock, part: Part) -> Clock:
    """The time within the part of the day, if it has a meaning there."""
    return within(time, part) or time
