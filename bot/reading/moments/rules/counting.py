"""Days counted from others: "in 3 days", "a week on Friday", "il giorno dopo Natale"."""

from __future__ import annotations

from datetime import timedelta

from bot.reading.moments.calendar import DAY, WEEK, ahead, monday
from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.rules.weekdays import UNSURE, near
from bot.reading.moments.values import AFTERWARDS, ONE_AFTER, Day, Duration, Instant, Unsure

_DAYLIKE = frozenset(("weekday", "month", "day_word", "holiday", "n", "ord", "tens", "the", "this", "next", "last",
                      "unit", "final", "coming", "after_next", "season"))  # fmt: skip
"""Kinds of words with which a day begins."""


def after(line: Line, length: Duration, sign: int = 1) -> Day | Instant | None:
    """So long from now: an instant if counted in hours, else a day."""
    if length.fine:
        day = ahead(line.today, length._replace(minutes=0), sign)
        if day is None or length.minutes > 60 * 24 * 366:
            return None
        at = line.now + (day - line.today) + sign * timedelta(minutes=length.minutes)
        return Instant(at.replace(second=0, microsecond=0))
    day = ahead(line.today, length, sign)
    return Day(day, "counted") if day else None


@rule("day", "in dur", "dur hence", "in dur hence", name="that long from now")
def _in(line: Line, *parts: Item) -> Day | None:
    made = after(line, _length(parts))
    return made if isinstance(made, Day) else None


@rule("instant", "in dur", "dur hence", "in dur hence", name="that long from now")
def _in_hours(line: Line, *parts: Item) -> Instant | None:
    made = after(line, _length(parts))
    return made if isinstance(made, Instant) else None


@rule("day", "in unit", name="that long from now")
def _in_one(line: Line, _in: Item, unit: Item) -> Day | None:
    known = line.words.language == "pl" and _one(unit) != Duration()
    made = after(line, _one(unit)) if known else None
    return made if isinstance(made, Day) else None


@rule("instant", "in unit", name="that long from now")
def _in_one_hour(line: Line, _in: Item, unit: Item) -> Instant | None:
    made = after(line, _one(unit)) if line.words.language == "pl" and unit.value in ("hour", "minute") else None
    return made if isinstance(made, Instant) else None


@rule("day", "dur ago", "unit ago", name="that long ago")
def _ago(line: Line, length: Item, _ago: Item) -> Day | None:
    made = after(line, length.value if length.kind == "dur" else _one(length), -1)
    return made if isinstance(made, Day) else None


@rule("day", "dur ago day", "dur ago on day", "unit ago day", "weekday of dur ago", "weekday dur ago",
      name="that long ago")  # fmt: skip
def _day_ago(line: Line, *parts: Item) -> Day | Unsure | None:
    """As in "A year ago today", "two weeks ago on Monday"."""
    length = next(part.value if part.kind == "dur" else _one(part) for part in parts if part.kind in ("dur", "unit"))
    made = after(line, length, -1)
    day = parts[0] if parts[0].kind == "weekday" else parts[-1]
    if not isinstance(made, Day) or made.date is None or length.fine:
        return None
    if day.kind == "day" and day.value.date == line.today:
        return made
    weekday: int | None = day.value if day.kind == "weekday" else None
    if day.kind == "day" and day.value.sort == "weekday":
        weekday = day.value.date.weekday()
    if weekday is None or not length.days or length.days % 7:
        return None
    return Unsure(Day(monday(made.date) + timedelta(days=weekday), "counted"), 0.6)


@rule("instant", "dur ago", "unit ago", name="that long ago")
def _hours_ago(line: Line, length: Item, _ago: Item) -> Instant | None:
    made = after(line, length.value if length.kind == "dur" else _one(length), -1)
    return made if isinstance(made, Instant) else None


@rule("day", "in unit and dur", "in unit dur", name="that long from now")
def _in_one_and_more(line: Line, _in: Item, unit: Item, *parts: Item) -> Day | None:
    """As in "Za miesiąc i dziesięć dni"."""
    one, more = _one(unit), parts[-1].value
    if line.words.language != "pl" or one == Duration() or one.fine or more.fine or more.workdays:
        return None
    made = after(line, Duration(months=one.months + more.months, days=one.days + more.days))
    return made if isinstance(made, Day) else None


@rule("day", "dur on day", "dur day", "dur from day", "in dur from day", "in dur day", "in dur on day", "day in dur",
      "from day in dur", "in unit on day", "in unit day", "day in unit", "from day in unit", "in unit from day",
      name="that long from that day")  # fmt: skip
def long_from(line: Line, *parts: Item) -> Day | Unsure | None:
    """As in "A week on Friday", "domani fra una settimana", "w piątek za tydzień"."""
    day: Day = next(part.value for part in parts if part.kind == "day")
    unit = next((part for part in parts if part.kind == "unit"), None)
    length = _one(unit) if unit is not None else _length(parts)
    weeks = length.days and length.days % 7 == 0 and not length.fine
    if unit is not None and line.words.language != "pl":
        return None
    if day.date is None or length.fine or (day.sort not in ("weekday", "relative") and parts[0].kind not in ("dur",)):
        return None
    if not any(part.kind in ("from", "in") for part in parts) and (not weeks or day.sort == "counted"):
        return None
    base = line.today if line.today in day.others else day.date
    found = ahead(base, length)
    if found is None:
        return None
    far = day.sort == "weekday" and parts[0].kind in ("in", "day") and base >= monday(line.today) + WEEK
    other = ahead(day.date, length) if base != day.date else found - WEEK if far else None
    return Unsure(Day(found, "counted", (other,)), UNSURE) if other is not None else Day(found, "counted")


