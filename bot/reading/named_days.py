"""Days written in words: "24 novembre", "next Friday", "w środę", "dopodomani"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.reading import Ear
from bot.reading.calendar_words import (
    ALL_MONTHS,
    ALL_RELATIVE,
    ALL_WEEKDAYS,
    DAY_HALF,
    DOUBTFUL,
    months,
    short_months,
    short_weekdays,
)
from bot.reading.folding import Folded, bag
from bot.reading.found import PASSED, Found, coming, dated, day_of_month, introduced, is_label
from bot.values import LANGUAGES, Invalid

_WEEK = timedelta(days=7)
_SHORT_MONTHS = {language: short_months(language) for language in LANGUAGES}
_SHORT_WEEKDAYS = {language: short_weekdays(language) for language in LANGUAGES}


def one_of(words: Mapping[str, object] | list[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_MONTH_NAMES = one_of([*ALL_MONTHS, *(name for names in _SHORT_MONTHS.values() for name in names)])
_WEEKDAY_NAMES = one_of([*ALL_WEEKDAYS, *(name for names in _SHORT_WEEKDAYS.values() for name in names)])
_ENDING = r"(?:st|nd|rd|th|[o°]|\.|-?(?:e?go|ty|y))?"
_YEAR = r"(?:,? ?((?:19|20)[0-9]{2})(?![0-9:])(?: ?r\b\.?)?)?"
_DAY_MONTH = re.compile(
    rf"(?<![\w/.:,+-])(?:([0-9]{{1,2}}){_ENDING}|primo) ?(?:of |di |de )?({_MONTH_NAMES})\b\.?{_YEAR}"
)
_MONTH_DAY = re.compile(
    rf"(?<!\w)({_MONTH_NAMES})\b\.? (?:the )?([0-9]{{1,2}})(?:st|nd|rd|th)?(?![\w:/]|[.,][0-9]| ?[ap]\.?m\b){_YEAR}"
)
_WEEKDAY = re.compile(rf"(?<![\w'])({_WEEKDAY_NAMES})(?!\w)")
_RELATIVE = re.compile(rf"(?<!\w)({one_of(ALL_RELATIVE)})(?!\w)")
_NEXT_WEEK = re.compile(
    r",? ?(?:of |in |della |nella |w )?(?:next week|(?:la )?prossima settimana|(?:la )?settimana prossima|"
    r"(?:przyszlym|nastepnym) tygodniu)(?!\w)"
)
_NEXT_AFTER = re.compile(r" (?:prossim[oa]|next)(?!\w)")
_NEXT_IT = bag("prossimo prossima")
_NEXT = bag("next przyszly przyszla przyszle przyszlym nastepny nastepna nastepnym")
_COMING = bag("coming najblizszy najblizsza najblizszym")
_THIS = bag("this questo questa ten te tym")
_SINCE = bag("da dal dalla since from until od przed")
_BARE_NUMBER = re.compile(
    r",? (?:il |the )?([0-9]{1,2})(?:st|nd|rd|th|\.)?"
    rf"(?![\w:/]|[.,-][0-9]| ?[ap]\.?m\b| (?:of |di )?(?:{_MONTH_NAMES})\b)"
)


def named_days(line: Folded, ear: Ear) -> Iterator[Found]:
    """Every day that the line names in words."""
    yield from _months(line, ear)
    yield from _weekdays(line, ear)
    yield from _relative(line, ear)


def _months(line: Folded, ear: Ear) -> Iterator[Found]:
    for match in _DAY_MONTH.finditer(line.text):
        month = _month(line, ear, match[2], match.end(2), bool(match[3]))
        if month:
            yield from _of_month(line, ear, match, (month, int(match[1] or 1), match[3]))
    for match in _MONTH_DAY.finditer(line.text):
        month = _month(line, ear, match[1], match.end(1), True)
        if month and (ear.language == "en" or match[1] in months("en")):
            yield from _of_month(line, ear, match, (month, int(match[2]), match[3]))


def _month(line: Folded, ear: Ear, name: str, end: int, sure: bool) -> int:
    """The month called so; 0 if it is another word: short names count in the writer's language only."""
    if "ą" in line.source[slice(*line.span(end - len(name), end))].lower() and name == "maja":
        return 0
    month = ALL_MONTHS.get(name) or _SHORT_MONTHS.get(ear.language, {}).get(name, 0)
    if name in DOUBTFUL and not sure:
        after = line.after(end)
        return month if after is None or after.text[0].isdigit() or after.text in ("at", "alle", "o") else 0
    return month


