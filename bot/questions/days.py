"""The question for a day: a calendar to press, or words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.dialog import Option, Options, Reader
from bot.i18n import _, weekday_headers
from bot.questions.opening_hours import opening_hours
from bot.questions.openings import NONE_SUITS, Openings, last_of
from bot.reading import Ear, Reading, folded
from bot.reading.dates import each_day, read_day
from bot.reading.shifts import read_end, read_shifted_day
from bot.update import Json
from bot.values import Form, Invalid

DEAD: Final = Option("·", dead=True)
"""Stands for a day on which nothing is free."""
BLANK: Final = Option("\u2800", dead=True)
"""Stands outside the month: Telegram refuses a button of spaces, and this is a sign without dots."""


class OpenDay(Reader[date]):
    """Takes a day on which something is free."""

    telling = True

    def __init__(self, openings: Openings, since: datetime | None = None) -> None:
        self.openings = openings
        self.since = since

    def read(self, text: str, ear: Ear) -> Reading | None:
        shifted = read_shifted_day(text, ear, self.since) if self.since is not None else None
        read = shifted or read_day(text, ear, opening_hours(self.openings.turn.client))
        if read is None and (end := read_end(text, ear)) is not None and end.value:
            return Reading(self.openings.first_day().isoformat(), end.span)
        return read

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        if is_bare(text):
            return None
        noon = datetime.combine(date.fromisoformat(str(value)), time(12), tzinfo=self.openings.turn.client.zone)
        shifted = read_shifted_day(text, ear, noon)
        if shifted is not None:
            return shifted if shifted.span[0] < shifted.span[1] else None
        hours = opening_hours(self.openings.turn.client)
        found = each_day(text, ear, hours)
        others = [day for day in found if value not in (day.value, *day.alternatives)]
        if others and len(others) < len(found):  # from the day that stands to another
            return others[-1]
        return read_day(text, ear, hours)

    def check(self, value: Json) -> date:
        openings, day = self.openings, date.fromisoformat(str(value))
        if day < openings.today:
            raise Invalid(_("That day has passed. Please choose one that is still to come."))
        if day > openings.last_day:
            raise Invalid(_("We take bookings {last:until}."), last=openings.last_day)
        if not openings.days(day, day):
            raise Invalid(
                _("There is nothing free {day:on}.") if openings.is_open(day) else _("We're closed {day:on}."), day=day
            )
        return day

    def stands(self, value: Json) -> date:
        return date.fromisoformat(str(value))

    def options(self, page: str) -> Options:
        openings = self.openings
        first = openings.first_day()
        month = date.fromisoformat(page) if page else first.replace(day=1)
        last = last_of(month)
        free = set(openings.days(month, last))
        rows = [[Option(Form(first, "short"), first.isoformat())]] if not page else []
        rows.append([Option(Form(month, "month"), dead=True)])
        rows.append([Option(name, dead=True) for name in weekday_headers(openings.turn.language)])
        rows += [[self.day(day, month, free) for day in week] for week in weeks(max(month, openings.today), last)]
        rows.append(self.turning(month))
        if openings.moving is None:
            rows.append([Option(NONE_SUITS, act=f"wait:{openings.service.key}")])
        return [row for row in rows if row]

    def day(self, day: date, month: date, free: set[date]) -> Option:
        """One field of the calendar."""
        if day in free:
            return Option(str(day.day), day.isoformat())
        return DEAD if day.month == month.month else BLANK

    def turning(self, month: date) -> list[Option]:
        """To the month before and the month after, within what can be booked."""
        openings, row = self.openings, []
        before, after = (month - timedelta(days=1)).replace(day=1), last_of(month) + timedelta(days=1)
        if last_of(before) >= openings.today:
            row.append(Option(_("‹ Earlier"), page=before.isoformat()))
        if after <= openings.last_day:
            row.append(Option(_("Later ›"), page=after.isoformat()))
        return row

    def show(self, value: Any) -> Any:
        return value


def weeks(first: date, last: date) -> list[list[date]]:
    """The whole weeks in which these days lie, from Monday to Sunday."""
    mondays = range(first.toordinal() - first.weekday(), last.toordinal() + 1, 7)
    return [[date.fromordinal(day) for day in range(monday, monday + 7)] for monday in mondays]


def is_bare(text: str) -> bool:
    """Whether a text is a number alone: at a later question it is no day."""
    return folded(text).bare.isdigit()


def open_day(openings: Openings, since: datetime | None = None) -> OpenDay:
    """A reader of a day on which something is free; "the week after" counts from ``since``."""
    return OpenDay(openings, since)
