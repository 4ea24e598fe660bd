"""What the clock on a wall shows: minutes of a local day turned into epoch minutes, also on days that change the clock.

An hour that is skipped in spring holds no minute, so what begins or ends in it does so at the change. An hour that is
repeated in autumn counts both times: the minutes in question are those at which the wall clock reads a time within the
stretch, and nothing else. A stretch that ends inside the repeated hour is therefore two stretches on that day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from bot.rules.spans import minute_of, moment_of
from bot.values import DAY

_FIRST: Final = date(1970, 1, 1).toordinal()


class Piece(NamedTuple):
    """Epoch minutes from ``start`` to ``end`` during which the wall clock runs evenly; it showed ``zero`` as 00:00."""

    start: int
    end: int
    zero: int


def shown(zone: ZoneInfo, day: date, start: int, end: int) -> list[Piece]:
    """When, in order of time, the clock of ``zone`` shows minutes ``start`` to ``end`` (excluded) of a local day."""
    pieces = []
    for first, last, offset in _even(zone, day):
        zero = (day.toordinal() - _FIRST) * DAY - offset
        begin, stop = max(first, zero + start), min(last, zero + end)
        if begin < stop:
            pieces.append(Piece(begin, stop, zero))
    return pieces


def day_of(zone: ZoneInfo, moment: datetime) -> date:
    """The local day of an aware moment."""
    return moment.astimezone(zone).date()


@lru_cache(maxsize=8192)
def _even(zone: ZoneInfo, day: date) -> tuple[tuple[int, int, int], ...]:
    """Epoch minutes around a day with the one or two offsets (minutes east) that hold there."""
    midnight = (day.toordinal() - _FIRST) * DAY
    first, last = midnight - DAY, midnight + 2 * DAY
    early, late = _offset(zone, first), _offset(zone, last)
    if early == late:
        return ((first, last, early),)
    low, high = first, last
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, middle) == early else (low, middle)
    return (first, high, early), (high, last, late)


def _offset(zone: ZoneInfo, minute: int) -> int:
    local = moment_of(minute).astimezone(zone)
    return minute_of(local.replace(tzinfo=UTC)) - minute
