"""Times of day: "alle 3", "half past three", "wpół do ósmej", "15h30", "5 pm", noon."""

from __future__ import annotations

from bot.reading.moments.chart import Item, Line, rule
from bot.reading.moments.values import HALF_DAY, Clock, Instant, Number, Part, Unsure

_ARTICLES = frozenset(("a", "an", "un", "uno"))
_FIVES = frozenset((5, 10, 20, 25))


@rule("at", "at at", "about at", "at about", name="", tight=True)
def _leads(line: Line, first: Item, last: Item) -> str:
    return str(last.value)


@rule("h", "n|hour", name="hour")
def _hour(line: Line, number: Item) -> Clock | None:
    hour, width = number.value
    if not width and line.tokens[number.start].text in _ARTICLES and number.kids == ():
        return None
    if hour > 24:
        return Clock(None) if width else None
    return Clock(hour * 60, 1 <= hour < 12 and not (width == 2 and hour < 10))


@rule("clock", "at h", name="at an hour", tight=True)
def _at(line: Line, lead: Item, hour: Item) -> Clock | None:
    return None if line.is_counted(hour.end, strict=False) else hour.value


@rule("clock", "about h", name="about an hour", tight=True)
def _about(line: Line, lead: Item, hour: Item) -> Unsure | None:
    if hour.value.minute is None or line.is_counted(hour.end, strict=True):
        return None
    return Unsure(hour.value, 0.8)


@rule("clock", "at|about hm|hhmm", name="at a time", tight=True)
def _at_time(line: Line, lead: Item, time: Item) -> Clock | None:
    wrong = time.value.minute is None and lead.kind == "about"
    return None if wrong or line.is_counted(time.end, strict=False) else time.value


@rule("clock", "h|hm|hhmm", name="a time, as asked for")
def _asked(line: Line, time: Item) -> Unsure | None:
    """A number that is all that was written, where a time was asked for."""
    if line.asked != "time" or not line.is_whole(time) or (time.value.minute is None and time.kind == "h"):
        return None
    return Unsure(time.value, 0.9)


# --- minutes ----------------------------------------------------------------------------------------------------------


def plus(hour: Item, minutes: int) -> Clock | None:
    """So many minutes after the hour, or before it."""
    if hour.value.minute is None or not -60 < minutes < 60:
        return None
    minute, free = hour.value.minute + minutes, hour.value.free
    if hour.value.minute == HALF_DAY and minutes < 0:
        free = True  # a quarter to twelve
    if hour.value.minute == 60 and minutes < 0:
        return Clock(minute % HALF_DAY + HALF_DAY, False, "minute")  # half to one: after noon
    return Clock(minute % (2 * HALF_DAY), free, "minute")


@rule("hm", "h n", "h and n", name="hour and minutes", tight=True)
def _minutes(line: Line, hour: Item, *rest: Item) -> Clock | None:
    number: Number = rest[-1].value
    if number.value > 59 or number.width == 1 or (not number.width and number.value < 5):
        return None
    return plus(hour, number.value)


@rule("hm", "h and fraction", "h fraction", "h and half", name="hour and a part")
def _fraction(line: Line, hour: Item, *rest: Item) -> Clock | None:
    return plus(hour, rest[-1].value if rest[-1].kind == "fraction" else 30)


@rule("hm", "h minus fraction", "h minus n", "time minus fraction", "time minus n", name="before the hour")
def _minus(line: Line, hour: Item, _minus: Item, minutes: Item) -> Clock | None:
    return plus(hour, -(minutes.value if minutes.kind == "fraction" else minutes.value.value))


@rule("clock", "hm", name="a time")
def _evident(line: Line, time: Item) -> Unsure | None:
    """ "Three and a half", "five thirty" and "osiemnasta trzydzieści" are times without a word that leads to them."""
    kinds = [kid.kind for kid in time.kids]
    spoken = [kid for kid in time.kids if kid.kind in ("h", "n")]
    words = all(kid.value.width == 0 for one in spoken for kid in (one, *one.kids) if isinstance(kid.value, Number))
    if "fraction" in kinds or "half" in kinds or "minus" in kinds:
        return None if line.is_counted(time.end, strict=False) else Unsure(time.value, 0.9)
    fit = words and "n" in kinds and "and" not in kinds and (time.value.minute or 0) % 5 == 0
    return Unsure(time.value, 0.8) if fit and not line.is_counted(time.end, strict=True) else None


