"""What a calendar file (RFC 5545) takes away: recurrence and time zones worked out, what is free left out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from icalendar import Calendar

from bot.i18n import _
from bot.rules.spans import Span, Spans, merged, minute_from, minute_of
from bot.values import Msgid

MOST: Final = 5_000
"""Stretches that one calendar may take."""
FREE: Final = frozenset({"FREE", "WORKINGELSEWHERE"})
"""How Outlook marks what does not take the time, beside TRANSP."""


class NoCalendar(ValueError):
    """What was read is no calendar, or one that nobody can make sense of: ``why`` is for people."""

    def __init__(self, why: Msgid) -> None:
        super().__init__(why)
        self.why = why


def busy(content: bytes, first: datetime, after: datetime, zone: tzinfo, own: Collection[str] = ()) -> Spans:
    """The epoch minutes between two moments that a calendar's events take, merged.

    A day as a whole, and a time without a zone, are of ``zone``. Cancelled events, those marked as free, and our own
    appointments coming back (``own``, their UIDs) take nothing. Raises NoCalendar.
    """
    # Here, for few clients have a calendar elsewhere, and it takes 1.4 MiB.
    import recurring_ical_events  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        calendars = Calendar.from_ical(content, multiple=True)
        if not calendars or any(one.name != "VCALENDAR" for one in calendars):
            raise NoCalendar(_("there is no calendar in it"))
        spans = []
        for one in calendars:
            for event in recurring_ical_events.of(one).between(first, after):
                if takes_time(event) and str(event.get("UID", "")) not in own:
                    spans.append(span_of(event, zone))
    except NoCalendar:
        raise
    except Exception as error:  # the libraries raise whatever their parts do
        raise NoCalendar(_("nobody can make sense of it")) from error
    limits = minute_of(first), minute_of(after)
    found = merged((max(start, limits[0]), min(end, limits[1])) for start, end in spans)
    if len(found) > MOST:
        raise NoCalendar(_("there is too much in it"))
    return found


def takes_time(event: Any) -> bool:
    """Whether an event takes the time it stands in."""
    status, shown = str(event.get("STATUS", "")).upper(), str(event.get("TRANSP", "OPAQUE")).upper()
    outlook = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY")).upper()
    return status != "CANCELLED" and shown != "TRANSPARENT" and outlook not in FREE


def span_of(event: Any, zone: tzinfo) -> Span:
    """The epoch minutes of an event; a started minute is taken whole."""
    starts = event.start
    ends = event.end
    if not isinstance(starts, datetime) and ends <= starts:  # a day without an end is one day
        ends = starts + timedelta(days=1)
    return minute_of(moment(starts, zone)), minute_from(moment(ends, zone))


def moment(value: date | datetime, zone: tzinfo) -> datetime:
    """A day's beginning, or a time, as aware UTC."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return (value if value.tzinfo is not None else value.replace(tzinfo=zone)).astimezone(UTC)
