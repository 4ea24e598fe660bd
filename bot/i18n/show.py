"""One typed value as the reader's language writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from babel.numbers import format_currency, get_currency_precision

from bot.i18n.english import English
from bot.i18n.italian import Italian
from bot.i18n.polish import Polish
from bot.i18n.speech import Speech, When
from bot.i18n.template import template
from bot.values import Appointment, ClientText, Money, Msgid, Slot

SPEECH: Final[Mapping[str, Speech]] = {"it": Italian(), "en": English(), "pl": Polish()}

TIMED: Final = frozenset(("time", "at", "till"))
"""Forms that a day alone does not have."""


def show(value: Any, language: str, zone: tzinfo, form: str = "", now: datetime | None = None) -> str:
    """The value as plain text in ``language``; moments are read on the clock of ``zone``.

    Dates and moments (an aware datetime; the start of a Slot or Appointment) have the forms of ``Speech.forms``, each with its
    own preposition; ``now`` lets them say "today" and makes them say the year where it is another. A timedelta has
    "in", a list "or" (any other form is its items'); text takes no notice of a form. Raises TypeError for what has no
    words of its own, ValueError for a form that the value does not have and for a naive datetime.
    """
    if isinstance(value, str):
        return _text(value, language)
    if isinstance(value, datetime):
        return _moment(value, language, zone, form, now)
    if isinstance(value, Slot | Appointment):
        return _moment(value.starts_at, language, zone, form, now)
    if isinstance(value, date):
        return _day(value, language, zone, form, now)
    if isinstance(value, bool):
        return SPEECH[language].truth[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, ClientText):
        return value.read(language)
    if isinstance(value, Money):
        return _money(value, language)
    if isinstance(value, timedelta):
        return _span(value, language, form)
    if isinstance(value, list | tuple):
        return _list(value, language, zone, form, now)
    raise TypeError(f"{type(value).__name__} has no words of its own")


def weekday_headers(language: str) -> tuple[str, ...]:
    """The weekdays over a calendar, Monday first, in two or three letters."""
    return SPEECH[language].headers


def _text(value: str, language: str) -> str:
    if isinstance(value, Msgid):
        pattern = template(value, language, False).patterns[0]
        if pattern.places:
            raise KeyError(f"no value {pattern.places[0].name!r} for the message {value!r}")
        return pattern.after
    if isinstance(value, Enum):
        raise TypeError(f"{value!r} is a name of ours and no words for a reader")
    return value


def _moment(value: datetime, language: str, zone: tzinfo, form: str, now: datetime | None) -> str:
    if value.tzinfo is None:
        raise ValueError("a naive datetime is no moment")
    local = value.astimezone(zone)
    clock = f"{local.hour}:{local.minute:02}"
    return _spoken(local.date(), clock, local.hour, language, form, now and now.astimezone(zone).date())


def _day(value: date, language: str, zone: tzinfo, form: str, now: datetime | None) -> str:
    if form in TIMED:
        raise ValueError(f"a day has no form {form!r}")
    return _spoken(value, "", 0, language, form, now and now.astimezone(zone).date())


def _spoken(day: date, clock: str, hour: int, language: str, form: str, today: date | None) -> str:
    forms = SPEECH[language].forms
    if form not in forms:
        raise ValueError(f"a date has no form {form!r}")
    when = When(day, clock, hour)
    if today is not None:
        year = today.year == day.year
        when = When(day, clock, hour, (day - today).days, year and today.month == day.month, not year)
    return forms[form](when)


def _money(value: Money, language: str) -> str:
    return _amount(value.minor, value.currency, language)


@lru_cache(maxsize=1024)
def _amount(minor: int, currency: str, language: str) -> str:
    number = Decimal(minor).scaleb(-get_currency_precision(currency))
    if currency != "PLN":
        return format_currency(number, currency, locale=SPEECH[language].locale)
    # Babel writes "PLN" for everybody but a Pole, and before the amount for the English.
    pattern = "#,##0.00\N{NO-BREAK SPACE}¤"
    return format_currency(number, currency, pattern, locale=SPEECH[language].locale).replace("PLN", "zł")


def _span(value: timedelta, language: str, form: str) -> str:
    if form not in ("", "in"):
        raise ValueError(f"a duration has no form {form!r}")
    whole = max(0, -(-value // timedelta(minutes=1)))  # a started minute counts
    days, rest = divmod(whole, 24 * 60)
    speech = SPEECH[language]
    return (speech.ahead if form else speech.span)(days, *divmod(rest, 60))


def _list(values: Sequence[Any], language: str, zone: tzinfo, form: str, now: datetime | None) -> str:
    last = SPEECH[language].either if form == "or" else SPEECH[language].both
    shown = [show(value, language, zone, "" if form == "or" else form, now) for value in values]
    return last.join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
