"""From days and times to instants: the next occurrence, the half of the day, the business's hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta, timezone
from typing import Final

from bot.reading.moments.hearing import Heard
from bot.reading.moments.line import Item, Line
from bot.reading.moments.values import HALF_DAY, Clock, Day, Days, Hours, Instant, Part

NAMED: Final = ("week", "month", "quarter", "year", "decade")
"""Grains of stretches that are one thing named, not from one moment to another."""
OPEN_SOON: Final = 60
"""Days within which an open one is looked for."""


@dataclass(frozen=True)
class When:
    """A meaning of what was heard."""

    start: datetime
    end: datetime | None
    grain: str
    interval: bool = False


def meanings(heard: Heard) -> Iterator[When]:
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


def _counted(item: Item) -> Iterator[When]:
    if isinstance(item.value, Instant):
        yield When(item.value.at, item.value.at + timedelta(minutes=1), "minute")
    else:
        start, end = item.value
        yield When(start, end, "minute", True)


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


def _on(heard: Heard, day: date, time: object) -> Iterator[When]:
    line = heard.line
    if time is None:
        yield When(_at(line, day, 0), _at(line, day, 2 * HALF_DAY), "day")
    elif isinstance(time, Clock):
        likely = _likely(line, time, day, heard.hint)
        for minute in sorted(time.meanings(), key=lambda one: one != likely):
            yield _clock(line, day, minute, time)
    elif isinstance(time, Part):
        yield When(_at(line, day, time.first), _at(line, day, time.last), "hour", True)
    elif isinstance(time, Hours):
        first, last = _bounds(line, time, day, heard.hint)
        yield When(_at(line, day, first), _at(line, day, last), "minute", True)


def _in_days(heard: Heard, days: Days, time: object) -> Iterator[When]:
    line = heard.line
    if time is None or (days.first is None and (days.last is None or not isinstance(time, (Clock, Hours, Part)))):
        start = _at(line, days.first, 0) if days.first else line.now
        end = _at(line, days.last, 0) if days.last else None
        yield When(start, end, days.grain if days.grain in NAMED else "day", days.grain not in NAMED)
        for other in days.others:
            length = (days.last - days.first) if days.last and days.first else timedelta(days=1)
            yield When(_at(line, other, 0), _at(line, other + length, 0), "day", True)
    elif days.first is None and days.last is not None and isinstance(time, Part):
        yield When(line.now, _at(line, days.last - timedelta(days=1), time.last), "minute", True)
    elif days.first is None and days.last is not None and isinstance(time, (Clock, Hours)):
        last, clock = days.last - timedelta(days=1), time if isinstance(time, Clock) else time.last
        minute = _likely(line, clock, last, heard.hint) if clock else None
        yield When(line.now, _at(line, last, minute or 0), "minute", True)
    elif days.first is not None:
        yield from _on(heard, days.first, time)


def _next(heard: Heard, time: object) -> Iterator[When]:
    """A time without a day: the next one."""
    line = heard.line
    if isinstance(time, Clock):
        minutes = [
            minute for minute in time.meanings() if heard.hint is None or not time.free or _fits(minute, heard.hint)
        ]
        times = sorted(
            (_clock(line, line.today + timedelta(days=days), minute, time).start, days, minute)
            for minute in minutes or time.meanings() for days in range(3)
        )  # fmt: skip
        coming = [one for one in times if one[0] > line.now]
        if line.hours is not None:
            coming.sort(key=lambda one: not _is_open(line, line.today + timedelta(days=one[1]), one[2]))
        distinct = {minute: days for _, days, minute in reversed(coming)}
        for _, days, minute in coming:
            if distinct.get(minute) == days:
                yield _clock(line, line.today + timedelta(days=days), minute, time)
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


def _clock(line: Line, day: date, minute: int, time: Clock) -> When:
    """An hour of a day, on the writer's clock; one that was told by another zone's clock is put right."""
    start = _at(line, day, minute)
    if time.offset is not None:
        told = start.replace(tzinfo=timezone(timedelta(minutes=time.offset)))
        start = told.astimezone(line.ear.zone)
    return When(start, start + timedelta(minutes=60 if time.grain == "hour" else 1), time.grain)


def _at(line: Line, day: date, minute: int) -> datetime:
    if not MINYEAR < day.year < MAXYEAR:
        raise OverflowError
    day, minute = day + timedelta(days=minute // (2 * HALF_DAY)), minute % (2 * HALF_DAY)
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=line.ear.zone)
