"""What the grammar makes of words before the moment is known: numbers, clock times, days, stretches of days."""

from __future__ import annotations

import datetime
from typing import Final, NamedTuple

from bot.values import Message, Msgid

NO_SUCH_DAY: Final = Msgid("There is no such day. Please write it like 24/11.")
NO_SUCH_TIME: Final = Msgid("There is no such time. Please write it like 15:00.")
PASSED: Final = Msgid("That day has passed. Please choose one from today on.")

HALF_DAY: Final = 12 * 60
AFTERWARDS: Final = "afterwards"
"""How a day is named that follows the one spoken of before."""
ONE_AFTER: Final = "one after"
"""How a day is named that is a week after the weekday spoken of before."""


class Number(NamedTuple):
    """A number; ``width`` is how many digits were written, 0 for words."""

    value: int
    width: int


class Clock(NamedTuple):
    """A time in minutes after midnight; ``free``: it may be of the other half of the day. None: no such time.

    ``offset``: how many minutes the clock by which it was told is ahead of universal time; None: the writer's clock.
    """

    minute: int | None
    free: bool = False
    grain: str = "hour"
    offset: int | None = None

    def meanings(self) -> tuple[int, ...]:
        """The minutes it may mean, the likelier (7:00 to 20:00, the morning first) in front."""
        if self.minute is None:
            return ()
        if not self.free:
            return (self.minute,)
        both = (self.minute, (self.minute + HALF_DAY) % (2 * HALF_DAY))
        return tuple(sorted(both, key=lambda one: (not 7 * 60 <= one <= 20 * 60, one)))


class Part(NamedTuple):
    """A part of the day, in minutes after midnight."""

    first: int
    last: int


class Hours(NamedTuple):
    """From one time to another of a day; None: the day's beginning or end."""

    first: Clock | None
    last: Clock | None


class Day(NamedTuple):
    """A day and the others it may be; ``hint`` instead of a date if there is no such day.

    ``sort`` says how it was named: weekday, relative, date, number (of the month), holiday, counted, afterwards,
    one after.
    """

    date: datetime.date | None
    sort: str
    others: tuple[datetime.date, ...] = ()
    hint: Message | None = None


class Days(NamedTuple):
    """Days from ``first`` up to, not including, ``last``; None: from now on, or without end.

    ``grain``: week, month and year are one thing named; day and weekend are an interval.
    """

    first: datetime.date | None
    last: datetime.date | None
    grain: str
    others: tuple[datetime.date, ...] = ()


class Duration(NamedTuple):
    """A length of time; ``fine`` if it is counted in hours or less."""

    months: int = 0
    days: int = 0
    minutes: int = 0
    fine: bool = False
    workdays: int = 0


class Instant(NamedTuple):
    """A moment counted from now."""

    at: datetime.datetime


class Unsure(NamedTuple):
    """What a rule makes with less than full confidence."""

    value: object
    sure: float
