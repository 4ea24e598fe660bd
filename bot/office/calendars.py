"""Calendars as files (RFC 5545), for the calendar programs of customers and of clients."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from bot.values import Appointment, Booking

Lines = list[str]
PRODUCT: Final = "-//Centralino//Appointments//EN"
STATUS: Final = {Booking.REQUESTED: "TENTATIVE", Booking.CANCELLED: "CANCELLED"}
LONGEST: Final = 74
"""Octets of a line; one that goes on has a space before them."""


def calendar(method: str, events: Iterable[Lines], name: str = "") -> str:
    """A whole file; ``method`` is PUBLISH, or CANCEL for what is to be struck out."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", f"METHOD:{method}"]
    if name:
        head.append(_text("X-WR-CALNAME", name))
    body = [line for event in events for line in event]
    return "".join([f"{_folded(line)}\r\n" for line in (*head, *body, "END:VCALENDAR")])


def event(appointment: Appointment, now: datetime, summary: str, description: str, location: str = "") -> Lines:
    """An appointment. Its times are UTC, which every calendar shows on its own clock."""
    return [
        "BEGIN:VEVENT",
        _text("SUMMARY", summary),
        _moment("DTSTART", appointment.starts_at),
        _moment("DTEND", appointment.ends_at),
        _moment("DTSTAMP", now),
        _text("UID", appointment.uid),
        f"SEQUENCE:{appointment.sequence}",
        _text("DESCRIPTION", description),
        *([_text("LOCATION", location)] if location else []),
        f"STATUS:{STATUS.get(appointment.status, 'CONFIRMED')}",
        "END:VEVENT",
    ]


def _text(name: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return f"{name}:" + escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _moment(name: str, moment: datetime) -> str:
    return f"{name}:{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> str:
    """The line, broken where it is too long, though never within a character, nor behind a backslash."""
    octets, pieces = line.encode(), []
    while len(octets) > LONGEST:
        end = LONGEST
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        end -= octets[end - 1] == ord("\\")
        pieces.append(octets[:end])
        octets = octets[end:]
    return b"\r\n ".join((*pieces, octets)).decode() if pieces else line
