"""What somebody means by being closed: stretches of days and hours on the client's own clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.rules.spans import minute_of
from bot.rules.wall import shown
from bot.values import DAY, Appointment, Client, Closure


def closures_of(client: Client, start: datetime, end: datetime, resource_id: int | None, reason: str) -> list[Closure]:
    """The closures that cover a stretch: whole days as one, and the parts of days at its ends."""
    first, last = client.local(start), client.local(end)
    opens, closes = minute(first), minute(last)
    before = last.date() if closes else last.date() - timedelta(days=1)  # an end at midnight is the day before's
    closes = closes or DAY
    if first.date() == before:
        return [Closure(before, before, opens, closes, resource_id, reason)]
    pieces = []
    whole_from, whole_to = first.date(), before
    if opens:
        pieces.append(Closure(first.date(), first.date(), opens, DAY, resource_id, reason))
        whole_from += timedelta(days=1)
    if closes != DAY:
        whole_to -= timedelta(days=1)
    if whole_from <= whole_to:
        pieces.append(Closure(whole_from, whole_to, 0, DAY, resource_id, reason))
    if closes != DAY:
        pieces.append(Closure(before, before, 0, closes, resource_id, reason))
    return pieces


def minute(local: datetime) -> int:
    """The minute of its day."""
    return local.hour * 60 + local.minute


def bounds(client: Client, closed: Closure) -> tuple[datetime, datetime]:
    """From when to when a closure is, on the client's clock."""
    start = datetime.combine(closed.first, time(), tzinfo=client.zone) + timedelta(minutes=closed.opens)
    return start, datetime.combine(closed.last, time(), tzinfo=client.zone) + timedelta(minutes=closed.closes)


def in_the_way(client: Client, closed: Closure, booked: Appointment) -> bool:
    """Whether an appointment falls into a closure, if only for a part."""
    if closed.resource_id not in (None, booked.resource_id):
        return False
    begins, ends = minute_of(booked.starts_at), minute_of(booked.ends_at)
    first = max(closed.first, client.local(booked.starts_at).date())
    last = min(closed.last, client.local(booked.ends_at).date())
    return any(
        begins < piece.end and ends > piece.start
        for ahead in range((last - first).days + 1)
        for piece in shown(client.zone, first + timedelta(days=ahead), closed.opens, closed.closes)
    )
