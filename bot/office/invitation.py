"""The calendar file of an appointment (RFC 5545), which a customer's calendar adds, changes or strikes out."""

from __future__ import annotations

from datetime import datetime

from bot.i18n import _, plain
from bot.office.calendars import calendar, event
from bot.office.requests import service_name
from bot.update import Attachment
from bot.values import Appointment, Booking, Client


def invitation(client: Client, appointment: Appointment, language: str, now: datetime) -> Attachment:
    """An appointment as a calendar file in the reader's language.

    The same ``UID`` under a higher ``SEQUENCE`` replaces what the calendar holds; of a cancelled appointment the file
    strikes it out. Nobody is named as organizer, so no calendar asks for an answer by e-mail.
    """
    method = "CANCEL" if appointment.status is Booking.CANCELLED else "PUBLISH"
    service = service_name(client, appointment).read(language)
    summary = f"{service}, {client.name}" if service else client.name
    lines = [plain(_("Code: {code}"), {"code": appointment.code}, language, client.zone)]
    if client.phone:
        lines.append(plain(_("Phone: {phone}"), {"phone": client.phone}, language, client.zone))
    content = calendar(method, [event(appointment, now, summary, "\n".join(lines), client.address)])
    name = plain(_("appointment.ics"), {}, language, client.zone)
    mime = f"text/calendar; method={method}; charset=utf-8"
    return Attachment(kind="document", name=name, mime=mime, size=len(content.encode()), content=content)
