"""A day said twice, or with a number behind it that is its date or an hour of it."""

from __future__ import annotations

from datetime import timedelta

from bot.reading.moments.calendar import DAY, day_of_month, month_start
from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.rules.counting import long_from
from bot.reading.moments.rules.halves import within
from bot.reading.moments.rules.weekdays import UNSURE, near
from bot.reading.moments.values import Clock, Day, Days, Hours, Number, Unsure

_LOOSE = ("weekday", "relative")
OF_WEEK = "weekday of that week"
_PARTY = 12
"""Up to so many a number before an hour may be one of people."""


@rule("day", "day day", name="named twice")
def _both(line: Line, first: Item, last: Item) -> Day | Unsure | None:
    """As in "martedì 24 novembre": the exact day counts, the loose one confirms it, or both are told."""
    if first.name == "named twice" or (last.name == "named twice" and not _again(first, last)):
        return None
    loose, exact = first.value, last.value
    if exact.sort in _LOOSE and loose.sort not in _LOOSE:
        loose, exact = exact, loose
        if loose.date is None or exact.date is None or loose.date.weekday() != exact.date.weekday():
            return None
    if loose.sort not in _LOOSE or exact.sort in ("this", "next", "last", "counted"):
        return None
    return _confirmed(line, loose, exact)


def _again(first: Item, last: Item) -> bool:
    """As in "domani, martedì 24 novembre"."""
    return bool(first.value.date == last.value.date and last.end - first.start <= 12)


def _confirmed(line: Line, loose: Day, exact: Day) -> Day | Unsure | None:
    if exact.date is None or loose.date is None:
        return exact
    if loose.date == exact.date or loose.date.weekday() == exact.date.weekday():
        return exact if loose.sort != "relative" or loose.date == exact.date else None
    if loose.sort == "relative" or exact.sort in _LOOSE:
        return None
    agreeing = _agreeing(line, exact, loose.date.weekday())
    if agreeing is not None:
        return agreeing
    return Unsure(exact._replace(others=(*exact.others, loose.date)), UNSURE)


def _agreeing(line: Line, exact: Day, weekday: int) -> Day | Unsure | None:
    """The other meaning of digits that falls on the weekday, or the month in which the number does."""
    for day in exact.others:
        if day.weekday() == weekday:
            return Day(day, exact.sort)
    if exact.sort == "number" and exact.date is not None:
        for months in range(1, 12):
            first = month_start(line.today, months)
            found = day_of_month(exact.date.day, first).date
            if found is not None and found.weekday() == weekday:
                return Unsure(Day(found, "number", (exact.date,)), 0.6 if months < 3 else UNSURE)
    return None


@rule("day", "weekday n", "weekday the n", name="weekday and number", tight=True)
def _weekday_number(line: Line, weekday: Item, *parts: Item) -> Day | Unsure | None:
    """A number behind a weekday is its date if they agree ("martedì 24"), else something else, perhaps an hour."""
    number = parts[-1].value
    behind = line.token(parts[-1].end)
    if number.width == 0 or line.is_counted(parts[-1].end, strict=True):
        return None
    if behind is not None and behind.text in ("am", "pm", ":", "-", *(("h",) if line.glued(parts[-1].end) else ())):
        return None
    day = day_of_month(number.value, line.today)
    if day.date is None or day.date.weekday() != weekday.value:
        return None
    coming_one = near(line, weekday.value)
    if day.date not in (coming_one, line.today) and 7 <= number.value <= 20 and len(parts) == 1:
        return Unsure(day._replace(others=(coming_one,)), 0.8)
    return day


@rule("both", "day h", "day hm", "day hhmm", "day pair", "pair day", name="day and time")
def _day_and_time(line: Line, *parts: Item) -> Unsure | None:
    """As in "Tomorrow 10", "venerdì 9,30", "Friday 2-4": a number behind a day is an hour of it."""
    day, time = (parts[1], parts[0]) if parts[1].kind == "day" else parts
    if any(line.tokens[index].kind != "sign" for index in range(parts[0].end, parts[1].start)):
        return None
    number = day.value.sort in ("date", "number", "holiday") and time.kind in ("h", "pair", "hhmm")
    if number or (time.end > day.end and line.is_counted(time.end, strict=True)) or day.sure < 0.3:
        return None
    if time.kind == "pair":
        hours = as_hours(time.value)
        return Unsure((day, Item("hours", time.start, time.end, hours)), 0.8) if hours else None
    if time.value.minute is None or (
        time.kids[:1] and time.kids[0].kids == () and time.kids[0].kind == "n" and not time.kids[0].value.width
    ):
        return None
    return Unsure((day, Item("clock", time.start, time.end, time.value, name="hour behind a day")), 0.75)


