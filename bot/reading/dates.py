"""Days: what somebody writes when asked which day, also inside a longer sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.reading import Ear, Reading
from bot.reading.moments.hearing import Heard, hear
from bot.reading.moments.line import OpenHours
from bot.reading.moments.values import PASSED, Day, Days, Instant
from bot.reading.moments.when import days_of
from bot.update import Json
from bot.values import Invalid

__all__ = ["each_day", "read_day"]

_MOST = 7
"""Days of a longer stretch that are offered."""


def read_day(text: str, ear: Ear, hours: OpenHours | None = None) -> Reading | None:
    """The day that is written, as an ISO date; the alternatives are other days it may mean.

    A date without a year is the next one, today included. Digits are day first; an English writer's 3/4 may also be
    March, which is then an alternative. The name of today's weekday means next week's day (today is an alternative),
    unless the text also says an hour that is still to come today; with the business's ``hours``, the next such day
    that is open. Of several days the first is taken. The span covers only what speaks of the day.
    Raises ``Invalid`` if the text names no other day than one that does not exist or has passed for certain.
    """
    found = hear(text, ear, "day", hours)
    good = [(heard, days) for heard in found if (days := [day for day in _days(heard) if day >= ear.today])]
    if not good:
        for heard in found:
            _refuse(heard)
        return None
    heard = good[0][0]
    distinct: list[Json] = [day.isoformat() for day in dict.fromkeys(day for _, days in good for day in days)]
    several = len({days[0] for _, days in good}) > 1 or isinstance(_day(heard), Days)
    sure = round(_sure(heard), 2)
    confidence = min(sure, 0.5) if several and len(distinct) > 1 else sure
    return Reading(distinct[0], _span(heard), tuple(distinct[1:]), confidence)


def each_day(text: str, ear: Ear, hours: OpenHours | None = None) -> list[Reading]:
    """Every day that is written, in its order, each with what else it may mean; none that has passed."""
    heard_days = ((heard, list(_days(heard))) for heard in hear(text, ear, "day", hours))
    found = ((heard, [day.isoformat() for day in days if day >= ear.today]) for heard, days in heard_days)
    return [Reading(days[0], _span(heard), tuple(days[1:]), round(_sure(heard), 2)) for heard, days in found if days]


def _day(heard: Heard) -> object:
    return heard.day.value if heard.day is not None else None


def _sure(heard: Heard) -> float:
    return min(heard.day.sure, 1.0) if heard.day is not None else heard.sure


def _days(heard: Heard) -> Iterator[date]:
    """The days that are meant, the likelier first; of a stretch its days, of "by Friday" the last."""
    day = _day(heard)
    if isinstance(day, Day):
        yield from days_of(heard)
    elif isinstance(day, Days) and day.first is None:
        if day.last is not None:
            yield day.last - timedelta(days=1)
    elif isinstance(day, Days) and day.first is not None:
        last = day.last or day.first + timedelta(days=_MOST)
        first = max(day.first, heard.line.today)
        yield from (first + timedelta(days=one) for one in range(min((last - first).days, _MOST)))
        yield from day.others
    elif heard.whole is not None and isinstance(heard.whole.value, Instant):
        yield heard.whole.value.at.date()


def _refuse(heard: Heard) -> None:
    """Raises ``Invalid`` where a day is named that does not exist or has passed."""
    day = _day(heard)
    if isinstance(day, Day):
        raise Invalid(day.hint or PASSED)
    if isinstance(day, Days) and day.last is not None and day.last <= heard.line.today:
        raise Invalid(PASSED)


def _span(heard: Heard) -> tuple[int, int]:
    """Where the day stands; nowhere if it is said by a length of time, which says the hour as well."""
    if heard.day is None:
        start = heard.line.span(heard.items[0].start, heard.items[0].end)[0]
        return start, start
    return heard.line.span(heard.day.start, heard.day.end)