def _of_month(line: Folded, ear: Ear, match: re.Match[str], named: tuple[int, int, str | None]) -> Iterator[Found]:
    month, day, year = named
    start = introduced(line, match.start())
    if is_label(line, start):
        return
    try:
        found = dated(int(year), month, day, ear.today) if year else coming(month, day, ear.today)
        yield Found(start, match.end(), found)
    except Invalid as wrong:
        yield Found(start, match.end(), None, hint=wrong.hint)


def _weekdays(line: Folded, ear: Ear) -> Iterator[Found]:
    for match in _WEEKDAY.finditer(line.text):
        weekday = ALL_WEEKDAYS.get(match[1])
        if weekday is None:
            weekday = _short_weekday(line, ear, match)
        if weekday is not None:
            yield from _weekday(line, ear, match, weekday)


def _short_weekday(line: Folded, ear: Ear, match: re.Match[str]) -> int | None:
    """A short name counts in the writer's language; a doubtful one only where something shows that it is a day."""
    weekday = _SHORT_WEEKDAYS.get(ear.language, {}).get(match[1])
    if weekday is None or match[1] not in DOUBTFUL:
        return weekday
    before, after = line.before(match.start()), line.after(match.end())
    shown = match.start() == 0 or (after is not None and after.text[0].isdigit())
    led = before is not None and before.text in _NEXT | _NEXT_IT | _COMING | _THIS | {"on", "w", "we"}
    return weekday if shown or led else None


def _weekday(line: Folded, ear: Ear, match: re.Match[str], weekday: int) -> Iterator[Found]:
    """The next such weekday. Today's own name means next week's day, unless "this" stands before it.

    "Next Friday" is the Friday of next week in English and Polish, the coming one in Italian, as most people mean it;
    the other is given as another meaning.
    """
    before = line.before(match.start())
    word = before.text if before is not None else ""
    modified = word in _NEXT | _NEXT_IT | _COMING | _THIS
    start = before.start if before is not None and modified else match.start()
    start = introduced(line, start)
    if is_label(line, start):
        return
    ahead = (weekday - ear.today.weekday()) % 7
    near = ear.today + timedelta(days=ahead or 7)
    following = ear.today - timedelta(days=ear.today.weekday()) + _WEEK + timedelta(days=weekday)
    if week := _NEXT_WEEK.match(line.text, match.end()):
        yield Found(start, week.end(), following, loose=True)
    elif after := _NEXT_AFTER.match(line.text, match.end()):
        yield Found(start, after.end(), *_either(near, following), loose=True)
    elif word in _NEXT:
        yield Found(start, match.end(), *_either(following, near), loose=True)
    elif word in _THIS and not ahead:
        yield Found(start, match.end(), *_either(ear.today, near), loose=True)
    elif (dated := _with_number(line, match.end(), near, ear.today)) is not None:
        yield replace(dated, start=start)
    else:
        others = (ear.today,) if not ahead and not modified else (following,) if word in _NEXT_IT else ()
        yield Found(start, match.end(), near, tuple(day for day in others if day != near), loose=True)


def _with_number(line: Folded, end: int, near: date, today: date) -> Found | None:
    """A number behind a weekday is its date if they agree ("martedì 24"), else something else, perhaps an hour."""
    number = _BARE_NUMBER.match(line.text, end)
    day = day_of_month(int(number[1]), today) if number else None
    if number is None or day is None or day.weekday() != near.weekday():
        return None
    if day != near and 7 <= day.day <= 20:
        return Found(end, number.end(), day, (near,), 0.6)
    return Found(end, number.end(), day)


def _either(likely: date, other: date) -> tuple[date, tuple[date, ...], float]:
    return (likely, (), 1.0) if likely == other else (likely, (other,), 0.7)


def _relative(line: Folded, ear: Ear) -> Iterator[Found]:
    for match in _RELATIVE.finditer(line.text):
        start = introduced(line, match.start())
        before = line.before(start)
        since = before is not None and before.text in _SINCE
        if is_label(line, start):
            continue
        end = match.start() + DAY_HALF.get(match[1], len(match[1]))
        day = ear.today + timedelta(days=ALL_RELATIVE[match[1]])
        if day >= ear.today:
            yield Found(start, end, day, loose=True)
        elif not since:
            yield Found(start, end, None, hint=PASSED, loose=True)
