"""Pieces of weeks and months: beginnings and ends, the first Monday of March, the last week of May."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta

from bot.reading.moments.calendar import DAY, WEEK, ahead, month_start
from bot.reading.moments.chart import rule
from bot.reading.moments.holy import nth_weekday
from bot.reading.moments.line import Item, Line
from bot.reading.moments.rules.periods import month, period
from bot.reading.moments.rules.weekdays import UNSURE
from bot.reading.moments.values import Day, Days, Unsure


@rule("days", "edge period", "edge unit", "edge month", "edge dash month", "edge of month", "edge month year",
      name="a part of it")  # fmt: skip
def _edge(line: Line, edge: Item, *parts: Item) -> Days | None:
    last = parts[-1]
    if last.kind == "unit":
        whole = period(line, last.value, 0)
    elif last.kind == "month":
        whole = month(line, last.value)
    elif last.kind == "year":
        whole = month(line, parts[0].value, last.value)
    else:
        whole = last.value
    return _part(whole, edge.value) if whole else None


def _part(whole: Days, edge: str) -> Days | None:
    first, last = whole.first, whole.last
    if first is None or last is None:
        return None
    length = (last - first).days
    cuts = {7: (2, 4), 2: (1, 1)}.get(length, (10, 20) if length < 32 else (length // 3, 2 * length // 3))
    bounds = (first, first + timedelta(days=cuts[0]), first + timedelta(days=cuts[1]), last)
    place = ("start", "middle", "end").index(edge)
    return Days(bounds[place], bounds[place + 1], "day")


@rule("days", "rest period", "rest unit", "rest of unit", "rest of period", name="the rest of it")
def _rest(line: Line, _rest: Item, *parts: Item) -> Days | None:
    last = parts[-1]
    whole = period(line, last.value, 0) if last.kind == "unit" else last.value
    if whole is None or whole.first is None or whole.last is None or whole.last <= line.today:
        return None
    return Days(max(whole.first, line.today), whole.last, "day")


@rule("days", "ending", name="the end of it")
def _ending(line: Line, word: Item) -> Days | None:
    whole = period(line, word.value, 0)
    return _part(whole, "end") if whole else None


@rule("day", "ord|hour|final weekday period", "ord|hour|final weekday month", "ord|hour|final weekday of unit",
      "ord|hour|final weekday unit", "ord|hour|final weekday month year",
      name="that weekday of the month")  # fmt: skip
def _nth(line: Line, count: Item, weekday: Item, *parts: Item) -> Day | None:
    whole = _month_of(line, parts)
    if whole is None or whole.first is None:
        return None
    number = -1 if count.kind == "final" else count.value.value
    found = nth_weekday(whole.first.year, whole.first.month, weekday.value, number)
    if found is not None and found < line.today and parts[-1].kind == "month":
        found = nth_weekday(whole.first.year + 1, whole.first.month, weekday.value, number)
    elif found is not None and found < line.today and parts[-1].kind == "unit" and whole.last is not None:
        found = nth_weekday(whole.last.year, whole.last.month, weekday.value, number)
    return Day(found, "counted") if found else None


@rule("day", "final unit period", "final unit month", "final unit of unit", "final unit unit", "ord unit period",
      "ord unit month", "ord unit of unit", "ord unit unit", "final month", "final of unit", "final unit",
      "final period", name="that day of the month")  # fmt: skip
def _nth_day(line: Line, count: Item, *parts: Item) -> Day | None:
    named = len(parts) > 1 and parts[0].kind == "unit"
    if (named and parts[0].value != "day") or (not named and line.words.language == "en"):
        return None
    whole = _month_of(line, parts[1:] if named else parts)
    if whole is None or whole.first is None or (len(parts) == 1 and parts[0].kind == "unit"
                                               and line.words.language != "it"):  # fmt: skip
        return None
    if count.kind == "final":
        return Day(whole.last - DAY, "counted") if whole.last else None
    wanted = count.value.value
    if not 1 <= wanted <= monthrange(whole.first.year, whole.first.month)[1]:
        return None
    found = whole.first + timedelta(days=wanted - 1)
    if found < line.today and parts[-1].kind == "unit":  # of the month without a name: the next one
        months = 12 if whole.grain == "year" else 1
        found = month_start(whole.first, months) + timedelta(days=wanted - 1)
    return Day(found, "counted")


@rule("days", "ord unit month", "ord unit period", "final unit month", "final unit period", "ord unit of unit",
      "final unit of unit", name="that week of the month")  # fmt: skip
def _nth_week(line: Line, count: Item, unit: Item, *parts: Item) -> Days | Unsure | None:
    """Of a month's weeks many mean those of the calendar."""
    whole = _month_of(line, parts)
    if unit.value not in ("week", "weekend") or whole is None or whole.first is None or whole.last is None:
        return None
    if unit.value == "weekend":
        number = -1 if count.kind == "final" else count.value.value
        saturday = nth_weekday(whole.first.year, whole.first.month, 5, int(number))
        return Days(saturday, saturday + 2 * DAY, "weekend") if saturday else None
    if count.kind == "final":
        return Unsure(Days(whole.last - WEEK, whole.last, "day"), UNSURE)
    first = whole.first + (count.value.value - 1) * WEEK
    return Unsure(Days(first, first + WEEK, "day"), UNSURE) if first < whole.last else None