@rule("day", "day unit", "weekday unit", name="a week after")
def _week_behind(line: Line, day: Item, unit: Item) -> Day | None:
    """As in "Friday week", "tomorrow week"."""
    if line.words.language != "en" or unit.value != "week" or line.tokens[unit.start].text != "week":
        return None
    if day.kind == "weekday":
        return Day(near(line, day.value) + WEEK, "counted")
    return Day(day.value.date + WEEK, "counted") if day.value.sort == "relative" and day.value.date else None


@rule("day", "weekday dur", name="a fortnight after", tight=True)
def _fortnight_behind(line: Line, weekday: Item, length: Item) -> Day | None:
    """As in "Tuesday fortnight"."""
    one_word = length.end - length.start == 1 and length.value.days == 2 * WEEK.days
    return Day(near(line, weekday.value) + 2 * WEEK, "counted") if one_word else None


@rule("day", "day week_hence", "weekday week_hence", name="a week after")
def _at_eight(line: Line, day: Item, _hence: Item) -> Day | None:
    base = near(line, day.value) if day.kind == "weekday" else day.value.date
    return Day(base + WEEK, "counted") if base else None


@rule("day", "day fortnight_hence", name="a fortnight after")
def _at_fifteen(line: Line, day: Item, _hence: Item) -> Day | None:
    return Day(day.value.date + 2 * WEEK, "counted") if day.value.date else None


@rule("day", "dur after day", "unit after day", "dur following day", "unit following day", name="after that day")
def _after(line: Line, length: Item, _after: Item, day: Item) -> Day | Unsure | None:
    return _apart(line, length, day.value, 1)


@rule("day", "dur before day", "unit before day", name="before that day")
def _before(line: Line, length: Item, _before: Item, day: Item) -> Day | Unsure | None:
    return _apart(line, length, day.value, -1)


@rule("day", "weekday before day", "day before day", "last|final weekday before day", name="the weekday before")
def _weekday_before(line: Line, *parts: Item) -> Day | None:
    weekday, day = parts[-3], parts[-1]
    wanted = weekday.value if weekday.kind == "weekday" else weekday.value.date.weekday()
    if day.value.date is None or (weekday.kind == "day" and weekday.value.sort != "weekday"):
        return None
    return Day(day.value.date - timedelta(days=(day.value.date.weekday() - wanted - 1) % 7 + 1), "counted")


@rule("day", "weekday after|following day", "ord|hour weekday after|following day", name="the weekday after")
def _weekday_after(line: Line, *parts: Item) -> Day | None:
    """As in "The Saturday after Easter", "the third Tuesday after Christmas"."""
    weekday, day = parts[-3], parts[-1]
    if day.value.date is None:
        return None
    count = parts[0].value.value if len(parts) == 4 else 1
    first = day.value.date + timedelta(days=(weekday.value - day.value.date.weekday() - 1) % 7 + 1)
    return Day(first + WEEK * (count - 1), "counted") if 1 <= count <= 60 else None


@rule("day", "unit after", "following unit", "unit following", "next unit", "after_next unit", name="the day after")
def _day_after(line: Line, *parts: Item) -> Unsure | None:
    """As in "Not tomorrow but the day after": the day after the one that was spoken of, else after today."""
    unit = next(part for part in parts if part.kind == "unit")
    behind = line.token(parts[-1].end)
    after = next((part for part in parts if part.kind == "after"), None)
    kinds = {entry.kind for entry in line.words.entries.get(behind.text, ())} if behind is not None else set()
    more = (behind is not None and behind.kind == "figure") or (bool(kinds & _DAYLIKE) and not kinds & {"at", "or"})
    if unit.value != "day" or (after is not None and (more or after.value not in ("after", "dopo", "po"))):
        return None
    return Unsure(Day(line.today + DAY, AFTERWARDS), UNSURE)


@rule("day", "one_after", name="the one after")
def _one_after(line: Line, _words: Item) -> Unsure:
    """As in "Not this Friday, the one after"."""
    return Unsure(Day(line.today + WEEK, ONE_AFTER), UNSURE)


def _apart(line: Line, length: Item, day: Day, sign: int) -> Day | Unsure | None:
    if length.kind == "unit" and length.value != "day" and line.words.language != "pl":
        return None
    away: Duration = length.value if length.kind == "dur" else _one(length)
    found = ahead(day.date, away, sign) if day.date and not away.fine and away != Duration() else None
    if found is None:
        return None
    which_year = day.sort == "holiday" and away.months >= 12
    return Unsure(Day(found, "counted"), UNSURE) if which_year else Day(found, "counted")


def _length(parts: tuple[Item, ...]) -> Duration:
    return next(part.value for part in parts if part.kind == "dur")  # type: ignore[no-any-return]


def _one(unit: Item) -> Duration:
    """One of a unit."""
    lengths = {"day": Duration(days=1), "week": Duration(days=7), "month": Duration(months=1)}
    lengths |= {"year": Duration(months=12), "hour": Duration(minutes=60, fine=True)}
    lengths["minute"] = Duration(minutes=1, fine=True)
    return lengths.get(unit.value, Duration())
