"""Days: weekdays, dates, holidays, and days counted from others."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from bot.reading.moments import holy
from bot.reading.moments.calendar import DAY, WEEK, ahead, coming, day_of_month, monday, month_start, written_date
from bot.reading.moments.chart import Item, Line, rule
from bot.reading.moments.rules.clocks import within
from bot.reading.moments.vocabulary import DOUBT
from bot.reading.moments.values import NO_SUCH_DAY, Clock, Day, Days, Duration, Hours, Instant, Number, Unsure

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


@rule("day", "last weekday", "weekday last", "final weekday", name="the last weekday")
def _last(line: Line, *parts: Item) -> Day:
    weekday = next(part.value for part in parts if part.kind == "weekday")
    return Day(near(line, weekday) - WEEK - (WEEK if near(line, weekday) - line.today == WEEK else 0 * DAY), "last")


@rule("day", "weekday period", "period weekday", "on weekday period", "period on weekday", name="weekday of that week")
def _of_week(line: Line, *parts: Item) -> Day | None:
    weekday = next(part.value for part in parts if part.kind == "weekday")
    period: Days = next(part.value for part in parts if part.kind == "period")
    return Day(period.first + timedelta(days=weekday), "next") if period.grain == "week" and period.first else None


@rule("day", "in n weekday", name="weekdays from now")
def _nth_coming(line: Line, _in: Item, count: Item, weekday: Item) -> Day | None:
    if not 1 < count.value.value < 60:
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


@rule("day", "n n year", "n ord year", name="date", tight=True)
def _spaced(line: Line, day: Item, month: Item, year: Item) -> Day | None:
    """"15. 2. 2027"."""
    points = all(line.tokens[one.end].text == "." for one in (day, month))
    return written_date(year.value, int(month.value.value), int(day.value.value)) if points else None


@rule("both", "h day_word part", "last part", "part last", name="day and time")
def _spoken(line: Line, *parts: Item) -> tuple[Item, Item] | None:
    """"Eight tonight", "last night"."""
    if parts[0].kind == "h":
        time = within(parts[0].value, parts[2].value)
        if time is None:
            return None
        day = Day(line.today + timedelta(days=parts[1].value), "relative")
        return Item("day", parts[1].start, parts[1].end, day), Item("clock", parts[0].start, parts[2].end, time)
    last, part = sorted(parts, key=lambda one: one.kind == "part")
    return Item("day", last.start, last.end, Day(line.today - DAY, "relative")), part


@rule("day", "day_word", name="counted from today")
def _word(line: Line, word: Item) -> Day:
    return Day(line.today + timedelta(days=word.value), "relative")


# --- counting ---------------------------------------------------------------------------------------------------------


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


@rule("instant", "dur ago", name="that long ago")
def _hours_ago(line: Line, length: Item, _ago: Item) -> Instant | None:
    made = after(line, length.value, -1)
    return made if isinstance(made, Instant) else None


@rule("day", "dur on day", "dur day", "dur from day", "in dur from day", "in dur day", "in dur on day", "day in dur",
      "from day in dur", "in unit on day", "in unit day", "day in unit", "from day in unit", "in unit from day",
      name="that long from that day")  # fmt: skip
def _from(line: Line, *parts: Item) -> Day | Unsure | None:
    """ "A week on Friday", "domani fra una settimana", "w piątek za tydzień"."""
    day: Day = next(part.value for part in parts if part.kind == "day")
    unit = next((part for part in parts if part.kind == "unit"), None)
    if unit is not None and line.words.language != "pl":
        return None
    length = _one(unit) if unit is not None else _length(parts)
    weeks = length.days and length.days % 7 == 0 and not length.fine
    if day.date is None or length.fine or (day.sort not in ("weekday", "relative") and parts[0].kind not in ("dur",)):
        return None
    if not weeks and not any(part.kind in ("from", "in") for part in parts):
        return None
    base = line.today if line.today in day.others else day.date
    found = ahead(base, length)
    if found is None:
        return None
    if day.sort == "weekday" and parts[0].kind in ("in", "day") and base >= monday(line.today) + WEEK:
        return Unsure(Day(found, "counted", (found - WEEK,)), UNSURE)
    return Day(found, "counted")


@rule("day", "day unit", "weekday unit", name="a week after")
def _week_behind(line: Line, day: Item, unit: Item) -> Day | None:
    """ "Friday week", "tomorrow week"."""
    if line.words.language != "en" or unit.value != "week" or line.tokens[unit.start].text != "week":
        return None
    if day.kind == "weekday":
        return Day(near(line, day.value) + WEEK, "counted")
    return Day(day.value.date + WEEK, "counted") if day.value.sort == "relative" and day.value.date else None


@rule("day", "day week_hence", "weekday week_hence", name="a week after")
def _at_eight(line: Line, day: Item, _hence: Item) -> Day | None:
    base = near(line, day.value) if day.kind == "weekday" else day.value.date
    return Day(base + WEEK, "counted") if base else None


@rule("day", "day fortnight_hence", name="a fortnight after")
def _at_fifteen(line: Line, day: Item, _hence: Item) -> Day | None:
    return Day(day.value.date + 2 * WEEK, "counted") if day.value.date else None


@rule("day", "dur after day", "unit after day", "dur following day", "unit following day", name="after that day")
def _after(line: Line, length: Item, _after: Item, day: Item) -> Day | None:
    return _apart(length, day.value, 1)


@rule("day", "dur before day", "unit before day", name="before that day")
def _before(line: Line, length: Item, _before: Item, day: Item) -> Day | None:
    return _apart(length, day.value, -1)


@rule("day", "weekday before day", "day before day", name="the weekday before")
def _weekday_before(line: Line, weekday: Item, _before: Item, day: Item) -> Day | None:
    wanted = weekday.value if weekday.kind == "weekday" else weekday.value.date.weekday()
    if day.value.date is None or (weekday.kind == "day" and weekday.value.sort != "weekday"):
        return None
    return Day(day.value.date - timedelta(days=(day.value.date.weekday() - wanted - 1) % 7 + 1), "counted")


@rule("day", "weekday after day", "weekday following day", name="the weekday after")
def _weekday_after(line: Line, weekday: Item, _after: Item, day: Item) -> Day | None:
    if day.value.date is None:
        return None
    return Day(day.value.date + timedelta(days=(weekday.value - day.value.date.weekday() - 1) % 7 + 1), "counted")


def _apart(length: Item, day: Day, sign: int) -> Day | None:
    if length.kind == "unit" and length.value != "day":
        return None
    away: Duration = length.value if length.kind == "dur" else _one(length)
    found = ahead(day.date, away, sign) if day.date and not away.fine and away != Duration() else None
    return Day(found, "counted") if found else None


def _length(parts: tuple[Item, ...]) -> Duration:
    return next(part.value for part in parts if part.kind == "dur")  # type: ignore[no-any-return]


def _one(unit: Item) -> Duration:
    """One of a unit."""
    lengths = {"day": Duration(days=1), "week": Duration(days=7), "month": Duration(months=1)}
    lengths |= {"year": Duration(months=12), "hour": Duration(minutes=60, fine=True)}
    lengths["minute"] = Duration(minutes=1, fine=True)
    return lengths.get(unit.value, Duration())


# --- dates ------------------------------------------------------------------------------------------------------------


@rule("day", "n month", "ord month", "month ord", "month n", "month the ord", "n of month", "ord of month", name="date")
def _dated(line: Line, *parts: Item) -> Day | None:
    number: Number = next(part.value for part in parts if part.kind in ("n", "ord"))
    month = next(part.value for part in parts if part.kind == "month")
    if parts[0].kind == "month" and (line.words.language != "en" or line.is_counted(parts[-1].end, strict=False)):
        return None
    doubtful = any(part.kind == "month" and part.sure <= DOUBT for part in parts)
    if not _may_be_day(line, parts) or (doubtful and line.is_counted(parts[-1].end, strict=True)):
        return None
    return coming(month, number.value, line.today)


def _may_be_day(line: Line, parts: tuple[Item, ...]) -> bool:
    """Whether the number is one of a day ("two may" is none, "il terzo marzo" neither)."""
    number = next(part for part in parts if part.kind in ("n", "ord"))
    if line.tokens[number.start].text in ("a", "an", "un", "uno", "una", "oh"):
        return False
    last = parts[-1].end
    street = line.token(last)
    if street is not None and street.text in line.words.street:
        return False
    plain = number.kind == "n" and number.value.width == 0 and line.words.language != "it"
    return not plain or parts[0].kind == "n"


@rule("day", "day year", "day n", name="date")
def _with_year(line: Line, day: Item, year: Item) -> Day | None:
    found: Day = day.value
    if found.sort != "date" or found.date is None or not any(kid.kind == "month" for kid in _leaves(day)):
        return None
    if year.kind == "n":
        short = 2000 + year.value.value
        if year.value.width != 2 or not 24 <= year.value.value <= 60 or year.end - year.start != 1:
            return None
        return written_date(short, found.date.month, found.date.day)
    return written_date(year.value, found.date.month, found.date.day)


def _leaves(item: Item) -> list[Item]:
    return [leaf for kid in item.kids for leaf in (_leaves(kid) or [kid])]


@rule("day", "the n", name="day of the month")
def _the(line: Line, _the: Item, number: Item) -> Day | None:
    english = line.words.language == "en"
    if number.value.width == 0 and (number.value.value < 2 or english):
        return None
    if line.is_counted(number.end, strict=True) or (english and not line.is_whole(_the, number)):
        return None
    return day_of_month(number.value.value, line.today)


@rule("day", "ord", name="day of the month")
def _ordinal(line: Line, number: Item) -> Day | None:
    """ "24th", "24-go", "trzeciego", "primo"; not "the 2nd floor"."""
    word = line.tokens[number.end - 1].text
    before, following = line.token(number.start - 1), line.token(number.end)
    language = line.words.language
    if line.is_counted(number.end, strict=True) or (following is not None and not _may_follow(line, number.end)):
        return None
    if number.value.width == 0:
        led = before is not None and before.text in ("the", "il", "al", "dal", "del")
        fits = {"it": led and word == "primo", "en": led and number.value.value > 10, "pl": word.endswith("ego")}
        if not fits.get(language, False) and not (language == "pl" and word.endswith(("ym", "im")) and before is not None
                                                  and before.text in ("po", "przed")):  # fmt: skip
            english = language == "en" and before is not None and before.text == "the" and _ends(line, number)
            if not english:
                return None
    return day_of_month(number.value.value, line.today)


def _may_follow(line: Line, index: int) -> bool:
    token = line.tokens[index]
    if token.kind != "word":
        return True
    kinds = {entry.kind for entry in line.words.entries.get(token.text, ())}
    known = line.words.glue if line.words.language == "en" else line.words.glue | line.words.small
    return bool(kinds - {"n", "unit", "ord", "this", "next", "edge", "not"}) or token.text in known


def _ends(line: Line, number: Item) -> bool:
    on = line.token(number.start - 2)
    said = on is None or on.text in ("on", "for", "by", "until", "till", "from")
    following = line.token(number.end)
    return said and (
        following is None or following.kind == "sign" or following.text in ("at", "please", "if", "around")
    )


@rule("day", "n", name="day of the month, as asked for")
def _asked(line: Line, number: Item) -> Unsure | None:
    day = day_of_month(number.value.value, line.today)
    fits = line.asked == "day" and line.is_whole(number) and day.date is not None and number.value.width
    return Unsure(day, 0.6) if fits else None


@rule("day", "the n period", "n of period", "ord period", "period day", "ord of period", "the n of unit", "ord of unit",
      name="day of that month")  # fmt: skip
def _of_month(line: Line, *parts: Item) -> Day | None:
    number = next((part for part in parts if part.kind in ("n", "ord", "day")), parts[0])
    last = parts[-1] if parts[-1].kind in ("period", "unit") else parts[0]
    if number.kind == "day":
        if number.value.sort != "number" or number.value.date is None:
            return None
        wanted = number.value.date.day
    else:
        wanted = number.value.value
    first = line.today.replace(day=1) if last.kind == "unit" and last.value == "month" else None
    if last.kind == "period" and last.value.grain == "month":
        first = last.value.first
    return _in_month(first, wanted) if first else None


def _in_month(first: date, wanted: int) -> Day:
    if not 1 <= wanted <= monthrange(first.year, first.month)[1]:
        return Day(None, "date", hint=NO_SUCH_DAY)
    return Day(first.replace(day=wanted), "date")


@rule("day", "holiday", name="holiday")
def _holiday(line: Line, name: Item) -> Day | None:
    for year in range(line.today.year, min(line.today.year + 5, MAXYEAR)):
        day = holy.falls_on(name.value, line.words.language, year)
        if day is not None and day >= line.today:
            return Day(day, "holiday")
    return None


@rule("day", "holiday year", name="holiday")
def _holiday_of(line: Line, name: Item, year: Item) -> Day | None:
    day = holy.falls_on(name.value, line.words.language, year.value)
    return Day(day, "holiday") if day else None


@rule("day", "day_word holiday", "unit of holiday", "unit holiday", name="holiday")
def _day_of_holiday(line: Line, *parts: Item) -> Day | None:
    if parts[0].kind == "unit" and parts[0].value != "day":
        return None
    return _holiday(line, parts[-1])


# --- two ways of naming one day ---------------------------------------------------------------------------------------


@rule("day", "day day", name="named twice")
def _both(line: Line, first: Item, last: Item) -> Day | Unsure | None:
    """ "Martedì 24 novembre": the exact day counts, the loose one confirms it, or both are told."""
    loose, exact = first.value, last.value
    if first.name == "named twice" or (
        last.name == "named twice" and (loose.date != exact.date or last.end - first.start > 12)
    ):
        return None
    if exact.sort in ("weekday", "relative") and loose.sort not in ("weekday", "relative"):
        loose, exact = exact, loose
        if loose.date is None or exact.date is None or loose.date.weekday() != exact.date.weekday():
            return None
    if loose.sort not in ("weekday", "relative") or exact.sort in ("this", "next", "last", "counted"):
        return None
    if exact.date is None or loose.date is None:
        return exact  # type: ignore[no-any-return]
    if loose.sort == "relative" or exact.sort in ("weekday", "relative"):
        same = loose.date == exact.date or line.today in loose.others
        return exact if loose.date == exact.date else None if not same else None
    if loose.date.weekday() == exact.date.weekday():
        return exact  # type: ignore[no-any-return]
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
    if behind is not None and behind.text in ("am", "pm", ":", "-") or line.glued(parts[-1].end) and behind.text == "h":
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
    """ "Tomorrow 10", "venerdì 9,30", "Friday 2-4": a number behind a day is an hour of it."""
    day, time = (parts[1], parts[0]) if parts[1].kind == "day" else parts
    if any(line.tokens[index].kind != "sign" for index in range(parts[0].end, parts[1].start)):
        return None
    number = day.value.sort in ("date", "number", "holiday") and time.kind in ("h", "pair", "hhmm")
    if number or (time.end > day.end and line.is_counted(time.end, strict=True)) or day.sure < 0.3:
        return None
    if time.kind == "pair":
        hours = as_hours(time.value)
        return Unsure((day, Item("hours", time.start, time.end, hours)), 0.8) if hours else None
    if (
        time.value.minute is None
        or time.kids[:1]
        and time.kids[0].kids == ()
        and time.kids[0].kind == "n"
        and not time.kids[0].value.width
    ):
        return None
    return Unsure((day, Item("clock", time.start, time.end, time.value, name="hour behind a day")), 0.75)


def as_hours(pair: tuple[Number, Number]) -> Hours | None:
    """9-11 as a stretch of the day."""
    first, last = pair
    if first.value > 24 or last.value > 24 or first.value == last.value:
        return None
    return Hours(_hour(first), _hour(last))


def _hour(number: Number) -> Clock:
    return Clock(number.value * 60, 1 <= number.value < 12)
