"""Weekdays: the coming one, this, next and last one, of a week; and "tomorrow"."""

from __future__ import annotations

from datetime import date, timedelta

from bot.reading.moments.calendar import DAY, WEEK, monday
from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.values import Day, Days, Unsure
from bot.reading.moments.vocabulary import DOUBT

UNSURE = 0.45
"""Of a day that as many people understand otherwise: it is read, and asked about."""


def near(line: Line, weekday: int) -> date:
    """The first such weekday after today."""
    return line.today + timedelta(days=(weekday - line.today.weekday() - 1) % 7 + 1)


def of_next_week(line: Line, weekday: int) -> date:
    """That weekday of next calendar week."""
    return monday(line.today) + WEEK + timedelta(days=weekday)


# --- weekdays and days counted from today -----------------------------------------------------------------------------


@rule("day", "weekday", name="the coming weekday")
def _weekday(line: Line, weekday: Item) -> Day:
    day = near(line, weekday.value)
    return Day(day, "weekday", (line.today,) if day - line.today == WEEK else ())


@rule("day", "on day", "the day", name="", tight=True)
def _led(line: Line, lead: Item, day: Item) -> Day | None:
    if day.sure <= DOUBT and lead.value not in ("on", "w", "we", "per", "x", "for"):
        return None
    return day.value  # type: ignore[no-any-return]


@rule("day", "this weekday", name="this weekday")
def _this(line: Line, _this: Item, weekday: Item) -> Day:
    day = near(line, weekday.value)
    return Day(line.today, "this", (day,)) if day - line.today == WEEK else Day(day, "this")


@rule("day", "coming weekday", "this coming weekday", "weekday following", name="the coming weekday")
def _coming(line: Line, *parts: Item) -> Day:
    weekday = next(part for part in parts if part.kind == "weekday")
    return Day(near(line, weekday.value), "this")


@rule("day", "next weekday", "weekday next", "after_next weekday", "following weekday",
      name="next weekday")  # fmt: skip
def _next(line: Line, *parts: Item) -> Day | Unsure:
    """In English and Polish next week's, in Italian the coming one, as most people mean it; the other is told too."""
    weekday = next(part.value for part in parts if part.kind == "weekday")
    coming_one, following = near(line, weekday), of_next_week(line, weekday)
    if coming_one == following:
        return Day(following, "next")
    if line.words.language == "it":
        return Unsure(Day(coming_one, "next", (following,)), 0.7)
    return Unsure(Day(following, "next", (coming_one,)), UNSURE)


@rule("day", "last weekday", "weekday last", "final weekday", "this last weekday", name="the last weekday")
def _last(line: Line, *parts: Item) -> Day:
    weekday = next(part.value for part in parts if part.kind == "weekday")
    return Day(near(line, weekday) - WEEK - (WEEK if near(line, weekday) - line.today == WEEK else 0 * DAY), "last")


@rule("day", "weekday period", "period weekday", "on weekday period", "period on weekday", name="weekday of that week")
def _of_week(line: Line, *parts: Item) -> Day | None:
    weekday = next(part.value for part in parts if part.kind == "weekday")
    period: Days = next(part.value for part in parts if part.kind == "period")
    return Day(period.first + timedelta(days=weekday), "next") if period.grain == "week" and period.first else None


@rule("day", "in n weekday", name="weekdays from now", tight=True)
def _nth_coming(line: Line, lead: Item, count: Item, weekday: Item) -> Day | None:
    if not 1 < count.value.value < 60 or lead.value not in ("fra", "tra", "za"):
        return None
    return Day(near(line, weekday.value) + WEEK * (count.value.value - 1), "counted")


@rule("day", "n weekdays hence", "in n weekdays", name="weekdays from now")
def _nth_from_now(line: Line, *parts: Item) -> Day | None:
    count, weekday = (next(part.value for part in parts if part.kind == kind) for kind in ("n", "weekdays"))
    return Day(near(line, weekday) + WEEK * (int(count.value) - 1), "counted") if 0 < count.value < 60 else None


@rule("day", "weekday after next", "weekday after_next", "weekday after after_next", name="the one after next")
def _after_next(line: Line, *parts: Item) -> Unsure | None:
    if line.words.language == "pl" and len(parts) == 2:
        return None
    return Unsure(Day(near(line, parts[0].value) + WEEK, "next", (near(line, parts[0].value) + 2 * WEEK,)), 0.6)


@rule("day", "day_word", name="counted from today")
def _word(line: Line, word: Item) -> Day:
    return Day(line.today + timedelta(days=word.value), "relative")
