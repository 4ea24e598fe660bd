"""By when we say somebody answers: counted from when somebody really does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from bot.rules.hours import covered_spans, open_spans
from bot.rules.spans import EPOCH, Span, after_counting, common, minute_of
from bot.rules.wall import day_of
from bot.values import Client

WITHIN: Final = 20
"""Minutes within which the desk answers where the client says nothing else."""
AHEAD: Final = 14
"""Days beyond which nothing is promised."""
_ROUND: Final = timedelta(minutes=5)


def answer_by(client: Client, kind: str, now: datetime, *, urgent: bool = False) -> datetime | None:
    """By when the desk answers a ticket of ``kind`` that comes now, exact to the second; None if not within 14 days.

    The client's ``answer_within`` for the kind ("urgent" before it, if it is urgent; else "default", else 20 minutes)
    is counted only while the client is open and the desk covered; what is urgent, whenever the desk is covered. Say it
    as ``said_by``.
    """
    keys = ("urgent", kind, "default") if urgent else (kind, "default")
    minutes = next((client.answer_within[key] for key in keys if key in client.answer_within), WITHIN)
    return _counted(client, minutes, now, urgent)


def decide_by(client: Client, now: datetime, before: datetime) -> datetime:
    """By when a person decides what is asked now, at the latest ``before`` (the appointment's start, or a deadline).

    The client's ``decide_within`` is counted as a promise is. If that ends after ``before``, or not within 14 days,
    ``before`` it is: then the client's default outcome holds, so that the customer hears the end in every case.
    """
    counted = _counted(client, client.decide_within, now, urgent=False)
    return before if counted is None else min(counted, before)


def answering_minutes(client: Client, start: datetime, end: datetime) -> int:
    """The whole minutes between two moments at which the client was open and the desk covered: working time.

    Beyond 14 days none are counted.
    """
    begins, ends = minute_of(start), minute_of(min(end, start + timedelta(days=AHEAD)))
    spans = takewhile(lambda span: span[0] < ends, _answering(client, start, urgent=False))
    return sum(max(0, min(after, ends) - max(first, begins)) for first, after in spans)


def said_by(moment: datetime, latest: datetime | None = None) -> datetime:
    """A promise as it is said: the next full five minutes, never past ``latest``, so that what is said is kept."""
    said = moment + (EPOCH - moment) % _ROUND
    return said if latest is None else min(said, latest)


def _counted(client: Client, minutes: int, now: datetime, urgent: bool) -> datetime | None:
    end = after_counting(now, minutes, _answering(client, now, urgent))
    return end if end is not None and end <= now + timedelta(days=AHEAD) else None


def _answering(client: Client, now: datetime, urgent: bool) -> Iterator[Span]:
    """The minutes that count, from the day of ``now`` on."""
    today = day_of(client.zone, now)
    for ahead in range(AHEAD + 2):  # where one day had 23 hours, fourteen of 24 reach into one more
        day = today + timedelta(days=ahead)
        answered = covered_spans(client, day)
        yield from answered if urgent else common(answered, open_spans(client, day))
