"""How fast a network may be written to: one rate for each chat and one for each bot, and the pauses it asks for.

Nothing here waits. A job that may not go yet is told when it may, and is put back until then: so a pause costs no
memory and no place among the jobs in hand, and a test needs no time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.update import Thread

TIDY: Final = 10_000
"""After so many jobs, buckets, pauses and grants of the past are forgotten."""
FULL: Final = timedelta(seconds=1)
"""After what time a job is looked at again where its bot has its hands full."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a second over time, and so many at once."""

    per_second: float
    burst: int


@dataclass(frozen=True, slots=True)
class Pace:
    """The limits: None is no limit. ``at_once`` is how many calls of one bot may be under way."""

    chat: Rate | None = Rate(1, 3)
    bot: Rate | None = Rate(30, 30)
    at_once: int = 30


UNPACED: Final = Pace(None, None, 1_000)
"""No limits: for tests, and to measure."""


class Bucket:
    """Gives out moments at a rate, and after a rest as many at once as the burst allows."""

    def __init__(self, rate: Rate) -> None:
        self._gap = timedelta(seconds=1 / rate.per_second)
        self._ahead = self._gap * (rate.burst - 1)
        self._next: datetime | None = None

    def take(self, now: datetime) -> datetime:
        """The moment at which one more may go, now or later; it is given to nobody else."""
        if self._next is None or self._next < now:
            self._next = now
        at = max(now, self._next - self._ahead)
        self._next += self._gap
        return at

    def is_past(self, now: datetime) -> bool:
        """Whether it is as good as new."""
        return self._next is None or self._next <= now


class Pacer:
    """Says of each job when it may go, and remembers what it has promised. ``left`` tells it that a job has ended."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._buckets: dict[str, Bucket] = {}
        self._granted: dict[tuple[int, str], datetime] = {}
        self._pauses: dict[str, datetime] = {}
        self._under_way: Counter[str] = Counter()
        self._seen = 0

    def admit(self, job_id: int, thread: Thread, now: datetime) -> datetime | None:
        """None where the job may go now (and counts as under way); else the moment to come back with it."""
        self._seen += 1
        if self._seen % TIDY == 0:
            self._forget(now)
        bot = bot_of(thread)
        until = max(self._pauses.get(bot, now), self._pauses.get(thread.lane, now))
        if until > now:
            return until
        for key, rate in ((thread.lane, self._pace.chat), (bot, self._pace.bot)):
            at = self._take(job_id, key, rate, now)
            if at > now:
                return at
        if self._under_way[bot] >= self._pace.at_once:
            self._granted.pop((job_id, bot), None)
            return max(self._take(job_id, bot, self._pace.bot, now), now + FULL)
        for key in (thread.lane, bot):
            self._granted.pop((job_id, key), None)
        self._under_way[bot] += 1
        return None

    def left(self, thread: Thread) -> None:
        """A job that went is no longer under way."""
        bot = bot_of(thread)
        self._under_way[bot] -= 1
        if self._under_way[bot] <= 0:
            del self._under_way[bot]

    def pause(self, thread: Thread, until: datetime, now: datetime) -> None:
        """The network wants to be left alone until then.

        It doesn't say whether it means the chat or the bot. The first chat that hears so pauses alone; when a second
        chat of the bot hears it meanwhile, the whole bot pauses.
        """
        bot = bot_of(thread)
        others = (key for key, end in self._pauses.items() if end > now and key.startswith(f"{bot}:"))
        if any(key != thread.lane for key in others):
            self._pauses[bot] = max(until, self._pauses.get(bot, until))
        self._pauses[thread.lane] = until

    def _take(self, job_id: int, key: str, rate: Rate | None, now: datetime) -> datetime:
        """When this job may go as far as this rate goes; what was granted before still holds."""
        if rate is None:
            return now
        at = self._granted.get((job_id, key))
        if at is None:
            bucket = self._buckets.get(key)
            if bucket is None:
                bucket = self._buckets[key] = Bucket(rate)
            at = self._granted[job_id, key] = bucket.take(now)
        return at

    def _forget(self, now: datetime) -> None:
        """Drops what is of the past; a job that was called off while it waited leaves its grant behind."""
        self._buckets = {key: one for key, one in self._buckets.items() if not one.is_past(now)}
        self._granted = {key: at for key, at in self._granted.items() if at > now - timedelta(hours=1)}
        self._pauses = {key: until for key, until in self._pauses.items() if until > now}


def bot_of(thread: Thread) -> str:
    """The key of the bot that a thread is on."""
    return f"{thread.channel}:{thread.account}"
