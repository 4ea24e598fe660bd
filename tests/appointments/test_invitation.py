"""The calendar file, as a calendar reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Event

from bot.office.invitation import invitation
from bot.values import Appointment, Booking, Client, ClientText, Service

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
CUT = Service(1, "cut", ClientText((("it", "Taglio"), ("en", "Haircut; and, more"))), 30, (1,))
SALON = Client(1, "salon", 1, "Salone Aurora", ("it", "en"), "Europe/Rome", address="Via Melzo 12, Milano",
               phone="+39 02 2951 0142", services=(CUT,))  # fmt: skip
BOOKED = Appointment(
    7, 3, "cut", 1, datetime(2026, 11, 24, 14, 0, tzinfo=UTC), datetime(2026, 11, 24, 14, 30, tzinfo=UTC),
    Booking.BOOKED, "0d1c-uid", 2, "ABCD2345", name="Anna Rossi",
)  # fmt: skip


def read(appointment: Appointment, language: str = "en") -> tuple[Calendar, Event]:
    file = invitation(SALON, appointment, language, NOW)
    assert "\r\n" in file.content and file.size == len(file.content.encode())
    calendar = Calendar.from_ical(file.content)
    assert isinstance(calendar, Calendar)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return calendar, event


def test_a_booked_appointment_reads_back_as_it_is() -> None:
    calendar, event = read(BOOKED)
    assert (str(calendar["method"]), str(calendar["version"])) == ("PUBLISH", "2.0")
    assert (str(event["uid"]), event.decoded("sequence"), str(event["status"])) == ("0d1c-uid", 2, "CONFIRMED")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (BOOKED.starts_at, BOOKED.ends_at)
    assert event.decoded("dtstamp") == NOW
    assert str(event["summary"]) == "Haircut; and, more, Salone Aurora"
    assert str(event["location"]) == "Via Melzo 12, Milano"
    assert "ABCD2345" in str(event["description"]) and "+39 02 2951 0142" in str(event["description"])
    assert "organizer" not in event and "attendee" not in event


@pytest.mark.parametrize(
    ("booking", "method", "status"),
    [(Booking.REQUESTED, "PUBLISH", "TENTATIVE"), (Booking.CANCELLED, "CANCEL", "CANCELLED")],
)
def test_how_it_stands_is_said(booking: Booking, method: str, status: str) -> None:
    calendar, event = read(replace(BOOKED, status=booking, sequence=3))
    assert (str(calendar["method"]), str(event["status"])) == (method, status)
    assert (str(event["uid"]), event.decoded("sequence")) == ("0d1c-uid", 3)


@pytest.mark.parametrize(
    ("language", "name", "summary"),
    [
        ("it", "appuntamento.ics", "Taglio, Salone Aurora"),
        ("en", "appointment.ics", "Haircut; and, more, Salone Aurora"),
        ("pl", "wizyta.ics", "Taglio, Salone Aurora"),  # the client gave no Polish: its first language
    ],
)
def test_it_speaks_the_readers_language(language: str, name: str, summary: str) -> None:
    file = invitation(SALON, BOOKED, language, NOW)
    assert file.name == name and file.mime.startswith("text/calendar")
    assert str(read(BOOKED, language)[1]["summary"]) == summary


def test_long_and_foreign_words_keep_within_the_lines() -> None:
    address = "Żółta " * 40
    file = invitation(replace(SALON, address=address), BOOKED, "pl", NOW)
    assert all(len(row.encode()) <= 75 for row in file.content.split("\r\n"))
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert str(event["location"]) == address
