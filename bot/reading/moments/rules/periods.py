"""Weeks, weekends, months, years and their beginnings and ends."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta

from bot.reading.moments.calendar import DAY, WEEK, monday, month_start
from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.rules.weekdays import UNSURE
from bot.reading.moments.values import Days, Unsure


def period(line: Line, unit: str, away: int) -> Days | None:
    """This (0), the next (1) or the last (-1) week, weekend, month or year."""
    today = line.today
    try:
        if unit == "week":
            first = monday(today) + away * WEEK
            return Days(first, first + WEEK, "week")
        if unit == "weekend":
            first = monday(today) + away * WEEK + timedelta(days=5)
            return Days(first, first + 2 * DAY, "weekend")
        if unit == "month":
            return Days(month_start(today, away), month_start(today, away + 1), "month")
        if unit == "quarter":
            first = month_start(today.replace(month=(today.month - 1) // 3 * 3 + 1), 3 * away)
            return Days(first, month_start(first, 3), "quarter")
        if unit == "year":
            return Days(date(today.year + away, 1, 1), date(today.year + away + 1, 1, 1), "year")
    except (ValueError, OverflowError):
        pass
    return None


@rule("period", "this unit", name="this one")
def _this(line: Line, _this: Item, unit: Item) -> Days | None:
    return period(line, unit.value, 0)


@rule("period", "next unit", "unit next", "after_next unit", "following unit", "unit following", "unit after_next",
      "next day_word", name="the next one")  # fmt: skip
def _next(line: Line, *parts: Item) -> Days | Unsure | None:
    unit = next((part.value for part in parts if part.kind == "unit"), "")
    if unit == "weekend":
        this, following = period(line, unit, 0), period(line, unit, 1)
        if this is None or following is None or this.first is None or following.first is None:
            return None
        likely, other = (this, following) if line.words.language == "it" else (following, this)
        return Unsure(likely._replace(others=(other.first,) if other.first else ()), UNSURE)
    skips = any(part.kind == "after_next" for part in parts) and line.words.language != "pl"
    return period(line, unit, 2 if skips else 1)


@rule("period", "coming unit", name="this one")
def _coming(line: Line, _coming: Item, unit: Item) -> Days | None:
    return period(line, unit.value, 0 if unit.value == "weekend" else 1)


@rule("period", "unit after next", "unit following next", "unit after following", name="the one after next")
def _after_next(line: Line, unit: Item, *_rest: Item) -> Days | None:
    return period(line, unit.value, 2)


@rule("period", "unit after", name="the one after")
def _after(line: Line, unit: Item, after: Item) -> Days | None:
    """As in "Can I move it to the week after?"."""
    behind = line.token(after.end)
    ends = behind is None or (behind.kind != "figure" and behind.text not in line.words.entries)
    fits = line.words.language != "pl" and str(after.value) in ("after", "dopo")
    return period(line, unit.value, 1) if ends and fits and unit.value in ("week", "month", "weekend", "year") else None


@rule("period", "last unit", "unit last", "this last unit", name="the last one")
def _last(line: Line, *parts: Item) -> Days | None:
    return period(line, next(part.value for part in parts if part.kind == "unit"), -1)


@rule("period", "final unit", "unit final", name="the last one", tight=True)
def _final(line: Line, *parts: Item) -> Days | None:
    """As in "L'ultima settimana", where no month follows."""
    unit = next(part.value for part in parts if part.kind == "unit")
    return None if line.words.language == "en" or unit == "day" else period(line, unit, -1)


@rule("period", "unit of day", "unit day", "on unit of day", name="the week of that day")
def _week_of(line: Line, *parts: Item) -> Days | Unsure | None:
    unit, day = (next(part for part in parts if part.kind == kind) for kind in ("unit", "day"))
    if (
        unit.value not in ("week", "weekend")
        or day.value.date is None
        or day.value.sort not in ("date", "holiday", "number")
    ):
        return None
    return _week_with(day.value.date, unit.value)


def _week_with(day: date, unit: str) -> Days | Unsure:
    """The week of a day, or its weekend; of a Sunday many mean the week that begins with it."""
    first = monday(day)
    if unit == "weekend":
        return Days(first + 5 * DAY, first + WEEK, "weekend")
    if day.weekday() == 6:
        return Unsure(Days(day + DAY, day + DAY + WEEK, "week", (first,)), UNSURE)
    return Days(first, first + WEEK, "week")


@rule("period", "week_of day", "week_of the n", name="the week of that day")
def _week_from(line: Line, _words: Item, *parts: Item) -> Days | Unsure | None:
    """As in "The week commencing 7 December"."""
    day = parts[-1].value.date if parts[-1].kind == "day" else None
    return _week_with(day, "week") if day is not None else None


@rule("period", "unit after day", "unit before day", name="the week beside that day")
def _beside(line: Line, unit: Item, side: Item, day: Item) -> Days | None:
    if unit.value != "week" or day.value.date is None:
        return None
    first = monday(day.value.date) + (WEEK if side.kind == "after" else -WEEK)
    return Days(first, first + WEEK, "week")


@rule("period", "quarter_of n", "quarter_of n year", "ord|roman unit", "ord|roman unit year", "ord|roman unit of year",
      "fraction unit", "fraction unit year", name="quarter")  # fmt: skip
def _quarter(line: Line, lead: Item, *parts: Item) -> Days | None:
    if lead.kind == "fraction":  # Italian's "quarto" is a fourth, too
        number = 4 if lead.value == 15 and line.words.language == "it" else 0
    else:
        number = parts[0].value.value if lead.kind == "quarter_of" else lead.value.value
    if not 1 <= number <= 4 or (lead.kind != "quarter_of" and parts[0].value != "quarter"):
        return None
    year = parts[-1].value if parts[-1].kind == "year" else line.today.year
    first = date(year, 3 * int(number) - 2, 1)
    return Days(first, month_start(first, 3), "quarter")


@rule("period", "unit in dur", "unit dur hence", name="the weekend that long from now")
def _weekend_in(line: Line, unit: Item, *parts: Item) -> Days | None:
    """As in "The weekend in two weeks"."""
    length = next(part.value for part in parts if part.kind == "dur")
    whole = unit.value == "weekend" and length.days and length.days % 7 == 0 and not length.fine
    return period(line, "weekend", length.days // 7) if whole else None


@rule("period", "in n unit", "n unit hence", name="the weekend that far from now")
def _weekends_away(line: Line, *parts: Item) -> Unsure | None:
    """As in "Two weekends from now"; many count without the coming one."""
    count, unit = (next(part.value for part in parts if part.kind == kind) for kind in ("n", "unit"))
    if unit != "weekend" or not 1 <= count.value <= 60:
        return None
    whole, other = period(line, unit, count.value - 1), period(line, unit, count.value)
    return Unsure(whole._replace(others=(other.first,)), UNSURE) if whole and other and other.first else None


@rule("period", "unit", name="the weekend")
def _weekend(line: Line, unit: Item) -> Days | None:
    return period(line, "weekend", 0) if unit.value == "weekend" else None


# --- months and years -------------------------------------------------------------------------------------------------


def month(line: Line, number: int, year: int | None = None) -> Days:
    """A month of a year, or the next such month, this one included."""
    if year is None:
        year = line.today.year + (number < line.today.month)
    first = date(min(max(year, 1), MAXYEAR - 1), number, 1)
    return Days(first, month_start(first, 1), "month")


@rule("period", "month", name="month")
def _month(line: Line, name: Item) -> Unsure | Days | None:
    """A month's name alone, or one that something leads to; in a longer sentence it may be somebody's name."""
    if line.is_whole(name) and "weekday" not in line.items[name.start]:
        return Unsure(month(line, name.value), 1.0 if name.sure >= 0.9 else 3.0)
    return None


@rule("period", "on month", "unit of month", "unit month", "of month", name="month")
def _led_month(line: Line, *parts: Item) -> Days | Unsure | None:
    lead, name = parts[0], parts[-1]
    if lead.kind == "unit" and lead.value != "month":
        return None
    following = line.token(name.end)
    if following is not None and (following.text in (*line.words.street, "s") or following.kind == "figure"):
        return None
    if lead.kind == "on" and lead.value in ("il", "la", "lo", "l", "the", "dla", "questo", "come"):
        return None
    soft = name.sure < 0.9 and lead.value not in ("in", "a", "w", "we", "this", "ad", "di")
    return None if soft else month(line, name.value)


@rule("period", "month year", name="month")
def _month_year(line: Line, name: Item, year: Item) -> Days:
    return month(line, name.value, year.value)


@rule("period", "next month", "month next", "after_next month", name="month")
def _next_month(line: Line, *parts: Item) -> Days:
    number = next(part.value for part in parts if part.kind == "month")
    found = month(line, number)
    return month(line, number, line.today.year + 1) if found.first == month_start(line.today) else found


@rule("period", "this month", "coming month", name="month")
def _this_month(line: Line, _this: Item, name: Item) -> Days:
    return month(line, name.value)


@rule("period", "last month", "month last", name="month")
def _last_month(line: Line, *parts: Item) -> Days:
    number = next(part.value for part in parts if part.kind == "month")
    return month(line, number, line.today.year - (number >= line.today.month))


@rule("period", "on year", "unit year", "of year", name="year")
def _year(line: Line, lead: Item, year: Item) -> Days | None:
    if lead.kind == "unit" and lead.value != "year":
        return None
    if lead.kind == "on" and lead.value not in ("in", "nel", "w", "for", "per", "na", "during"):
        return None
    return (
        None
        if line.is_counted(year.end, strict=False)
        else Days(date(year.value, 1, 1), date(year.value + 1, 1, 1), "year")
    )
