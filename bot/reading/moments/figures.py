"""What digits may say: 15:30, 24/11, 2026-11-24, 15.30, 9-11, 1530, 24."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from bot.reading.folding import bag
from bot.reading.moments.calendar import coming, of_century, written_date
from bot.reading.moments.line import Line
from bot.reading.moments.values import Clock, Day, Hours, Instant, Number

Found = tuple[str, Any, float, str]

_CLOCK = re.compile(r"([0-9]{1,2})([:.])([0-9]{2})(?::[0-9]{2})?")
_DECIMAL = re.compile(r"[0-9]{1,2}[.,][0-9]")
_COMMA = re.compile(r"([0-9]{1,2}),([0-9]{2})")
_ISO = re.compile(r"((?:19|20)[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_DATE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})(?:\2((?:19|20)?[0-9]{2}))?")
_CLOCKS = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?[-/]([0-9]{1,2})(?:[:.]([0-9]{2}))?")
_BEFORE: Final = frozenset("#+€$£°=*/\\_")
_BEHIND: Final = frozenset("%€$£\\")
ENGLISH_DATES: Final = 0.4
"""How sure we are of 3/4 in English: day first, or month first."""


def figure(line: Line, index: int) -> Iterator[Found]:
    """The kinds and values that a token of digits may have; none if its neighbours make it a number of something."""
    text = line.tokens[index].text
    if "t" in text:
        yield from _instant(line, text)
        return
    if (match := _DECIMAL.fullmatch(text)) and line.token(index + 1) is not None:
        yield "decimal", float(match[0].replace(",", ".")), 1.0, "number"
    if not _stands_free(line, index):
        return
    if text.isdigit():
        yield from _number(text)
        return
    if match := _ISO.fullmatch(text):
        yield "day", written_date(int(match[1]), int(match[3]), int(match[4])), 1.0, "date"
    elif (match := _CLOCK.fullmatch(text)) and match[2] == ":":
        yield "clock", _clock(match[1], match[3]), 1.0, "clock"
    elif match := _DATE.fullmatch(text):
        yield from _date(line, index, match)
    elif match := _COMMA.fullmatch(text):
        yield "hm", _clock(match[1], match[2]), 1.0, "clock"
    elif match := _CLOCKS.fullmatch(text):
        first, last = _clock(match[1], match[2] or "00"), _clock(match[3], match[4] or "00")
        if first.minute is not None and last.minute is not None:
            yield "hours", Hours(first, last), 1.0, "from clock to clock"


def _instant(line: Line, text: str) -> Iterator[Found]:
    """As in "2026-11-24T15:30:00+01:00"; without an offset on the writer's clock."""
    try:
        at = datetime.fromisoformat(text.upper())
    except ValueError:
        return
    yield (
        "instant",
        Instant(at.astimezone(line.ear.zone) if at.tzinfo else at.replace(tzinfo=line.ear.zone)),
        1.0,
        "time",
    )


def _stands_free(line: Line, index: int) -> bool:
    before, behind = line.token(index - 1), line.token(index + 1)
    if before is not None and line.glued(index):
        dated = before.text in "/-" and _names_month(line, index - 2)
        if before.kind == "sign" and not dated and (
            before.text in _BEFORE or (before.text in ".,:" and _digits(line, index - 2))
        ):  # fmt: skip
            return False
        if before.kind == "word" and before.text not in line.words.entries:
            return False
    if behind is not None and (behind.text in "€$£" or _is_amount(line, index)):
        return False
    if behind is not None and line.glued(index + 1):
        if behind.kind == "sign" and (
            behind.text in _BEHIND
            or (
                behind.text in "-/"
                and line.glued(index + 2)
                and line.tokens[index + 2].text not in _ENDINGS
                and not _names_month(line, index + 2)
            )
        ):
            return False
        if behind.kind == "word" and behind.text not in line.words.entries and behind.text not in _ENDINGS:
            return False
    return True


