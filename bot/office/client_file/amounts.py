"""Lengths of time, money, dates and hours in a client file."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from babel.numbers import get_currency_precision

from bot.office.client_file.forms import Plain, told
from bot.office.client_file.place import Setting
from bot.update import Json
from bot.values import DAY

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS: Final = {"w": 7 * DAY, "d": DAY, "h": 60, "m": 1}


def read_duration(value: Any, _: Setting) -> Json:
    """Minutes, of "45m", "2h", "1h30m", "1d", "8w"."""
    parts = re.findall(r"(\d{1,5}) ?([wdhm])", value) if isinstance(value, str) else []
    if not parts or "".join(f"{number}{unit}" for number, unit in parts) != value.replace(" ", ""):
        raise ValueError(f'must be a length of time such as "45m", "2h" or "1d", not {told(value)}')
    return sum(int(number) * UNITS[unit] for number, unit in parts)


def say_duration(minutes: int) -> str:
    """The shortest way to write minutes: 90 is 1h30m."""
    said, left = "", minutes
    for unit, length in (("d", DAY), ("h", 60), ("m", 1)):
        count, left = divmod(left, length)
        said += f"{count}{unit}" if count else ""
    return said or "0m"


def write_duration(minutes: int, _: Setting) -> str:
    return f'"{say_duration(minutes)}"'


def read_days(value: Any, setting: Setting) -> Json:
    """Whole days, of "60d" or "8w"."""
    days, rest = divmod(read_duration(value, setting), DAY)
    if rest or not days:
        raise ValueError(f'must be whole days such as "60d", not {told(value)}')
    return days


def write_days(days: int, _: Setting) -> str:
    return f'"{days}d"'


def read_money(value: Any, setting: Setting) -> Json:
    """Minor units of the client's currency, of 80, 80.50 or "80.50"."""
    places = get_currency_precision(setting.currency)
    try:
        amount = Decimal("nan") if isinstance(value, bool) else Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        amount = Decimal("nan")
    minor = amount.scaleb(places)
    if not amount.is_finite() or amount < 0 or minor != minor.to_integral_value() or minor >= 1 << 31:
        example = write_money(80 * 10**places, setting)
        raise ValueError(f"must be an amount of {setting.currency} such as {example}, not {told(value)}")
    return int(minor)


def write_money(minor: int, setting: Setting) -> str:
    places = get_currency_precision(setting.currency)
    return f"{Decimal(minor).scaleb(-places):.{places}f}"


def read_date(value: Any, _: Setting) -> Json:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(f"must be a date such as 2026-08-15, without quotes, not {told(value)}")
    return value.isoformat()


# --- hours ------------------------------------------------------------------------------------------------------------


def clock(said: str) -> int:
    """Minutes after midnight, of "9:00" or "24:00"."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", said.strip())
    minute = int(match[1]) * 60 + int(match[2]) if match else -1
    if match is None or int(match[2]) > 59 or minute > DAY:
        raise ValueError(f'must have times such as "9:00", not {told(said)}')
    return minute


def say_clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def read_span(value: Any, _: Setting) -> Json:
    """Two times of day, of "21:00-8:00"."""
    parts = value.replace("–", "-").split("-") if isinstance(value, str) else []
    if len(parts) != 2:
        raise ValueError(f'must be two times such as "9:00-13:00", not {told(value)}')
    return [clock(part) for part in parts]


def read_interval(value: Any, setting: Setting) -> Json:
    """A stretch of one day: it ends after it begins."""
    opens, closes = read_span(value, setting)
    if opens >= closes:
        after = '; what runs past midnight is two: "22:00-24:00", and "0:00-2:00" on the next day'
        raise ValueError(f"must end after it begins, not {told(value)}{after}")
    return [opens, closes]


def say_span(starts: int, ends: int) -> str:
    """Two times of day: 9:00-13:00."""
    return f"{say_clock(starts)}-{say_clock(ends)}"


def write_span(span: list[int], _: Setting) -> str:
    return f'"{say_span(*span)}"'


def read_weekdays(said: str) -> list[int]:
    """Weekdays, of "mon-fri", "sat" or "mon, thu"."""
    days: list[int] = []
    for part in said.split(","):
        first, _, last = (end.strip().lower() for end in part.partition("-"))
        if first not in DAYS or (last or first) not in DAYS or DAYS.index(first) > DAYS.index(last or first):
            raise ValueError(f'is no weekday; write one of {", ".join(DAYS)}, or several such as "mon-fri"')
        days += range(DAYS.index(first), DAYS.index(last or first) + 1)
    return days


def read_weekday_list(value: Any, _: Setting) -> Json:
    """Weekdays by number, of "mon-fri"."""
    if not isinstance(value, str):
        raise ValueError(f'must be weekdays such as "mon-fri", not {told(value)}')
    try:
        return sorted(set(read_weekdays(value)))
    except ValueError as wrong:
        raise ValueError(f"{wrong}".replace("is no weekday; write", "must be", 1)) from None


def say_weekdays(found: list[int]) -> str:
    """Weekdays as they are written: "mon-fri", "mon, thu"."""
    if len(found) > 2 and found == list(range(found[0], found[-1] + 1)):
        return f"{DAYS[found[0]]}-{DAYS[found[-1]]}"
    return ", ".join(DAYS[day] for day in found)


def read_daily(value: Any, _: Setting) -> Json:
    """Minutes after midnight, of "8:30"; -1 for "never"."""
    if value == "never":
        return -1
    if not isinstance(value, str):
        raise ValueError(f'must be a time such as "8:30", or "never", not {told(value)}')
    return clock(value) % DAY


def write_daily(minute: int, _: Setting) -> str:
    return '"never"' if minute < 0 else f'"{say_clock(minute)}"'


duration, days, money = (
    Plain(read_duration, write_duration),
    Plain(read_days, write_days),
    Plain(read_money, write_money),
)
day = Plain(read_date, lambda value, _: str(value))
span, interval = Plain(read_span, write_span), Plain(read_interval, write_span)
weekdays = Plain(read_weekday_list, lambda found, _: f'"{say_weekdays(found)}"')
daily = Plain(read_daily, write_daily)
