"""Until when something can be done, and when words that nobody asked for may be sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from bot.rules.spans import Span, Spans, after_counting, merged, minus, minute_of, moment_of
from bot.rules.wall import day_of, shown
from bot.values import DAY, Client, Service

EVENING: Final = 15
"""Minutes before quiet hours begin at which a reminder is sent that would have fallen into them."""


def cancel_until(service: Service, starts_at: datetime) -> datetime:
    """Until when, inclusive, the customer can move or cancel an appointment without asking: elapsed time, not days."""
    return starts_at - timedelta(minutes=service.cancel_until)


def in_time(service: Service, starts_at: datetime, now: datetime) -> bool:
    """Whether an appointment can still be moved or cancelled without asking."""
    return now <= cancel_until(service, starts_at)


def reminder_times(client: Client, starts_at: datetime, now: datetime) -> tuple[datetime, ...]:
    """When to remind of an appointment, in order: the client's ``reminders``, none of them in its quiet hours.

    One that falls into quiet hours is sent before they begin, the evening before; one whose time has come by ``now`` is
    left out, and two that fall together are one.
    """
    times = {_before_quiet(client, starts_at - timedelta(minutes=minutes)) for minutes in client.reminders}
    return tuple(sorted(time for time in times if time > now))


def outside_quiet(client: Client, moment: datetime) -> datetime:
    """The next moment, this one included, at which the client's customers may be sent what they did not ask for."""
    minute = minute_of(moment)
    end = next((end for start, end in _quiet(client, day_of(client.zone, moment)) if start <= minute < end), None)
    return moment if end is None else moment_of(end)


def offer_until(client: Client, now: datetime, minutes: int | None = None) -> datetime:
    """Until when a freed slot, offered now, is kept: ``minutes``, of which quiet hours count none.

    They are the client's ``offer_minutes`` where nothing else is said.

    So an offer of the evening does not lapse overnight. It is for the caller not to keep it past the slot's own start.
    """
    lasts = client.offer_minutes if minutes is None else minutes
    moment = after_counting(now, lasts, _awake(client, now))
    assert moment is not None  # every day has minutes outside quiet hours
    return moment


def _before_quiet(client: Client, moment: datetime) -> datetime:
    """The moment itself, or the last good one before the quiet hours it lies in."""
    minute, ended = minute_of(moment), 0
    for start, end in _quiet(client, day_of(client.zone, moment)):
        if start <= minute < end:
            return moment_of(max(start - EVENING, ended))
        ended = end
    return moment


def _awake(client: Client, now: datetime) -> Iterator[Span]:
    """The minutes outside quiet hours, from the day of ``now`` on, without end."""
    today = day_of(client.zone, now)
    for ahead in count():
        day = today + timedelta(days=ahead)
        whole = merged((piece.start, piece.end) for piece in shown(client.zone, day, 0, DAY))
        yield from minus(whole, _quiet(client, day))


def _quiet(client: Client, today: date) -> Spans:
    """The quiet hours of a local day and the days around it; none where they begin and end at the same time."""
    return _quiet_around(client.zone, client.quiet, today)


@lru_cache(maxsize=1024)
def _quiet_around(zone: ZoneInfo, quiet: tuple[int, int], today: date) -> Spans:
    start, end = quiet
    if (end - start) % DAY == 0:
        return ()
    parts = [(start, end)] if start < end else [(start, DAY), (0, end)]
    days = [today + timedelta(days=ahead) for ahead in range(-3, 3)]
    pieces = (piece for day in days for part in parts for piece in shown(zone, day, *part))
    return merged((piece.start, piece.end) for piece in pieces)
