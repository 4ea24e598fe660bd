"""What says which half of the day is meant, and times with a name: "5 pm", "le 3 di notte", 15h, noon, now."""

from __future__ import annotations

from datetime import timedelta

from bot.reading.moments.calendar import day_of_month
from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.values import HALF_DAY, Clock, Day, Instant, Part, Unsure

_PLAIN_ZONES = ("utc", "gmt", "cet", "cest")


@rule("clock", "h am|pm", "hm am|pm", "hhmm am|pm", "clock am|pm", name="half of the day", tight=True)
def _half_of_day(line: Line, time: Item, half: Item) -> Clock | None:
    minute = time.value.minute
    if minute is None or minute >= 2 * HALF_DAY:
        return None
    if minute < 60 + HALF_DAY:
        minute = minute % HALF_DAY + (HALF_DAY if half.kind == "pm" else 0)
    return Clock(minute, False, time.value.grain)


@rule("clock", "h part", "hm part", "clock part", name="within a part of the day")
def _in_part(line: Line, time: Item, part: Item) -> Clock | None:
    found = within(time.value, part.value)
    return None if time.kind == "h" and found is not None and _is_date(line, time, found) else found


def _is_date(line: Line, hour: Item, read: Clock) -> bool:
    """Whether a number behind a weekday is its date rather than an hour at night: "giovedì 3 in mattinata"."""
    if read.minute is None or 7 * 60 <= read.minute < 21 * 60 or line.tokens[hour.start].kind != "figure":
        return False
    day = day_of_month(hour.kids[0].value.value, line.today).date if hour.kids else None
    before = line.token(hour.start - 1)
    named = line.words.at(before.text)[0] if before is not None and before.kind == "word" else []
    return day is not None and any(one.kind == "weekday" and one.value == day.weekday() for one in named)


def within(time: Clock, part: Part) -> Clock | None:
    """The meaning of a time that lies in a part of the day; None if there is none."""
    first = 0 if part.last == HALF_DAY else part.first - (120 if part.first >= 18 * 60 else 0)
    for minute in time.meanings():
        if first <= minute < part.last or (minute < part.last - 2 * HALF_DAY) or minute == part.last == 2 * HALF_DAY:
            return Clock(minute, False, time.grain)
    if part.first >= 18 * 60 and time.minute is not None:
        if time.minute == HALF_DAY:
            return Clock(2 * HALF_DAY, False, time.grain)  # twelve at night
        if time.free and time.minute < 4 * 60:
            return Clock(time.minute, False, time.grain)
    return None


@rule("clock", "h oclock", name="o'clock")
def _oclock(line: Line, hour: Item, _word: Item) -> Clock | None:
    return None if hour.value.minute is None else hour.value


@rule("clock", "h ish", "h dash ish", name="about an hour", tight=True)
def _ish(line: Line, hour: Item, *ending: Item) -> Unsure | None:
    return Unsure(hour.value, 0.8) if line.glued(ending[-1].start) and hour.value.minute is not None else None


@rule("clock", "n h_sign n", name="hours and minutes", tight=True)
def _with_sign(line: Line, hours: Item, sign: Item, minutes: Item) -> Clock | None:
    glued = line.glued(sign.start) and line.glued(minutes.start)
    if not glued or minutes.value.width != 2 or hours.value.value > 23 or minutes.value.value > 59:
        return None
    return Clock(hours.value.value * 60 + minutes.value.value, hours.value.value < 12, "minute")


@rule("clock", "n h_sign", name="hours", tight=True)
def _hours_sign(line: Line, hours: Item, sign: Item) -> Clock | None:
    """15h; "2h" is a length of time."""
    return Clock(hours.value.value * 60) if line.glued(sign.start) and 7 <= hours.value.value < 24 else None


@rule("clock", "hhmm|clock unit", name="hours", tight=True)
def _military(line: Line, time: Item, unit: Item) -> Clock | None:
    """As in "1530 hours", "14:00 hrs"."""
    exact = line.tokens[time.end - 1].kind == "figure" and time.end - time.start == 1
    return time.value if exact and unit.value == "hour" and time.value.minute is not None else None


@rule("clock", "clock zone", "hm|hhmm|h zone", name="by that zone's clock", tight=True)
def _by_zone(line: Line, time: Item, zone: Item) -> Clock | None:
    """As in "4pm CET", "8:00 gmt"; what is a word too ("est") is a zone in capitals only."""
    hours, minutes = map(int, zone.value.split(":"))
    written = line.written(zone.start)
    if time.value.minute is None or not (written.isupper() or written in _PLAIN_ZONES):
        return None
    clock: Clock = time.value
    return clock._replace(offset=60 * hours + (minutes if hours >= 0 else -minutes))


@rule("clock", "same_time", name="the time it is now")
def _same_time(line: Line, words: Item) -> Clock | None:
    alone = words.end == line.whole[1] and words.start <= line.whole[0] + 1
    return None if alone else Clock(line.now.hour * 60 + line.now.minute, False, "minute")


@rule("both", "same_time period", "period same_time", "the period same_time", "on period same_time",
      name="the time it is now, in that week")  # fmt: skip
def _same_time_in(line: Line, *parts: Item) -> tuple[Item, Item] | None:
    """As in "This time next week"."""
    time, period = (next(part for part in parts if part.kind == kind) for kind in ("same_time", "period"))
    if period.value.first is None or period.value.grain != "week":
        return None
    day = Day(period.value.first + timedelta(days=line.today.weekday()), "counted")
    clock = Clock(line.now.hour * 60 + line.now.minute, False, "minute")
    return Item("day", period.start, period.end, day), Item("clock", time.start, time.end, clock)


@rule("instant", "now|same_time", name="now")
def _now(line: Line, words: Item) -> Instant | None:
    return Instant(line.now.replace(second=0, microsecond=0)) if line.is_whole(words) else None


@rule("part", "edge part", "edge of part", name="a part of it")
def _part_of_part(line: Line, edge: Item, *parts: Item) -> Part:
    first, last = parts[-1].value
    third = (last - first) // 3
    start = first + third * ("start", "middle", "end").index(edge.value)
    return Part(start, start + third)


@rule("clock", "time", name="noon or midnight")
def _named(line: Line, time: Item) -> Clock:
    return time.value  # type: ignore[no-any-return]


@rule("clock", "at|about clock", name="", tight=True)
def _led(line: Line, lead: Item, time: Item) -> Clock:
    return time.value  # type: ignore[no-any-return]


@rule("clock", "at|about time", name="noon or midnight")
def _at_named(line: Line, lead: Item, time: Item) -> Clock:
    return time.value  # type: ignore[no-any-return]


@rule("clock", "time and fraction", "time and half", "time and n", name="noon and a part")
def _named_and(line: Line, time: Item, _and: Item, part: Item) -> Clock | None:
    if part.kind == "n":
        fits = line.words.language == "it" and 0 < part.value.value < 60 and not line.is_counted(part.end, strict=True)
        return Clock(time.value.minute + part.value.value, False, "minute") if fits else None
    return Clock(time.value.minute + (part.value if part.kind == "fraction" else 30), False, "minute")
