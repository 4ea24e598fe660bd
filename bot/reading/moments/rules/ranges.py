"""From one time to another, before, after, until."""

from __future__ import annotations

from datetime import timedelta

from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.rules.pairs import as_hours
from bot.reading.moments.rules.spans import DAY_ENDINGS
from bot.reading.moments.rules.weekdays import UNSURE
from bot.reading.moments.values import HALF_DAY, Clock, Day, Hours, Unsure

_TIMES = "clock|h|hm|hhmm"


def _between(line: Line, first: Item, last: Item) -> Hours | None:
    one, other = first.value, last.value
    if one.minute is None or other.minute is None or line.is_counted(last.end, strict=False):
        return None
    if not other.free and one.free and last.kids and last.kids[-1].kind == "pm" and first.kind != "clock":
        later = one.minute + HALF_DAY
        one = Clock(later if later < other.minute else one.minute, False, one.grain)
    return Hours(one, other)


@rule("hours", f"between {_TIMES} and {_TIMES}", f"from {_TIMES} to {_TIMES}", name="from time to time")
def _from_to(line: Line, lead: Item, first: Item, to: Item, last: Item) -> Hours | Unsure | None:
    found = _between(line, first, last)
    bare = first.kind == last.kind == "h" and line.is_counted(last.end, strict=True)
    hours = "le" in f"{lead.value} {to.value}".replace("alle", "le").split()
    return Unsure(found, UNSURE) if found is not None and bare and not hours else found


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
    if time.value.minute is None or str(lead.value).endswith(DAY_ENDINGS):
        return None
    bare = time.kind == "h"
    return None if line.is_counted(time.end, strict=bare) else time.value


@rule("hours", f"after {_TIMES}", name="after that time")
def _after(line: Line, lead: Item, time: Item) -> Hours | None:
    clock = _open(line, lead, time)
    return Hours(clock, None) if clock else None


@rule("hours", f"before {_TIMES}", f"until {_TIMES}", name="until that time")
def _before(line: Line, lead: Item, time: Item) -> Hours | Unsure | None:
    clock = _open(line, lead, time)
    if clock is None or (time.kind == "h" and line.words.language == "it" and str(lead.value).endswith(" a")):
        return None  # "fino a 6"
    many = lead.value == "up to" and time.kind == "h"
    return Unsure(Hours(None, clock), UNSURE) if many else Hours(None, clock)


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
    tie, more = line.token(time.end), line.token(time.end + 1)
    ranges = more is not None and more.kind == "figure" and tie is not None and (
        tie.text == "-" or any(one.kind == "to" for one in line.words.entries.get(tie.text, ())))  # fmt: skip
    if clock is None or clock.minute is None or (ranges and parts[-1] is time):
        return None  # "from 10 to 15 people"
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
