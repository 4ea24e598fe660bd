"""From one time or day to another, before, after, until."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bot.reading.moments.calendar import DAY, WEEK, ahead, coming, day_of_month
from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.rules.pairs import as_hours
from bot.reading.moments.rules.weekdays import UNSURE
from bot.reading.moments.values import HALF_DAY, Clock, Day, Days, Duration, Hours, Number, Unsure

_DAY_ENDINGS = (" il", " al", " l", " del", " dal", " the", " dnia", " dell")
_TIMES = "clock|h|hm|hhmm"
_A_YEAR = Duration(months=12)


# --- times ------------------------------------------------------------------------------------------------------------


def _between(line: Line, first: Item, last: Item) -> Hours | None:
    one, other = first.value, last.value
    if one.minute is None or other.minute is None or line.is_counted(last.end, strict=False):
        return None
    if not other.free and one.free and last.kids and last.kids[-1].kind == "pm" and first.kind != "clock":
        later = one.minute + HALF_DAY
        one = Clock(later if later < other.minute else one.minute, False, one.grain)
    return Hours(one, other)


@rule("hours", f"between {_TIMES} and {_TIMES}", f"from {_TIMES} to {_TIMES}", name="from time to time")
def _from_to(line: Line, _lead: Item, first: Item, _to: Item, last: Item) -> Hours | None:
    return _between(line, first, last)


@rule("hours", f"h|hm dash {_TIMES}", f"at h dash {_TIMES}", name="from time to time", tight=True)
@rule("hours", f"clock to {_TIMES}", name="from time to time", tight=True)
def _to(line: Line, *parts: Item) -> Hours | Unsure | None:
    first, last = parts[-3], parts[-1]
    if first.kind == "h" and last.kind == "h" and parts[0].kind != "at":
        return None
    found = _between(line, first, last)
    return found if parts[-2].kind == "dash" or parts[-2].value == "-" or found is None else Unsure(found, 0.9)


@rule("hours", "pair am|pm", name="from time to time", tight=True)
def _pair_half(line: Line, pair: Item, half: Item) -> Hours | None:
    found = as_hours(pair.value)
    if found is None or found.first is None or found.last is None:
        return None
    minute = (found.last.minute or 0) % HALF_DAY + (HALF_DAY if half.kind == "pm" else 0)
    start = found.first.minute or 0
    if half.kind == "pm" and start % HALF_DAY + HALF_DAY < minute:
        start = start % HALF_DAY + HALF_DAY
    return Hours(Clock(start), Clock(minute))


@rule("hours", "at pair", "from pair", "about pair", name="from time to time")
def _led_pair(line: Line, lead: Item, pair: Item) -> Hours | None:
    return None if line.is_counted(pair.end, strict=True) else as_hours(pair.value)


def _open(line: Line, lead: Item, time: Item) -> Clock | None:
    """The time that a range begins or ends with; None if it is no time ("dopo il 3", "after 2 weeks")."""
    if time.value.minute is None or str(lead.value).endswith(_DAY_ENDINGS):
        return None
    bare = time.kind == "h"
    return None if line.is_counted(time.end, strict=bare) else time.value


@rule("hours", f"after {_TIMES}", name="after that time")
def _after(line: Line, lead: Item, time: Item) -> Hours | None:
    clock = _open(line, lead, time)
    return Hours(clock, None) if clock else None


@rule("hours", f"before {_TIMES}", f"until {_TIMES}", name="until that time")
def _before(line: Line, lead: Item, time: Item) -> Hours | None:
    clock = _open(line, lead, time)
    return Hours(None, clock) if clock else None


@rule(
    "hours",
    f"since {_TIMES}",
    f"since {_TIMES} onward",
    f"at {_TIMES} onward",
    "clock onward",
    name="from that time on",
)
def _since(line: Line, *parts: Item) -> Hours | Unsure | None:
    time = next(part for part in parts if part.kind in _TIMES.split("|"))
    clock = _open(line, parts[0], time) if parts[0] is not time else time.value
    if clock is None or clock.minute is None:
        return None
    return Hours(clock, None) if parts[-1].kind == "onward" else Unsure(Hours(clock, None), 0.9)


@rule("hours", "clock dur", name="for that long")
def _lasting(line: Line, time: Item, length: Item) -> Hours | None:
    start, lasts = time.value.minute, length.value
    if start is None or not lasts.fine or lasts.days or lasts.months or start + lasts.minutes > 24 * 60:
        return None
    end = start + lasts.minutes
    return Hours(time.value, Clock(end, time.value.free and end < HALF_DAY, "minute"))


@rule("both", "this part", "this of part", name="that part of today")
def _this_part(line: Line, this: Item, *parts: Item) -> tuple[Item, Item]:
    return Item("day", this.start, this.end, Day(line.today, "relative")), parts[-1]


@rule("stretch", "within dur", "next dur", "after_next dur", "coming dur", name="within that time")
def _within(line: Line, _lead: Item, length: Item) -> object | None:
    if not length.value.fine:
        return None
    now = line.now.replace(second=0, microsecond=0)
    return now, now + timedelta(minutes=min(length.value.minutes, 60 * 24 * 366))


@rule("stretch", "last dur", "final dur", name="the time behind")
def _behind(line: Line, _last: Item, length: Item) -> object | None:
    if not length.value.fine:
        return None
    now = line.now.replace(second=0, microsecond=0)
    return now - timedelta(minutes=min(length.value.minutes, 60 * 24 * 366)), now


# --- days -------------------------------------------------------------------------------------------------------------


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
    end = last.date
    if first.date > end and last.sort == "date":
        end = ahead(end, _A_YEAR) or end
    return _stretch(line, first.date, end)


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
    if not str(lead.value).endswith(_DAY_ENDINGS) or line.is_counted(number.end, strict=True):
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
    first = day.value.date if day.kind == "day" else day.value.first
    if first is None or first < line.today:
        return None
    return Days(first, None, "day")
