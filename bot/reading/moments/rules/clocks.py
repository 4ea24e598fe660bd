"""Times of day: "alle 3", "half past three", "wpół do ósmej", "15h30", "5 pm", noon."""

from __future__ import annotations

from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.rules.weekdays import UNSURE
from bot.reading.moments.values import HALF_DAY, Clock, Number, Unsure

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
def _at(line: Line, lead: Item, hour: Item) -> Clock | Unsure | None:
    if line.is_counted(hour.end, strict=False):
        return None
    return Unsure(hour.value, UNSURE) if _is_cardinal(line, hour) else hour.value


def _is_cardinal(line: Line, hour: Item) -> bool:
    """Whether a number in words is none of an hour, as Polish has them apart ("na dziesięć", "na dziesiątą")."""
    number = hour.kids[0] if hour.kids else hour
    return line.words.language == "pl" and number.kind == "n" and number.value.width == 0


@rule("clock", "about h", name="about an hour", tight=True)
def _about(line: Line, lead: Item, hour: Item) -> Unsure | None:
    before = line.token(lead.start - 1)
    if line.words.language == "pl" and lead.value == "na" and before is not None and before.kind == "figure":
        return None  # "4 na 5"
    plain = str(lead.value).endswith(" le") and str(lead.value) not in ("per le", "x le")
    if hour.value.minute is None or line.is_counted(hour.end, strict=not plain):
        return None
    return Unsure(hour.value, UNSURE if _is_cardinal(line, hour) else 0.8)


@rule("clock", "at|about hm|hhmm", name="at a time", tight=True)
def _at_time(line: Line, lead: Item, time: Item) -> Clock | None:
    wrong = time.value.minute is None and lead.kind == "about"
    return None if wrong or line.is_counted(time.end, strict=False) else time.value


@rule("clock", "h|hm|hhmm", name="a time, as asked for")
def _asked(line: Line, time: Item) -> Unsure | None:
    """A number that is all that was written, where a time was asked for."""
    if not line.is_whole(time) or (time.value.minute is None and time.kind == "h"):
        return None
    if line.asked == "time":
        return Unsure(time.value, 0.9)
    afternoon = bool(time.kids) and time.kids[0].kind == "hour" and time.value.minute > HALF_DAY
    return Unsure(time.value, 0.6) if afternoon else None


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


@rule("hm", "h n n", name="hour and minutes", tight=True)
def _below_ten(line: Line, hour: Item, zero: Item, minutes: Item) -> Clock | None:
    """As in "Eleven oh five"."""
    fits = zero.value == (0, 0) and minutes.value.width == 0 and minutes.value.value < 10
    return plus(hour, minutes.value.value) if fits else None


@rule("hm", "h and fraction", "h fraction", "h and half", name="hour and a part")
def _fraction(line: Line, hour: Item, *rest: Item) -> Clock | None:
    return plus(hour, rest[-1].value if rest[-1].kind == "fraction" else 30)


@rule("hm", "h minus fraction", "h minus n", "time minus fraction", "time minus n", name="before the hour")
def _minus(line: Line, hour: Item, _minus: Item, minutes: Item) -> Clock | None:
    return plus(hour, -(minutes.value if minutes.kind == "fraction" else minutes.value.value))


@rule("clock", "hm", name="a time")
def _evident(line: Line, time: Item) -> Unsure | None:
    """As in "three and a half", "five thirty", "osiemnasta trzydzieści": no word need lead to them."""
    kinds = [kid.kind for kid in time.kids]
    spoken = [kid for kid in time.kids if kid.kind in ("h", "n")]
    words = all(kid.value.width == 0 for one in spoken for kid in (one, *one.kids) if isinstance(kid.value, Number))
    if line.words.language != "it" and ("half" in kinds or {"and", "fraction"} <= set(kinds)):
        return None  # "five and a half" is a number
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
      "n minutes_to time", "n unit minutes_to time", name="to")  # fmt: skip
def _to(line: Line, minutes: Item, *rest: Item) -> Clock | None:
    return plus(rest[-1], -_spoken(line, minutes, rest)) if _fits(line, minutes, rest) else None


@rule("clock", "in fraction h", "in n h", "in n unit h", name="to")
def _in(line: Line, lead: Item, minutes: Item, *rest: Item) -> Clock | None:
    """As in "Za dziesięć piąta"."""
    if line.words.language != "pl" or (minutes.kind == "n" and rest[-1].kids[0].kind != "hour"):
        return None
    return plus(rest[-1], -_spoken(line, minutes, rest))


@rule("clock", "in fraction half_to h", "in n half_to h", "n past half_to h", name="to")
def _near_half(line: Line, *parts: Item) -> Clock | None:
    """As in "Za pięć wpół do ósmej", "pięć po wpół do ósmej"."""
    minutes = parts[0] if parts[0].kind == "n" else parts[1]
    away = _spoken(line, minutes, parts)
    return plus(parts[-1], -30 + (away if parts[0].kind == "n" else -away))


@rule("clock", "fraction at h", "fraction to|at time", name="to")
def _fraction_to(line: Line, minutes: Item, _at: Item, hour: Item) -> Clock | None:
    """As in "Un quarto alle tre", "un quarto a mezzogiorno"."""
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
        if rest[-1].kind == "time" and number.width:
            return False  # "6 po południu"
        spoken = not rest[-1].kids or rest[-1].kids[0].kind == "hour"
        return 0 < number.value < 60 and (spoken or (rest[0].kind == "past" and number.value % 5 == 0))
    if rest[0].value == "past":
        return 0 < number.value < 60
    round_ = number.value in _FIVES or (number.value == 15 and not number.width)
    return round_ and not line.is_counted(rest[-1].end, strict=False)