@rule("both", "n clock", name="day and time")
def _number_and_time(line: Line, number: Item, time: Item) -> Unsure | None:
    """As in "22 o szóstej": a number that begins a text, before an hour that says it is one."""
    if line.whole[0] != number.start or not number.value.width or time.kids[:1] == () or time.kids[0].kind != "at":
        return None
    day = day_of_month(number.value.value, line.today)
    small = number.value.value <= _PARTY
    if day.date is None or (small and line.words.language != "pl") or time.start != number.end:
        return None
    return Unsure((Item("day", number.start, number.end, day), time), UNSURE if small else 0.75)


@rule("both", "day|days h to h|hm|clock", name="day and time")
def _day_and_hours(line: Line, day: Item, first: Item, to: Item, last: Item) -> Unsure | None:
    """As in "Thursday 9 to 5"."""
    if (
        (day.kind == "day" and day.value.sort not in _LOOSE)
        or first.start != day.end
        or line.is_counted(last.end, strict=True)
    ):
        return None
    if first.value.minute is None or last.value.minute is None or first.value == last.value:
        return None
    date = day_of_month(first.value.minute // 60, line.today).date
    if (
        day.kind == "day"
        and line.words.language != "en"
        and date is not None
        and date.weekday() == day.value.date.weekday()
    ):
        return None  # "lunedì 7 alle 17"
    return Unsure((day, Item("hours", first.start, last.end, Hours(first.value, last.value))), 0.8)


@rule("both", "day part|clock|hours day", name="named twice")
def _around_time(line: Line, first: Item, time: Item, last: Item) -> tuple[Item, Item] | None:
    """As in "Sabato pomeriggio 25 marzo", "Friday at 9 on the 23rd"."""
    day = _both(line, first, last)
    if not isinstance(day, Day):
        return None
    return Item("day", first.start, first.end, day, name="named twice"), _up_to(time, last)


@rule("both", "day part|clock|hours in dur", "day part|clock|hours in unit", name="that long from that day")
def _time_between_length(line: Line, day: Item, time: Item, *length: Item) -> Unsure | None:
    """As in "Tuesday at 3 in two weeks"."""
    found = long_from(line, day, *length)
    if found is None:
        return None
    value, sure = (found.value, found.sure) if isinstance(found, Unsure) else (found, 1.0)
    said = Item("day", day.start, day.end, value, name="that long from that day")
    return Unsure((said, _up_to(time, length[-1])), sure)


@rule("both", "weekday part|clock|hours period", "weekday part|clock|hours on|of period", name=OF_WEEK)
def _time_between(line: Line, weekday: Item, time: Item, *parts: Item) -> tuple[Item, Item] | None:
    """As in "Friday morning next week"."""
    week: Days = parts[-1].value
    if week.grain != "week" or week.first is None or (time.kind == "clock" and time.value.minute is None):
        return None
    day = Day(week.first + timedelta(days=weekday.value), "next")
    return Item("day", weekday.start, weekday.end, day, name=OF_WEEK), _up_to(time, parts[-1])


def _up_to(time: Item, last: Item) -> Item:
    """A time with what else of the day stands behind it."""
    return Item(time.kind, time.start, last.end, time.value, time.sure, time.name, time.kids)


@rule("both", "h on day", name="day and time")
def _hour_on(line: Line, hour: Item, on: Item, day: Item) -> Unsure | None:
    """As in "12 on Friday", where that is all that was written."""
    number = hour.kids[0] if hour.kids else hour
    if not line.is_whole(hour, day) or on.value != "on" or not number.value.width or hour.value.minute is None:
        return None
    return Unsure((day, Item("clock", hour.start, hour.end, hour.value)), 0.6)


def as_hours(pair: tuple[Number, Number]) -> Hours | None:
    """9-11 as a stretch of the day."""
    first, last = pair
    if first.value > 24 or last.value > 24 or first.value == last.value:
        return None
    return Hours(_hour(first), _hour(last))


def _hour(number: Number) -> Clock:
    return Clock(number.value * 60, 1 <= number.value < 12)


@rule("both", "h|hm|hhmm|clock day_word part", "last part", "part last", name="day and time")
def _spoken(line: Line, *parts: Item) -> tuple[Item, Item] | None:
    """As in "Eight tonight", "last night"."""
    if len(parts) == 3:
        if parts[0].name == "to":
            return None  # "from 5 to 7 tonight"
        time = within(parts[0].value, parts[2].value)
        if time is None:
            return None
        day = Day(line.today + timedelta(days=parts[1].value), "relative")
        return Item("day", parts[1].start, parts[1].end, day), Item("clock", parts[0].start, parts[2].end, time)
    last, part = sorted(parts, key=lambda one: one.kind == "part")
    return Item("day", last.start, last.end, Day(line.today - DAY, "relative")), part
