"""Dates: the day of a month, holidays."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date

from bot.reading.moments import holy
from bot.reading.moments.calendar import coming, day_of_month, month_start, of_century, written_date
from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.values import NO_SUCH_DAY, Day, Days, Number, Unsure
from bot.reading.moments.vocabulary import DOUBT


@rule("day", "n month", "ord month", "month ord", "month n", "month the ord", "n of month", "ord of month", name="date",
      tight=True)  # fmt: skip
def _dated(line: Line, *parts: Item) -> Day | None:
    number: Number = next(part.value for part in parts if part.kind in ("n", "ord"))
    month = next(part.value for part in parts if part.kind == "month")
    if parts[0].kind == "month" and (line.is_counted(parts[-1].end, strict=False) or
                                     (line.words.language != "en" and not line.is_whole(*parts))):  # fmt: skip
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


@rule("day", "day year", name="date")
@rule("day", "day n", name="date", tight=True)
def _with_year(line: Line, day: Item, year: Item) -> Day | None:
    found: Day = day.value
    if found.sort != "date" or found.date is None or not any(kid.kind == "month" for kid in _leaves(day)):
        return None
    if year.kind == "n":
        short = of_century(year.value.value, line.today)
        near = short >= line.today.year
        if year.value.width != 2 or not near or year.end - year.start != 1:
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
    if line.is_counted(number.end, strict=True) or (english and not _is_english_day(line, _the, number)):
        return None
    return day_of_month(number.value.value, line.today)


def _is_english_day(line: Line, the: Item, number: Item) -> bool:
    """Whether "the 27" is a day: it is all that was written, or stands as one does: "on the 27 at 7"."""
    if line.is_whole(the, number):
        return True
    behind, led = line.token(number.end), str(the.value).startswith(("on", "by", "till", "from"))
    at = behind is not None and (behind.text in ("at", "@") or behind.kind == "sign")
    return at if number.value.value > 12 else led and (at or behind is None)


@rule("day", "ord", name="day of the month")
def _ordinal(line: Line, number: Item) -> Day | None:
    """As in "24th", "24-go", "trzeciego", "primo"; not "the 2nd floor"."""
    following = line.token(number.end)
    if line.is_counted(number.end, strict=True) or (following is not None and not _may_follow(line, number.end)):
        return None
    longer = any(part.end > number.end for part in line.items[number.start].get("part", ()))
    if longer or (number.value.width and number.value.value > 1 and line.words.language == "it"):
        return None  # "il primo pomeriggio", "4°"
    if number.value.width == 0 and not _is_led(line, number):
        return None
    return day_of_month(number.value.value, line.today)


def _is_led(line: Line, number: Item) -> bool:
    """Whether an ordinal in words is a day: "il primo", "on the first", "trzeciego", "po dwudziestym"."""
    word, before = line.tokens[number.end - 1].text, line.token(number.start - 1)
    lead = before.text if before is not None else ""
    if line.words.language == "it":
        named = line.token(number.start - 2)
        somebody = named is not None and (named.text,) in line.words.names  # "sono il primo"
        return word == "primo" and lead in ("il", "al", "dal", "del") and not somebody
    if line.words.language == "en":
        return lead == "the" and (number.value.value > 10 or _ends(line, number))
    whole = line.is_whole(number) and number.value.value > 3
    return whole or word.endswith("ego") or (word.endswith(("ym", "im")) and lead in ("po", "przed"))


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
    if first is None:
        return None
    day = _in_month(first, wanted)
    passed = last.kind == "unit" and day.date is not None and day.date < line.today
    return _in_month(month_start(line.today, 1), wanted) if passed else day


def _in_month(first: date, wanted: int) -> Day:
    if not 1 <= wanted <= monthrange(first.year, first.month)[1]:
        return Day(None, "date", hint=NO_SUCH_DAY)
    return Day(first.replace(day=wanted), "date")


@rule("day", "n this_month", "ord this_month", name="day of this month")
def _of_this_month(line: Line, number: Item, _words: Item) -> Day:
    return _in_month(line.today.replace(day=1), int(number.value.value))


@rule("day", "holiday", name="holiday")
def _holiday(line: Line, name: Item) -> Day | None:
    return _coming_holiday(line, name.value)


def _coming_holiday(line: Line, name: str) -> Day | None:
    for year in range(line.today.year, min(line.today.year + 5, MAXYEAR)):
        day = holy.falls_on(name, line.words.language, year)
        if day is not None and day >= line.today:
            return Day(day, "holiday")
    return None


@rule("day", "holiday year", name="holiday")
def _holiday_of(line: Line, name: Item, year: Item) -> Day | None:
    day = holy.falls_on(name.value, line.words.language, year.value)
    return Day(day, "holiday") if day else None


@rule("day", "holiday period", "holiday of period", name="holiday")
def _holiday_in(line: Line, name: Item, *parts: Item) -> Day | None:
    """As in "Halloween next year"."""
    year: Days = parts[-1].value
    if year.grain != "year" or year.first is None:
        return None
    day = holy.falls_on(name.value, line.words.language, year.first.year)
    return Day(day, "holiday") if day else None


@rule("day", "day_word holiday", "unit of holiday", "unit holiday", name="holiday")
def _day_of_holiday(line: Line, *parts: Item) -> Day | None:
    if parts[0].kind == "unit" and parts[0].value != "day":
        return None
    return _coming_holiday(line, parts[-1].value)


@rule("day", "n slash month slash year", "n slash month slash n", "n slash month", "month slash n",
      name="date", tight=True)  # fmt: skip
def _signed(line: Line, *parts: Item) -> Day | None:
    """As in "31-Oct-2026", "10/Aug"."""
    number = next(part.value for part in parts if part.kind == "n")
    month = next(part.value for part in parts if part.kind == "month")
    if not number.width or len(parts) < 5:
        return coming(month, number.value, line.today) if number.width else None
    year = parts[-1].value if parts[-1].kind == "year" else of_century(parts[-1].value.value, line.today)
    return written_date(year, month, number.value)


@rule("day", "n roman year", "n roman", name="date", tight=True)
def _roman(line: Line, day: Item, month: Item, *year: Item) -> Day | Unsure | None:
    """As in "15 II 2027", "5.XII"."""
    if not day.value.width or line.is_counted(month.end, strict=False) or not line.written(month.start).isupper():
        return None
    if year:
        return written_date(year[0].value, month.value.value, day.value.value)
    return Unsure(coming(month.value.value, day.value.value, line.today), 0.7) if month.value.value != 1 else None


@rule("day", "n n year", "n ord year", name="date", tight=True)
def _spaced(line: Line, day: Item, month: Item, year: Item) -> Day | None:
    """As in "15. 2. 2027"."""
    points = all(line.tokens[one.end].text == "." for one in (day, month))
    return written_date(year.value, int(month.value.value), int(day.value.value)) if points else None
