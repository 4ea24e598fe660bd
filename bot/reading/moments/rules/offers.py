"""One day or hour or another: "Friday at 9 or 11", "il 3 o il 4 dicembre"."""

from __future__ import annotations

from datetime import timedelta

from bot.reading.moments.calendar import coming, day_of_month, monday
from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.rules.pairs import OF_WEEK
from bot.reading.moments.values import HALF_DAY, Clock, Day, Unsure

_ARTICLES = frozenset(("a", "an", "un", "uno"))


@rule("either", "clock|both or h|hm", "h|hm or clock", name="one or the other")
def _either_time(line: Line, first: Item, _or: Item, last: Item) -> Unsure | None:
    """As in "Friday at 9 or 11", "2 or 3 pm"."""
    bare = last if first.kind in ("clock", "both") else first
    behind = line.token(bare.end)
    if behind is not None and behind.text in ("am", "pm"):
        return None
    if bare.value.minute is None or line.is_counted(bare.end, strict=True) or line.tokens[bare.start].text in _ARTICLES:
        return None
    time = bare.value
    if bare is first and last.kids and last.kids[-1].kind in ("am", "pm") and time.free:
        time = Clock(time.minute % HALF_DAY + (HALF_DAY if last.kids[-1].kind == "pm" else 0), False, time.grain)
    said = Item("clock", bare.start, bare.end, time, name="an hour, or another")
    return Unsure((first, said) if bare is last else (said, last), 0.9)


@rule("either", "day or n|ord", "day or the n|ord", name="one or the other")
def _either_number(line: Line, day: Item, *parts: Item) -> tuple[Item, Item] | None:
    """As in "20 March or 21"."""
    number = parts[-1]
    if day.value.sort != "date" or day.value.date is None or line.is_counted(number.end, strict=True):
        return None
    if number.kind == "n" and not number.value.width:
        return None
    value = coming(day.value.date.month, number.value.value, line.today)
    return day, Item("day", number.start, number.end, value, name=day.name)


@rule("either", "weekday or day|both", name="one or the other")
def _either_weekday(line: Line, weekday: Item, _or: Item, last: Item) -> tuple[Item, Item] | None:
    """As in "Tuesday or Wednesday next week"."""
    if last.name != OF_WEEK:
        return None
    other = last.value.date if last.kind == "day" else last.value[0].value.date
    day = Day(monday(other) + timedelta(days=weekday.value), "next")
    return Item("day", weekday.start, weekday.end, day, name=OF_WEEK), last


@rule("either", "n|ord either", "the n|ord either", name="one or the other")
def _either_of_more(line: Line, *parts: Item) -> tuple[Item, Item] | None:
    """As in "The 4th, 5th or 6th of January"."""
    number, others = parts[-2], parts[-1]
    day = others.value[-1]
    if others.name != "one or the other" or day.kind != "day" or day.value.sort not in ("date", "number"):
        return None
    same = coming(day.value.date.month, number.value.value, line.today)
    return Item("day", number.start, number.end, same, name=day.name), others


@rule("either", "n|ord or day", "the n|ord or day", "on n|ord or day", name="one or the other")
def _either_day(line: Line, *parts: Item) -> tuple[Item, Item] | None:
    """As in "3 or 4 December", "il 3 o il 4 dicembre"."""
    number, last = next(part for part in parts if part.kind in ("n", "ord")), parts[-1]
    if last.value.date is None or last.value.sort not in ("date", "number") or not 1 <= number.value.value <= 31:
        return None
    same = last.value.date.month if last.value.sort == "date" else None
    value = coming(same, number.value.value, line.today) if same else day_of_month(number.value.value, line.today)
    return Item("day", number.start, number.end, value, name=last.name), last