def _month_of(line: Line, parts: tuple[Item, ...]) -> Days | None:
    last = parts[-1]
    if last.kind == "month":
        return month(line, last.value)
    if last.kind == "year":
        return month(line, parts[0].value, last.value)
    if last.kind == "unit":
        return period(line, last.value, 0) if last.value in ("month", "year") else None
    return last.value if last.value.grain in ("month", "year") else None


@rule("days", "last dur", "final dur", name="the days behind")
def _last_days(line: Line, _last: Item, length: Item) -> Days | None:
    first = ahead(line.today, length.value, -1)
    return Days(first, line.today, "day") if first and not length.value.fine else None


@rule("days", "within dur", name="within that time")
def _within(line: Line, _within: Item, length: Item) -> Days | None:
    last = ahead(line.today, length.value)
    return Days(None, last + DAY, "day") if last and not length.value.fine else None


@rule("days", "next dur", "after_next dur", "coming dur", name="the days ahead")
def _next_days(line: Line, _next: Item, length: Item) -> Days | Unsure | None:
    """From tomorrow on; of weeks and months many mean those of the calendar."""
    last = ahead(line.today, length.value)
    if last is None or length.value.fine:
        return None
    days = Days(line.today + DAY, last + DAY, "day")
    return days if length.value.days < WEEK.days and not length.value.months else Unsure(days, UNSURE)


@rule("days", "period", name="")
def _days(line: Line, whole: Item) -> Days:
    return whole.value  # type: ignore[no-any-return]


@rule("days", "on period", "of period", name="", tight=True)
def _led(line: Line, lead: Item, whole: Item) -> Days:
    return whole.value  # type: ignore[no-any-return]


@rule("days", "ord|hour edge|half of month", "ord|hour edge|half month", "ord|hour edge|half of period",
      "ord|hour edge|half period", "ord|hour edge|half of unit", "ord|hour edge|half unit",
      name="half of it")  # fmt: skip
def _half_of(line: Line, count: Item, edge: Item, *parts: Item) -> Days | None:
    whole = _month_of(line, parts[-1:])
    if (
        whole is None
        or whole.first is None
        or whole.last is None
        or edge.value not in ("middle", "half")
        or count.value.value not in (1, 2)
    ):
        return None
    middle = whole.first + (whole.last - whole.first) // 2
    return Days(whole.first, middle, "day") if count.value.value == 1 else Days(middle, whole.last, "day")
