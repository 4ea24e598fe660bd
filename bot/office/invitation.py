"""The calendar file of an appointment (RFC 5545), which a customer's calendar adds, changes or strikes out."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from icalendar import Calendar, Event

from bot.i18n import _, plain
from bot.office.requests import service_name
from bot.update import Attachment
from bot.values import Appointment, Booking, Client

PRODUCT: Final = "-//Centralino//Appointments//EN"
STATUS: Final = {Booking.REQUESTED: "TENTATIVE", Booking.CANCELLED: "CANCELLED"}


def invitation(client: Client, appointment: Appointment, language: str, now: datetime) -> Attachment:
    """An appointment as a calendar file in the reader's language.

    The same ``UID`` under a higher ``SEQUENCE`` replaces what the calendar holds; of a cancelled appointment the file
    strikes it out. Nobody is named as organizer, so no calendar asks for an answer by e-mail. Times are UTC, which
    every calendar shows on its own clock.
    """
    over = appointment.status is Booking.CANCELLED
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "CANCEL" if over else "PUBLISH")
    calendar.add_component(event(client, appointment, language, now))
    content = calendar.to_ical().decode()
    name = plain(_("appointment.ics"), {}, language, client.zone)
    mime = f"text/calendar; method={'CANCEL' if over else 'PUBLISH'}; charset=utf-8"
    return Attachment(kind="document", name=name, mime=mime, size=len(content.encode()), content=content)


def event(client: Client, appointment: Appointment, language: str, now: datetime) -> Event:
    """The appointment itself."""
    shown = Event()
    shown.add("uid", appointment.uid)
    shown.add("sequence", appointment.sequence)
    shown.add("dtstamp", now)
    shown.add("dtstart", appointment.starts_at)
    shown.add("dtend", appointment.ends_at)
    shown.add("status", STATUS.get(appointment.status, "CONFIRMED"))
    service = service_name(client, appointment).read(language)
    shown.add("summary", f"{service}, {client.name}" if service else client.name)
    if client.address:
        shown.add("location", client.address)
    lines = [plain(_("Code: {code}"), {"code": appointment.code}, language, client.zone)]
    if client.phone:
        lines.append(plain(_("Phone: {phone}"), {"phone": client.phone}, language, client.zone))
    shown.add("description", "\n".join(lines))
    return shown
