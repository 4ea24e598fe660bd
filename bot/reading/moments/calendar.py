"""Days reckoned from a day: the next 24th, the next 24 November, months ahead."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from bot.reading.moments.values import NO_SUCH_DAY, Day, Duration

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def written_date(year: int, month: int, day: int) -> Day:
    """The day of an explicit year."""
    try:
        return Day(date(year, month, day), "date")
    except ValueError:
        return Day(None, "date", hint=NO_SUCH_DAY)


def of_century(year: int, today: date) -> int:
    """The year of two digits: up to thirty years ahead, else behind."""
    full = today.year // 100 * 100 + year
    return full - 100 if full > today.year + 30 else full


def coming(month: int, day: int, today: date) -> Day:
    """The next such day of the year, today included; 29 February may be years away."""
    for year in range(today.year, min(today.year + 9, MAXYEAR + 1)):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return Day(date(year, month, day), "date")
    return Day(None, "date", hint=NO_SUCH_DAY)


def day_of_month(day: int, today: date) -> Day:
    """The next day with this number, today included; months without it are passed over."""
    for months in range(13):
        year, month = _month_after(today, months)
        if year <= MAXYEAR and 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return Day(date(year, month, day), "number")
    return Day(None, "number", hint=NO_SUCH_DAY)


def ahead(day: date, length: Duration, sign: int = 1) -> date | None:
    """The day that is so far away, at the end of the month where it has no such day; None beyond the calendar."""
    try:
        year, month = _month_after(day, sign * length.months)
        moved = date(year, month, min(day.day, monthrange(year, month)[1])) + sign * timedelta(days=length.days)
    except (ValueError, OverflowError):
        return None
    for _ in range(min(length.workdays, 400)):
        moved += sign * DAY
        while moved.weekday() > 4:
            moved += sign * DAY
    return moved


def monday(day: date) -> date:
    """The first day of the week."""
    return day - timedelta(days=day.weekday())


def month_start(day: date, months: int = 0) -> date:
    """The first day of the month that is so many months away."""
    year, month = _month_after(day, months)
    return date(year, month, 1)


def _month_after(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1
