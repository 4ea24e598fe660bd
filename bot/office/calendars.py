"""Calendars as files (RFC 5545), for the calendar programs of customers and of clients."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from icalendar import Calendar, Event

from bot.values import Appointment, Booking

PRODUCT: Final = "-//Centralino//Appointments//EN"
STATUS: Final = {Booking.REQUESTED: "TENTATIVE", Booking.CANCELLED: "CANCELLED"}


def calendar(method: str, events: Iterable[Event], name: str = "") -> str:
    """A whole file; ``method`` is PUBLISH, or CANCEL for what is to be struck out."""
    shown = Calendar()
    shown.add("version", "2.0")
    shown.add("prodid", PRODUCT)
    shown.add("method", method)
    if name:
        shown.add("x-wr-calname", name)
    for one in events:
        shown.add_component(one)
    return str(shown.to_ical(), "utf-8")


def event(appointment: Appointment, now: datetime, summary: str, description: str, location: str = "") -> Event:
    """An appointment. Its times are UTC, which every calendar shows on its own clock."""
    shown = Event()
    shown.add("uid", appointment.uid)
    shown.add("sequence", appointment.sequence)
    shown.add("dtstamp", now)
    shown.add("dtstart", appointment.starts_at)
    shown.add("dtend", appointment.ends_at)
    shown.add("status", STATUS.get(appointment.status, "CONFIRMED"))
    shown.add("summary", summary)
    shown.add("description", description)
    if location:
        shown.add("location", location)
    return shown
