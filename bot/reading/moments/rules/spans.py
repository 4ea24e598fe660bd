"""From one day to another, before, after, until."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bot.reading.moments.calendar import DAY, WEEK, ahead, coming, day_of_month, month_start
from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.rules.periods import month
from bot.reading.moments.rules.weekdays import UNSURE
from bot.reading.moments.values import Day, Days, Duration, Number, Unsure
from bot.reading.moments.vocabulary import DOUBT

DAY_ENDINGS = (" il", " al", " l", " del", " dal", " the", " dnia", " dell")
_A_YEAR = Duration(months=12)


def _stretch(line: Line, first: date, last: date) -> Days | None:
    while last < first and first - last < WEEK:
        last += WEEK
    if last < first:
        return None
    return Days(first, last + DAY, "day")


@rule("days", "between day and day", "from day to day", "day to day", name="from day to day")
def _days(line: Line, *parts: Item) -> Days | None:
    first, last = (part.value for part in parts if part.kind == "day")
    if any(part.kind == "to" and str(part.value).endswith("alle") for part in parts):
        return None  # "alle" leads to an hour
    bare = parts[0].kind == "day" and last.sort == "relative"
    if first.date is None or last.date is None or bare:
        return None
    if first.sort == last.sort == "date" and _has_year(parts[-1]) and not any(map(_has_year, parts[:-1])):
        first = first._replace(date=_before(first.date, last.date))
    if first.sort == "number" and last.sort == "date":
        return _stretch(line, _number_before(first.date.day, last.date) or first.date, last.date)
    end = last.date
    if first.date > end and last.sort == "date":
        end = ahead(end, _A_YEAR) or end
    return _stretch(line, first.date, end)


def _has_year(item: Item) -> bool:
    return item.kind == "year" or any(_has_year(kid) for kid in item.kids)


def _before(first: date, last: date) -> date:
    """That day of the year of the last one, or of the year before: "10 August to 12 September 2013"."""
    found = ahead(
        first, Duration(months=12 * (last.year - first.year - ((first.month, first.day) > (last.month, last.day))))
    )
    return found or first


def _number_before(number: int, day: date) -> date | None:
    """The last day with this number before a day: "dal 28 al 3 maggio" begins in April."""
    for months in (0, -1, -2):
        first = month_start(day, months)
        found = _in_its_month(first, number)
        if found is not None and found < day:
            return found
    return None


@rule("days", "from n|ord to day", "between n|ord and day", "n|ord to day", "n|ord dash day", name="from day to day")
def _numbers(line: Line, *parts: Item) -> Days | None:
    first = next(part for part in parts if part.kind in ("n", "ord"))
    last: Day = parts[-1].value
    if last.date is None or last.sort not in ("date", "number") or not 1 <= first.value.value <= 31:
        return None
    start = last.date - timedelta(days=last.date.day - first.value.value)
    return Days(start, last.date + DAY, "day") if start < last.date else None


@rule("days", "pair month", "month pair", "pair of month", name="from day to day")
def _pair(line: Line, *parts: Item) -> Days | None:
    pair: tuple[Number, Number] = next(part.value for part in parts if part.kind == "pair")
    number = next(part.value for part in parts if part.kind == "month")
    first, last = pair[0].value, pair[1].value
    if not 1 <= first < last <= 31:
        return None
    year = line.today.year + ((number, last) < (line.today.month, line.today.day))
    try:
        return Days(date(year, number, first), date(year, number, last) + DAY, "day")
    except ValueError:
        return None


@rule("days", "month n|ord to n|ord", "on month n|ord to n|ord", "from month n|ord to n|ord",
      "between month n|ord and n|ord", "day to ord", name="from day to day", tight=True)  # fmt: skip
def _month_first(line: Line, *parts: Item) -> Days | None:
    """As in "July 13 to 15"."""
    last, day = parts[-1], parts[0]
    if day.kind == "day":
        if day.value.sort != "date" or day.value.date is None or not 1 <= last.value.value <= 31:
            return None
        first: date | None = day.value.date
    else:
        number = next(part.value for part in parts if part.kind in ("n", "ord"))
        month = next(part.value for part in parts if part.kind == "month")
        first = coming(month, number.value, line.today).date
    if first is None or line.words.language != "en" or line.is_counted(last.end, strict=False):
        return None
    end = _in_its_month(first, last.value.value)
    return Days(first, end + DAY, "day") if end is not None and end > first else None


def _in_its_month(day: date, number: int) -> date | None:
    return day.replace(day=number) if 1 <= number <= monthrange(day.year, day.month)[1] else None


@rule("days", "until day", "until days", name="until that day")
def _until(line: Line, _lead: Item, day: Item) -> Days | None:
    last = day.value.date + DAY if day.kind == "day" and day.value.date else getattr(day.value, "last", None)
    return Days(None, last, "day") if last and last > line.today else None


@rule("days", "between now and day", "from now to|until day", "day at_latest", name="until that day")
def _from_now(line: Line, *parts: Item) -> Days | None:
    """As in "Between now and Friday", "Monday at the latest"."""
    day = next(part for part in parts if part.kind == "day").value.date
    return Days(None, day + DAY, "day") if day is not None and day >= line.today else None


@rule("days", "before day", "before days", name="before that day")
def _before_day(line: Line, _lead: Item, day: Item) -> Days | None:
    last = day.value.date if day.kind == "day" else day.value.first
    return Days(None, last, "day") if last and last > line.today else None


@rule("days", "after day", "after days", name="after that day", tight=True)
def _after_day(line: Line, lead: Item, day: Item) -> Days | None:
    if lead.value == "past":
        return None  # "the past weekend"
    first = day.value.date + DAY if day.kind == "day" and day.value.date else getattr(day.value, "last", None)
    return Days(first, None, "day") if first else None


@rule("days", "after dur", name="after that time")
def _after_long(line: Line, _lead: Item, length: Item) -> Days | Unsure | None:
    """As in "After 5 days"."""
    first = ahead(line.today, length.value)
    return Unsure(Days(first, None, "day"), UNSURE) if first is not None and not length.value.fine else None


@rule("days", "until|before|after n", name="before or after that day")
def _number(line: Line, lead: Item, number: Item) -> Days | None:
    """As in "Dopo il 20": the lead ends as one does before a day."""
    if not str(lead.value).endswith(DAY_ENDINGS) or line.is_counted(number.end, strict=True):
        return None
    day = day_of_month(number.value.value, line.today).date
    if day is None:
        return None
    if lead.kind == "after":
        return Days(day + DAY, None, "day")
    return Days(None, day + DAY if lead.kind == "until" else day, "day")


@rule("days", "since day", "since day onward", "since days", name="from that day on")
def _since_day(line: Line, *parts: Item) -> Days | Unsure | None:
    day = parts[1]
    if day.kind == "days" and day.value.grain == "day":
        return None  # from one day to another
    first = day.value.date if day.kind == "day" else day.value.first
    if first is None or first < line.today:
        return None
    return Days(first, None, "day")


@rule("days", "until|before|after|since month", name="until or from that month")
def _month(line: Line, lead: Item, name: Item) -> Days | None:
    """As in "Before December"."""
    following = line.token(name.end)
    if name.sure <= DOUBT or (following is not None and following.kind == "figure"):
        return None
    whole = month(line, name.value)
    if lead.kind in ("until", "before"):
        return Days(None, whole.last if lead.kind == "until" else whole.first, "day")
    return Days(whole.last if lead.kind == "after" else whole.first, None, "day")


@rule("days", "from pair to pair", name="from day to day")
def _pairs(line: Line, _from: Item, first: Item, _to: Item, last: Item) -> Days | Unsure | None:
    """As in "From 23-4 to 26-4"; in English the month may come first."""
    ends = []
    for one, other in (first.value, last.value):
        days = coming(other.value, one.value, line.today).date, coming(one.value, other.value, line.today).date
        ends.append(days[0] or (days[1] if line.words.language == "en" else None))
    return _stretch(line, ends[0], ends[1]) if ends[0] and ends[1] and ends[0] < ends[1] else None
