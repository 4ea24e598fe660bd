"""One typed value as the reader's language writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Final, NamedTuple

from babel.numbers import format_currency, get_currency_precision

from bot.i18n.english import English
from bot.i18n.italian import Italian
from bot.i18n.polish import Polish
from bot.i18n.speech import Speech, When
from bot.i18n.template import template
from bot.values import Appointment, ClientText, Form, Money, Msgid, Slot

SPEECH: Final[Mapping[str, Speech]] = {"it": Italian(), "en": English(), "pl": Polish()}

TIMED: Final = frozenset(("time", "at", "till"))
"""Forms that a day alone does not have."""


class Reader(NamedTuple):
    """For whom a value is shown, and how."""

    language: str
    zone: tzinfo
    form: str
    now: datetime | None

    @property
    def today(self) -> date | None:
        """The day it is for the reader, where that is known."""
        return self.now.astimezone(self.zone).date() if self.now else None


def show(value: Any, language: str, zone: tzinfo, form: str = "", now: datetime | None = None) -> str:
    """The value as plain text in ``language``; moments are read on the clock of ``zone``.

    Dates and moments (an aware datetime; the start of a Slot or Appointment) have the forms of ``Speech.forms``, each
    with its own preposition; ``now`` lets them say "today" and makes them say the year where it is another. A timedelta
    has "in", a list "or" (any other form is its items'); text takes no notice of a form. Raises TypeError for what has
    no words of its own, ValueError for a form that the value does not have and for a naive datetime.
    """
    return _shown(value, Reader(language, zone, form, now))


def weekday_headers(language: str) -> tuple[str, ...]:
    """The weekdays over a calendar, Monday first, in two or three letters."""
    return SPEECH[language].headers


def _shown(value: Any, reader: Reader) -> str:
    as_text = _SHOWN.get(type(value))
    if as_text is None:
        as_text = next((_SHOWN[kind] for kind in type(value).__mro__ if kind in _SHOWN), None)
    if as_text is None:
        raise TypeError(f"{type(value).__name__} has no words of its own")
    return as_text(value, reader)


def show_time(moment: datetime, zone: tzinfo) -> str:
    """The time alone, "9:00", which reads the same in every language."""
    return _clock(moment.astimezone(zone))


def _clock(local: datetime) -> str:
    return f"{local.hour}:{local.minute:02}"


def _text(value: str, reader: Reader) -> str:
    if isinstance(value, Enum):
        raise TypeError(f"{value!r} is a name of ours and no words for a reader")
    return value


def _message(value: Msgid, reader: Reader) -> str:
    pattern = template(value, reader.language, False).patterns[0]
    if pattern.places:
        raise KeyError(f"no value {pattern.places[0].name!r} for the message {value!r}")
    return pattern.after


def _moment(value: datetime, reader: Reader) -> str:
    if value.tzinfo is None:
        raise ValueError("a naive datetime is no moment")
    local = value.astimezone(reader.zone)
    return _spoken(local.date(), reader, _clock(local), local.hour)


def _day(value: date, reader: Reader) -> str:
    if reader.form in TIMED:
        raise ValueError(f"a day has no form {reader.form!r}")
    return _spoken(value, reader)


def _spoken(day: date, reader: Reader, clock: str = "", hour: int = 0) -> str:
    forms = SPEECH[reader.language].forms
    if reader.form not in forms:
        raise ValueError(f"a date has no form {reader.form!r}")
    return forms[reader.form](When(day, clock, hour, reader.today))


def _money(value: Money, reader: Reader) -> str:
    return _amount(value.minor, value.currency, SPEECH[reader.language].locale)


@lru_cache(maxsize=1024)
def _amount(minor: int, currency: str, locale: str) -> str:
    amount = Decimal(minor).scaleb(-get_currency_precision(currency))
    if currency != "PLN":
        return format_currency(amount, currency, locale=locale)
    # Babel writes "PLN" for everybody but a Pole, and before the amount for the English.
    pattern = "#,##0.00\N{NO-BREAK SPACE}¤"
    return format_currency(amount, currency, pattern, locale=locale).replace("PLN", "zł")


def _span(value: timedelta, reader: Reader) -> str:
    if reader.form not in ("", "in"):
        raise ValueError(f"a duration has no form {reader.form!r}")
    minutes = max(0, -(-value // timedelta(minutes=1)))  # a started minute counts
    days, rest = divmod(minutes, 24 * 60)
    speech = SPEECH[reader.language]
    return (speech.ahead if reader.form else speech.span)(days, *divmod(rest, 60))


def _list(values: Sequence[Any], reader: Reader) -> str:
    speech, choice = SPEECH[reader.language], reader.form == "or"
    of_each = reader._replace(form="") if choice else reader
    *most, last = [_shown(value, of_each) for value in values] or [""]
    return (speech.either if choice else speech.both).join([", ".join(most), last] if most else [last])


_SHOWN: Final[Mapping[type, Callable[[Any, Reader], str]]] = {
    str: _text,
    Msgid: _message,
    ClientText: lambda text, reader: text.read(reader.language),
    bool: lambda value, reader: SPEECH[reader.language].truth[value],
    int: lambda number, reader: str(number),
    Money: _money,
    date: _day,
    datetime: _moment,
    Slot: lambda slot, reader: _moment(slot.starts_at, reader),
    Appointment: lambda appointment, reader: _moment(appointment.starts_at, reader),
    timedelta: _span,
    list: _list,
    tuple: _list,
    Form: lambda form, reader: _shown(form.value, reader._replace(form=form.form)),
}
