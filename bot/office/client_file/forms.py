"""Words, choices and names in a client file: each form with its way in and its way out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from babel.numbers import is_currency

from bot import countries
from bot.office.client_file.place import Place, Setting
from bot.update import Json
from bot.values import LANGUAGES

SLUG: Final = r"[a-z0-9][a-z0-9_-]{0,39}"


class Form:
    """A kind of value: how it is read from a file (ValueError says what it must be) and written into one."""

    def read(self, value: Any, at: Place) -> Json:
        """The value as the house keeps it, in minutes, minor units and the like."""
        raise NotImplementedError

    def write(self, value: Json, setting: Setting) -> str:
        """The value as TOML."""
        if isinstance(value, str) and "\n" in value:
            return '"""\n' + "\n".join(quoted(line)[1:-1] for line in value.split("\n")) + '"""'
        return quoted(value)

    def complete(self, value: Json) -> Json:
        """The value with what it leaves out filled in."""
        return value

    def inner(self, key: str) -> Form:
        """The form of what stands under ``key``."""
        return self


def quoted(value: Json) -> str:
    """JSON, whose text, numbers and flags are TOML's too, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@dataclass(frozen=True)
class Plain(Form):
    """A form made of one function that reads, and one that writes where that is not plain TOML."""

    reader: Callable[[Any, Setting], Json]
    writer: Callable[[Json, Setting], str] | None = None

    def read(self, value: Any, at: Place) -> Json:
        return self.reader(value, at.setting)

    def write(self, value: Json, setting: Setting) -> str:
        return super().write(value, setting) if self.writer is None else self.writer(value, setting)


def told(value: Any) -> str:
    """A value as an error repeats it."""
    shown = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{shown}'" if len(shown) <= 40 else f"'{shown[:40]}…'"


# --- words and choices ------------------------------------------------------------------------------------------------


def text(limit: int, lines: bool = False) -> Form:
    """Words of at most ``limit`` letters, on one line or on several."""

    def read(value: Any, _: Setting) -> Json:
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"must be text, not {told(value)}")
        said = value.strip()
        if len(said) > limit:
            raise ValueError(f"must have at most {limit} letters; it has {len(said)}")
        if any(ord(letter) < 32 and not (lines and letter == "\n") for letter in said):
            raise ValueError("must not have control characters" + ("" if lines else " or line breaks"))
        return said

    return Plain(read)


def shaped(pattern: str, what: str) -> Form:
    """Text of a given shape, which the error describes as ``what``."""
    shape = re.compile(pattern)

    def read(value: Any, _: Setting) -> Json:
        if not isinstance(value, str) or not shape.fullmatch(value):
            raise ValueError(f"must be {what}, not {told(value)}")
        return value

    return Plain(read)


def one_of(*choices: str) -> Form:
    """One of a few words."""

    def read(value: Any, _: Setting) -> Json:
        if value not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}, not {told(value)}")
        return value

    return Plain(read)


def read_flag(value: Any, _: Setting) -> Json:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {told(value)}")
    return value


def whole(least: int, most: int) -> Form:
    """A whole number within bounds."""

    def read(value: Any, _: Setting) -> Json:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not {told(value)}")
        return value

    return Plain(read)


def read_timezone(value: Any, _: Setting) -> Json:
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise ValueError(f'must be a time zone such as "Europe/Rome", not {told(value)}') from None


def read_country(value: Any, _: Setting) -> Json:
    if not isinstance(value, str) or len(value) != 2 or not countries.is_known(value):
        raise ValueError(f'must be a country of two capital letters such as "IT", not {told(value)}')
    return value


def read_region(value: Any, setting: Setting) -> Json:
    regions = countries.regions(setting.country)
    if value not in regions:
        known = f"one of {', '.join(regions)}" if regions else "left out: this country's holidays have no regions"
        raise ValueError(f"must be {known}, not {told(value)}")
    return value


def read_currency(value: Any, _: Setting) -> Json:
    if not isinstance(value, str) or not re.fullmatch("[A-Z]{3}", value) or not is_currency(value, "en"):
        raise ValueError(f'must be a currency such as "EUR", not {told(value)}')
    return value


def read_phone(value: Any, setting: Setting) -> Json:
    """A number as it shall be shown: one that can be dialled from the client's country, short ones (112) included."""
    if isinstance(value, str) and re.fullmatch(r"\d{2,6}", value):
        return value
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(value, setting.country or None))
    except (phonenumbers.NumberParseException, TypeError):
        possible = False
    if not possible:
        raise ValueError(f'must be a phone number such as "+39 02 8646 0102", not {told(value)}')
    return value


def read_languages(value: Any, _: Setting) -> Json:
    spoken = value if isinstance(value, list) else []
    if not spoken or any(language not in LANGUAGES for language in spoken) or len(set(spoken)) < len(spoken):
        raise ValueError(f"must be a list out of {', '.join(LANGUAGES)}, the first one first, not {told(value)}")
    return spoken


flag = Plain(read_flag)
timezone, country, region = Plain(read_timezone), Plain(read_country), Plain(read_region)
currency, phone, languages = Plain(read_currency), Plain(read_phone), Plain(read_languages)
slug = shaped(SLUG, "of small letters, digits, - and _ (at most 40)")
email = shaped(r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address")
variable = shaped(r"[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable")
