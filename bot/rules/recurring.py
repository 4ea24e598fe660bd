"""When a task that comes again comes next: on the client's own clock, also where that clock is put forward or back."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.rules.hours import is_holiday
from bot.values import Client

EVERY: Final = ("workday", "week", "month", "last_workday")
AHEAD: Final = 400
"""Days within which the next time is looked for: a month's last working day comes twelve times in them."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often something comes: ``every`` of EVERY; on a ``weekday``, on a ``day`` of the month (or its last)."""

    every: str
    weekday: int = 0
    day: int = 1
    minute: int = 0  # after local midnight


def rhythm_of(client: Client, every: str, first: datetime) -> Rhythm:
    """The rhythm of something that comes for the first time at a moment."""
    local = client.local(first)
    return Rhythm(every, local.weekday(), local.day, local.hour * 60 + local.minute)


def next_time(client: Client, rhythm: Rhythm, after: datetime) -> datetime:
    """The first time later than ``after``."""
    today = client.local(after).date()
    for ahead in range(AHEAD):
        day = today + timedelta(days=ahead)
        if falls(client, rhythm, day):
            at = datetime.combine(day, time(), tzinfo=client.zone) + timedelta(minutes=rhythm.minute)
            if at.astimezone(UTC) > after:
                return at.astimezone(UTC)
    raise ValueError(f"{rhythm} never comes")


def falls(client: Client, rhythm: Rhythm, day: date) -> bool:
    """Whether it comes on a day."""
    last = monthrange(day.year, day.month)[1]
    match rhythm.every:
        case "workday":
            return is_workday(client, day)
        case "week":
            return day.weekday() == rhythm.weekday
        case "month":
            return day.day == min(rhythm.day, last)
        case "last_workday":
            rest = (date(day.year, day.month, number) for number in range(day.day + 1, last + 1))
            return is_workday(client, day) and not any(is_workday(client, one) for one in rest)
    raise ValueError(f"every {rhythm.every}?")


def is_workday(client: Client, day: date) -> bool:
    """Whether a day is from Monday to Friday and no public holiday of the client's country."""
    return day.weekday() < 5 and not is_holiday(client, day)
