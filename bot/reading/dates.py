"""Days: what somebody writes when asked which day, also inside a longer sentence."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from bot.reading import Ear, Reading, folded
from bot.reading.folding import Folded
from bot.reading.found import Found, settle
from bot.reading.named_days import named_days
from bot.reading.numeric_days import numeric_days
from bot.reading.times import read_time
from bot.values import Invalid


def read_day(text: str, ear: Ear) -> Reading | None:
    """The day that is written, as an ISO date; the alternatives are other days it may mean.

    A date without a year is the next one, today included. Digits are day first; an English writer's 3/4 may also be
    March, which is then an alternative. The name of today's weekday means next week's day (today is an alternative),
    unless the text also says an hour that is still to come today. Of several days the first is taken.
    Raises ``Invalid`` if the text names no other day than one that does not exist or has passed for certain.
    """
    line = folded(text)
    found = _joined(settle(chain(numeric_days(line, ear), named_days(line, ear))), line)
    good = [one for one in found if one.day is not None]
    if not good:
        for one in found:
            if one.hint is not None:
                raise Invalid(one.hint)
        return None
    first = good[0]
    days = [day for day in (first.day, *first.others, *(one.day for one in good[1:])) if day is not None]
    if ear.today in first.others and _hour_to_come(text, ear):
        days.insert(0, ear.today)
    distinct = list(dict.fromkeys(day.isoformat() for day in days))
    several = any(one.day != first.day for one in good)
    confidence = min(first.confidence, 0.5) if several else first.confidence
    return Reading(distinct[0], line.span(first.start, first.end), tuple(distinct[1:]), confidence)


def _joined(found: list[Found], line: Folded) -> list[Found]:
    """Joins what stands side by side ("martedì, 24 novembre"): the exact day counts, the loose one only confirms."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is None or last.day is None or not last.loose or not _beside(last, one, line):
            joined.append(one)
        elif one.day is None or one.day.weekday() == last.day.weekday():
            joined[-1] = replace(one, start=last.start)
        elif one.loose:
            joined.append(one)
        else:
            joined[-1] = replace(one, start=last.start, others=(*one.others, last.day), confidence=0.5)
    return joined


def _beside(one: Found, other: Found, line: Folded) -> bool:
    return len(line.text[one.end : other.start]) <= 2 and not line.text[one.end : other.start].strip(" ,(")


def _hour_to_come(text: str, ear: Ear) -> bool:
    try:
        time = read_time(text, ear)
    except Invalid:
        return False
    return time is not None and str(time.value) > ear.local.strftime("%H:%M")
