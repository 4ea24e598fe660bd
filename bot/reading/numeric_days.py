"""Days written in digits: 24/11, 24.11.2026, 2026-11-24, "il 24", "24-go", "the 24th"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.reading import Ear
from bot.reading.folding import Folded, bag
from bot.reading.found import NO_SUCH_DAY, Found, coming, dated, day_of_month, full_year, introduced, is_label
from bot.values import Invalid

_ISO = re.compile(r"(?<![\w/.+-])(20[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![\w/-])")
_DAY_MONTH = re.compile(
    r"(?<![\w/.:,+-])([0-9]{1,2})([/.-])([0-9]{1,2})(?:\2((?:19|20)[0-9]{2}|[0-9]{2}))?"
    r"(?: ?r\b\.?)?(?![\w/:%€$-]|[.,][0-9])"
)
_NUMBER = re.compile(
    r"(?<![\w/.:,+-])([0-9]{1,2})(?:(st|nd|rd|th)|-?(e?go|ego|ty|y)|[o°])?(?![\w:/%€$°]|[.,-][0-9]|-[a-z])"
)
_CLOCK_WORDS = bag("alle all ore le h at o godz godzina godzinie godzine dalle around about verso okolo")
_UNITS = bag("ora hour hours kg km l litri litro cm mm m min minuti minutes euro eur zl pln kilo godziny")
_DAY_WORDS = bag("il l on dnia the giorno del al")
# After "the 24th": what may follow a day, where a noun ("the 2nd floor") would make it something else.
_AFTER_A_DAY = bag("at in of around after before between from please if is works and or then o")


def numeric_days(line: Folded, ear: Ear) -> Iterator[Found]:
    """Every day that the line writes in digits."""
    yield from _iso(line, ear)
    yield from _day_month(line, ear)
    yield from _numbers(line, ear)


def _iso(line: Folded, ear: Ear) -> Iterator[Found]:
    for match in _ISO.finditer(line.text):
        start = introduced(line, match.start())
        if is_label(line, start):
            continue
        try:
            day = dated(int(match[1]), int(match[3]), int(match[4]), ear.today)
            yield Found(start, match.end(), day)
        except Invalid as wrong:
            yield Found(start, match.end(), None, hint=wrong.hint)


def _day_month(line: Folded, ear: Ear) -> Iterator[Found]:
    """24/11 and its kin, day first; in English what may be month first too gives that as another meaning."""
    for match in _DAY_MONTH.finditer(line.text):
        start, before = introduced(line, match.start()), line.before(match.start())
        alone = match[0] == line.bare or (before is not None and before.text in _DAY_WORDS)
        if is_label(line, start) or not _is_a_date(line, match, alone):
            continue
        yield _as_found(ear, match, start)


def _is_a_date(line: Folded, match: re.Match[str], alone: bool) -> bool:
    """Whether the digits are no range (2-3), decimal (3.5), clock (15.30), fraction (1/2 kg) or single sign (½)."""
    day, month = int(match[1]), int(match[3])
    start, end = line.span(match.start(), match.end())
    if end - start != len(match[0]):
        return False
    after = line.after(match.end())
    if after is not None and after.text in _UNITS:
        return False
    if match[4]:
        return True
    if match[2] == "-":
        return alone or (day > month and 1 <= month <= 12)
    if match[2] == ".":
        before = line.before(match.start())
        clock = day < 24 and len(match[3]) == 2 and (month > 12 or month == 0) and month < 60
        timed = before is not None and before.text in _CLOCK_WORDS
        return not clock and not timed and (alone or len(match[3]) == 2)
    return day <= 31 or month <= 12


def _as_found(ear: Ear, match: re.Match[str], start: int) -> Found:
    first, second = int(match[1]), int(match[3])
    pairs = [(first, second)]
    if ear.language == "en" and first != second and match[2] != ".":
        pairs.append((second, first))
    days, hint = [], None
    for day, month in pairs:
        try:
            if match[4]:
                days.append(dated(full_year(match[4]), month, day, ear.today))
            else:
                days.append(coming(month, day, ear.today))
        except Invalid as wrong:
            hint = hint or wrong.hint
    if days:
        return Found(start, match.end(), days[0], tuple(days[1:]), 0.8 if days[1:] else 1.0)
    return Found(start, match.end(), None, hint=hint)


def _numbers(line: Folded, ear: Ear) -> Iterator[Found]:
    """A number alone, or one that its ending or the word before makes a day of the month."""
    for match in _NUMBER.finditer(line.text):
        start = introduced(line, match.start())
        before, after = line.before(match.start()), line.after(match.end())
        word = before.text if before is not None else ""
        ended = match.end() == len(line.text) or after is None or after.text in _AFTER_A_DAY or after.text[0].isdigit()
        whole = match[0] == line.bare
        led = word in ("il", "l", "giorno", "dnia") or (word == "the" and ended) or bool(match[3])
        if is_label(line, start) or not (whole or led or (match[2] and ended)):
            continue
        day = day_of_month(int(match[1]), ear.today)
        if day is not None:
            yield Found(start, match.end(), day, confidence=0.6 if whole and not led and not match[2] else 0.9)
        elif led:
            yield Found(start, match.end(), None, hint=NO_SUCH_DAY)
