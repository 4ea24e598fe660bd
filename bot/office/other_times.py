"""Other times for an appointment: what is free near its own, to be proposed instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.office.desk_bookings import AHEAD
from bot.office.seats import taken
from bot.rules.slots import free_times, is_free
from bot.values import Appointment, Booking, Client, Invalid, Slot

PROPOSED: Final = 3
"""How many other times are proposed."""
APART: Final = timedelta(hours=3)


def instead(rows: Connection, client: Client, asked: Appointment, now: datetime) -> tuple[Slot, ...]:
    """``near`` for what can be proposed in a decision: a booked appointment keeps its own time until she answers."""
    return near(rows, client, asked, now, keeps=asked.status is Booking.BOOKED)


def near(
    rows: Connection, client: Client, booked: Appointment, now: datetime, *, keeps: bool = False
) -> tuple[Slot, ...]:
    """The free times nearest to an appointment's own, by start: with the same person where she has any.

    They may overlap with the appointment itself, unless it ``keeps`` its time beside them.
    """
    service = client.service(booked.service)
    if service is None:
        return ()
    day = max(client.local(booked.starts_at).date() - timedelta(days=AHEAD // 2), client.local(now).date())
    stands, per_day = taken(rows, client, service, day, 2 * AHEAD, now, moving=None if keeps else booked.id)
    found: list[Slot] = []
    for resources in ((booked.resource_id,), None):
        free = free_times(client, service, stands, day, 2 * AHEAD, now, resources=resources, per_day=per_day)
        found = [slot for slot in free if slot.starts_at != booked.starts_at]
        if found:
            break
    by_distance = sorted(found, key=lambda slot: abs(slot.starts_at - booked.starts_at))
    return tuple(sorted(spread(by_distance)))


def spread(by_distance: Sequence[Slot]) -> Iterator[Slot]:
    """The nearest of them, each well apart from the others."""
    chosen: list[Slot] = []
    for slot in by_distance:
        if len(chosen) < PROPOSED and all(abs(slot.starts_at - one.starts_at) >= APART for one in chosen):
            chosen.append(slot)
            yield slot


def still_free(
    rows: Connection, client: Client, booked: Appointment, wanted: Sequence[Slot], now: datetime
) -> tuple[Slot, ...]:
    """Which of some times an appointment can be moved to, by start."""
    service = client.service(booked.service)
    found = []
    for slot in wanted if service is not None else ():
        assert service is not None
        day = client.local(slot.starts_at).date()
        stands, per_day = taken(rows, client, service, day, 1, now, moving=booked.id)
        with suppress(Invalid):
            is_free(client, service, slot, stands, now, per_day)
            found.append(slot)
    return tuple(sorted(found))
