"""Numbers of several words, ordinals, and lengths of time."""

from __future__ import annotations

from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.values import Duration, Number

_MONTHS = {"month": 1, "year": 12, "decade": 120}
_MINUTES = {"hour": 60, "minute": 1, "second": 1 / 60}


@rule("n", "tens", name="number")
def _tens(line: Line, tens: Item) -> Number:
    return Number(tens.value, 0)


@rule("n", "tens n", "tens dash n", name="number", tight=True)
def _tens_and_ones(line: Line, *parts: Item) -> Number | None:
    ones: Number = parts[-1].value
    return Number(parts[0].value + ones.value, 0) if 0 < ones.value < 10 and not ones.width else None


@rule("ord", "n nth", name="ordinal", tight=True)
def _ordinal(line: Line, number: Item, ending: Item) -> Number | None:
    return number.value if number.value.width and line.glued(ending.start) else None


@rule("ord", "n dash nth", name="ordinal", tight=True)
def _dashed_ordinal(line: Line, number: Item, _dash: Item, ending: Item) -> Number | None:
    return number.value if number.value.width and line.glued(ending.start) else None


@rule("hour", "n nth_hour", "n dash nth_hour", name="hour", tight=True)
def _hour(line: Line, number: Item, *ending: Item) -> Number | None:
    return number.value if number.value.width and line.glued(ending[-1].start) else None


def length(count: float, unit: str) -> Duration | None:
    """So many units; None if they are no length of time, or half of one that has no half."""
    if unit in _MINUTES:
        return Duration(minutes=int(count * _MINUTES[unit]), fine=True)
    if unit == "week":
        return Duration(days=int(7 * count))
    if unit == "day":
        return Duration(days=int(count), minutes=int(count % 1 * 24 * 60), fine=bool(count % 1))
    if unit == "quarter":
        unit, count = "month", 3 * count
    if unit in _MONTHS:
        months = count * _MONTHS[unit]
        return Duration(months=int(months), days=15 if months % 1 == 0.5 else 0)
    if unit == "workday" and count == int(count):
        return Duration(workdays=int(count))
    return None


@rule("dur", "n|count unit", name="length", tight=True)
def _length(line: Line, count: Item, unit: Item) -> Duration | None:
    return length(float(count.value.value), unit.value)


@rule("dur", "decimal unit", name="length")
def _decimal(line: Line, count: Item, unit: Item) -> Duration | None:
    return length(count.value, unit.value)


@rule("dur", "n half unit", "n and half unit", name="length")
def _length_and_half(line: Line, count: Item, *rest: Item) -> Duration | None:
    return length(count.value.value + 0.5, rest[-1].value)


@rule("dur", "n unit half", "n unit and half", "unit half", name="length")
def _half_behind(line: Line, *parts: Item) -> Duration | None:
    count, unit = (parts[0].value.value, parts[1]) if parts[0].kind == "n" else (1, parts[0])
    return length(count + 0.5, unit.value)


@rule("dur", "half unit", name="length")
def _half(line: Line, _half: Item, unit: Item) -> Duration | None:
    return length(0.5, unit.value) if unit.value == "hour" else None


@rule("dur", "half_more unit", name="length")
def _one_and_half(line: Line, _words: Item, unit: Item) -> Duration | None:
    """As in "Półtora tygodnia"."""
    return length(1.5, unit.value)


@rule("dur", "dur dur", "dur and dur", name="length")
def _sum(line: Line, first: Item, *rest: Item) -> Duration | None:
    """As in "Two weeks and three days": the longer one first."""
    one, other = first.value, rest[-1].value
    if not _size(one) > _size(other) > 0 or (other.fine and one.fine and one.minutes % 60):
        return None
    return Duration(one.months + other.months, one.days + other.days, one.minutes + other.minutes,
                    one.fine or other.fine)  # fmt: skip


def _size(length: Duration) -> int:
    """Which kind of unit the last piece of a length has: minutes, hours, days, weeks, months, years."""
    if length.workdays:
        return 0
    if length.fine:
        return 1 if length.minutes % 60 else 2
    if length.days:
        return 3 if length.days % 7 else 4
    return 5 if length.months % 12 else 6