@rule("clock", "half_past h", "half_past time", name="half past")
def _half_past(line: Line, _half: Item, hour: Item) -> Clock | None:
    return plus(hour, 30)


@rule("clock", "half h", name="half past")
def _half(line: Line, half: Item, hour: Item) -> Unsure | None:
    if line.words.language != "en" or line.is_counted(hour.end, strict=True):
        return None
    time = plus(hour, 30)
    return Unsure(time, 0.8) if time else None


@rule("clock", "half_to h", name="half to")
def _half_to(line: Line, _half: Item, hour: Item) -> Clock | None:
    return plus(hour, -30)


@rule("clock", "fraction past h", "n past h", "n unit past h", "fraction past time", "n past time", "n past clock",
      name="past")  # fmt: skip
def _past(line: Line, minutes: Item, *rest: Item) -> Clock | None:
    return plus(rest[-1], _spoken(line, minutes, rest)) if _fits(line, minutes, rest) else None


@rule("clock", "fraction minutes_to h", "n minutes_to h", "n unit minutes_to h", "fraction minutes_to time",
      name="to")  # fmt: skip
def _to(line: Line, minutes: Item, *rest: Item) -> Clock | None:
    return plus(rest[-1], -_spoken(line, minutes, rest)) if _fits(line, minutes, rest) else None


@rule("clock", "in fraction h", "in n h", "in n unit h", name="to")
def _in(line: Line, lead: Item, minutes: Item, *rest: Item) -> Clock | None:
    """ "Za dziesięć piąta"."""
    if line.words.language != "pl" or (minutes.kind == "n" and rest[-1].kids[0].kind != "hour"):
        return None
    return plus(rest[-1], -_spoken(line, minutes, rest))


@rule("clock", "in fraction half_to h", "in n half_to h", "n past half_to h", name="to")
def _near_half(line: Line, *parts: Item) -> Clock | None:
    """ "Za pięć wpół do ósmej", "pięć po wpół do ósmej"."""
    minutes = parts[0] if parts[0].kind == "n" else parts[1]
    away = _spoken(line, minutes, parts)
    return plus(parts[-1], -30 + (away if parts[0].kind == "n" else -away))


@rule("clock", "fraction at h", name="to")
def _fraction_to(line: Line, minutes: Item, _at: Item, hour: Item) -> Clock | None:
    """ "Un quarto alle tre"."""
    return plus(hour, -minutes.value) if line.words.language == "it" and minutes.value == 15 else None


def _spoken(line: Line, minutes: Item, rest: tuple[Item, ...]) -> int:
    return int(minutes.value if minutes.kind == "fraction" else minutes.value.value)


def _fits(line: Line, minutes: Item, rest: tuple[Item, ...]) -> bool:
    """Whether this is no stretch ("2 to 4", "po 4")."""
    if any(one.kind == "unit" and one.value != "minute" for one in rest) or rest[-1].value.minute is None:
        return False
    if minutes.kind == "fraction" or rest[0].kind == "unit":
        return True
    number: Number = minutes.value
    if line.words.language == "pl":
        spoken = not rest[-1].kids or rest[-1].kids[0].kind == "hour"
        return 0 < number.value < 60 and (spoken or (rest[0].kind == "past" and number.value % 5 == 0))
    if rest[0].value == "past":
        return 0 < number.value < 60
    round_ = number.value in _FIVES or (number.value == 15 and not number.width)
    return round_ and not line.is_counted(rest[-1].end, strict=False)


# --- halves of the day ------------------------------------------------------------------------------------------------


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
    return within(time.value, part.value)


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


@rule("clock", "h ish", name="about an hour", tight=True)
def _ish(line: Line, hour: Item, ending: Item) -> Unsure | None:
    return Unsure(hour.value, 0.8) if line.glued(ending.start) and hour.value.minute is not None else None


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


@rule("clock", "hhmm unit", name="hours", tight=True)
def _military(line: Line, time: Item, unit: Item) -> Clock | None:
    """"1530 hours"."""
    return time.value if unit.value == "hour" and time.value.minute is not None else None


@rule("clock", "same_time", name="the time it is now")
def _same_time(line: Line, _words: Item) -> Clock:
    return Clock(line.now.hour * 60 + line.now.minute, False, "minute")


@rule("instant", "now", name="now")
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


@rule("clock", "time and fraction", "time and half", name="noon and a part")
def _named_and(line: Line, time: Item, _and: Item, part: Item) -> Clock:
    return Clock(time.value.minute + (part.value if part.kind == "fraction" else 30), False, "minute")