def _is_amount(line: Line, index: int) -> bool:
    """Whether a unit stands behind ("15,30 euro", "1/2 kg"), and not the word for the hour before another number."""
    if (
        line.tokens[index].text.isdigit()
        or line.tokens[index].text[2:3] == ":"
        or line.tokens[index + 1].text not in line.words.counted
    ):
        return False
    point = line.token(index + 2)
    return not _digits(line, index + 2 + (point is not None and point.text == "."))


_ENDINGS: Final = bag(
    "st nd rd th o go ego tego mego szego wszego giego ciego ty y tym ym wszy szy gi ci tej ej ta ma sta mej h ish r"
)
"""What is written right behind a number."""


def _names_month(line: Line, index: int) -> bool:
    """Whether the month of a date stands here ("31-Oct-2026")."""
    token = line.token(index)
    return token is not None and any(one.kind == "month" for one in line.words.entries.get(token.text, ()))


def _digits(line: Line, index: int) -> bool:
    token = line.token(index)
    return token is not None and token.kind == "figure"


def _number(text: str) -> Iterator[Found]:
    value = int(text[:6])
    if len(text) <= 2:
        yield "n", Number(value, len(text)), 1.0, "number"
    elif len(text) <= 4:
        if len(text) == 4 and 1900 <= value < 2100:
            yield "year", value, 1.0, "year"
        if value // 100 < 24 and value % 100 < 60:
            yield "hhmm", _clock(text[:-2], text[-2:]), 1.0, "clock"
        if len(text) == 3 and value <= 365:
            yield "count", Number(value, 3), 1.0, "number"


def _clock(hours: str, minutes: str) -> Clock:
    hour, minute = int(hours), int(minutes)
    if hour == 24 and not minute:
        return Clock(24 * 60, grain="minute")
    if hour > 23 or minute > 59:
        return Clock(None)
    free = 1 <= hour < 12 and not hours.startswith("0")
    return Clock(hour * 60 + minute, free, "minute" if minute else "hour")


def _date(line: Line, index: int, match: re.Match[str]) -> Iterator[Found]:
    first, sign, second, year = int(match[1]), match[2], int(match[3]), match[4]
    could_be = 1 <= first <= 31 and 1 <= second <= 12
    alone = line.whole == (index, index + 1)
    if sign == "." and not year and len(match[3]) == 2:
        clock = _clock(match[1], match[3])
        if not could_be or (line.asked == "time" and clock.minute is not None):
            decimal = first > 24 and not alone
            if not decimal:
                yield "clock", clock, 0.9 if clock.minute is not None or alone else 0.4, "clock"
        else:
            yield "hm", clock, 1.0, "clock"
    if sign == "-" and not year:
        yield "pair", (Number(first, len(match[1])), Number(second, len(match[3]))), 1.0, "pair"
        if not (alone or (first > 12 and could_be)):
            return
    if sign == "." and not year:
        if alone and line.asked == "time" and could_be and _clock(match[1], match[3]).minute is not None:
            return
        if not could_be and (_clock(match[1], match[3]).minute is not None or not alone or line.asked == "time"):
            return
        if len(match[3]) == 1 and not (alone or line.ear.language == "pl"):
            return
    if sign != "-" or year or could_be or alone:
        yield from _as_day(line, match)


def _as_day(line: Line, match: re.Match[str]) -> Iterator[Found]:
    """A date of digits: day first; in English what may be month first too gives that as another meaning."""
    first, second, year = int(match[1]), int(match[3]), match[4]
    if not year and ((first > 31 and second > 12) or match[0] == "24/7"):
        return
    pairs = [(first, second)]
    if line.ear.language == "en" and first != second and match[2] != ".":
        pairs.append((second, first))
    full = (of_century(int(year), line.today) if len(year) == 2 else int(year)) if year else None
    days = [written_date(full, month, day) if full else coming(month, day, line.today) for day, month in pairs]
    real: list[date] = [day.date for day in days if day.date is not None]
    if real:
        sure = ENGLISH_DATES if real[1:] else 1.0
        yield "day", Day(real[0], "date", tuple(real[1:])), sure, "date"
    elif not (not year and first > 12 and second > 31):
        yield "day", days[0], 1.0, "date"
