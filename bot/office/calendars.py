"""Calendars as files (RFC 5545), for the calendar programs of customers and of clients."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from icalendar import Calendar, Component, Event, vDatetime, vInt, vText

from bot.values import Appointment, Booking

PRODUCT: Final = "-//Centralino//Appointments//EN"
STATUS: Final = {Booking.REQUESTED: "TENTATIVE", Booking.CANCELLED: "CANCELLED"}
END: Final = "END:VCALENDAR"
SHORT: Final = 75
"""Lines of fewer octets are never folded."""


def calendar(method: str, events: Iterable[Event], name: str = "") -> str:
    """A whole file; ``method`` is PUBLISH, or CANCEL for what is to be struck out."""
    return "".join((_head(method, name), *map(_written, events), f"{END}\r\n"))


@lru_cache(maxsize=256)
def _head(method: str, name: str) -> str:
    """What stands before the events: much of a file, and in all of them the same."""
    empty = Calendar(version=vText("2.0"), prodid=vText(PRODUCT), method=vText(method))
    if name:
        empty["x-wr-calname"] = vText(name)
    return _written(empty).partition(END)[0]


def _written(part: Component) -> str:
    """The lines of a part. The library looks through each for where to fold it, sign by sign: no short one needs it."""
    lines = (line if len(line.encode()) < SHORT else line.to_ical().decode() for line in part.content_lines() if line)
    return "".join([f"{line}\r\n" for line in lines])


def event(appointment: Appointment, now: datetime, summary: str, description: str, location: str = "") -> Event:
    """An appointment. Its times are UTC, which every calendar shows on its own clock."""
    shown = Event(
        uid=vText(appointment.uid),
        sequence=vInt(appointment.sequence),
        dtstamp=vDatetime(now),
        dtstart=vDatetime(appointment.starts_at.astimezone(UTC)),
        dtend=vDatetime(appointment.ends_at.astimezone(UTC)),
        status=vText(STATUS.get(appointment.status, "CONFIRMED")),
        summary=vText(summary),
        description=vText(description),
    )
    if location:
        shown["location"] = vText(location)
    return shown
