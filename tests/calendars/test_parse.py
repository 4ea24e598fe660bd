"""What foreign calendars take away: recurrence, zones, whole days, and what is free."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.channels.calendars.parse import NoCalendar, busy
from bot.rules.spans import moment_of

WARSAW = ZoneInfo("Europe/Warsaw")
FIRST, AFTER = datetime(2026, 10, 19, tzinfo=UTC), datetime(2026, 11, 9, tzinfo=UTC)
ZONE = """BEGIN:VTIMEZONE
TZID:Praga
BEGIN:STANDARD
DTSTART:20251026T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar file of these events."""
    stamp = "DTSTAMP:20261001T000000Z"
    body = "".join(f"BEGIN:VEVENT\nUID:{n}@x\n{stamp}\n{one}\nEND:VEVENT\n" for n, one in enumerate(events))
    lines = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{head}{body}END:VCALENDAR\n"
    return lines.replace("\n", "\r\n").encode()


def taken(*events: str, head: str = "") -> list[str]:
    """What they take, on the clock of Warsaw."""
    spans = busy(calendar(*events, head=head), FIRST, AFTER, WARSAW)
    return [" ".join(f"{moment_of(edge).astimezone(WARSAW):%d.%m.%H:%M}" for edge in span) for span in spans]


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("DTSTART:20261020T080000Z\nDTEND:20261020T090000Z", ["20.10.10:00 20.10.11:00"]),
        ("DTSTART:20261020T080000\nDURATION:PT30M", ["20.10.08:00 20.10.08:30"]),
        (
            "DTSTART;TZID=Europe/London:20261020T080000\nDTEND;TZID=Europe/London:20261020T090030",
            ["20.10.09:00 20.10.10:01"],
        ),
        ("DTSTART;TZID=W. Europe Standard Time:20261020T080000\nDURATION:PT1H", ["20.10.08:00 20.10.09:00"]),
        ("DTSTART;VALUE=DATE:20261024\nDTEND;VALUE=DATE:20261026", ["24.10.00:00 26.10.00:00"]),  # the clock goes back
        ("DTSTART;VALUE=DATE:20261021", ["21.10.00:00 22.10.00:00"]),
        ("DTSTART:20261020T080000Z\nDTEND:20261020T090000Z\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20261020T080000Z\nDTEND:20261020T090000Z\nSTATUS:CANCELLED", []),
        ("DTSTART:20261020T080000Z\nDTEND:20261020T090000Z\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        ("DTSTART:20260901T080000Z\nDTEND:20260901T090000Z", []),
        (
            "DTSTART;TZID=Europe/Warsaw:20260105T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO\n"
            "EXDATE;TZID=Europe/Warsaw:20261102T090000",
            ["19.10.09:00 19.10.10:00", "26.10.09:00 26.10.10:00"],
        ),
    ],
)
def test_what_an_event_takes(event: str, wanted: list[str]) -> None:
    assert taken(event) == wanted


def test_a_moved_repetition_zones_of_its_own_and_touching_events() -> None:
    weekly = "DTSTART;TZID=Praga:20261020T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"
    assert taken(weekly, head=ZONE) == ["20.10.09:00 20.10.10:00", "27.10.09:00 27.10.10:00"]
    other = "RECURRENCE-ID;TZID=Praga:20261027T090000\nDTSTART;TZID=Praga:20261028T150000\nDURATION:PT2H"
    moved = f"BEGIN:VEVENT\nUID:0@x\n{other}\nEND:VEVENT\n"
    assert taken(weekly, head=ZONE + moved) == ["20.10.09:00 20.10.10:00", "28.10.15:00 28.10.17:00"]
    one, next_to_it = "DTSTART:20261020T080000Z\nDURATION:PT1H", "DTSTART:20261020T090000Z\nDURATION:PT1H"
    assert taken(one, next_to_it) == ["20.10.10:00 20.10.12:00"]


def test_our_own_appointments_coming_back_take_nothing() -> None:
    content = calendar("DTSTART:20261020T080000Z\nDURATION:PT1H")
    assert busy(content, FIRST, AFTER, WARSAW, own={"0@x"}) == ()


@pytest.mark.parametrize(
    "content", [b"", b"<html>please log in</html>", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\xff\x00"]
)
def test_what_is_no_calendar_says_so(content: bytes) -> None:
    with pytest.raises(NoCalendar):
        busy(content, FIRST, AFTER, WARSAW)
