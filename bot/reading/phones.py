"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

from bot.reading import Ear, Reading, folded
from bot.values import Invalid, Msgid

_NO_PHONE = Msgid("That doesn't look like a phone number. Please write it in full, like +39 02 1234 5678.")
_NO_EMAIL = Msgid("That doesn't look like an e-mail address. Please write it like name@example.com.")

# Longer runs of digits than any number has are left alone, so that reading stays linear.
_PHONE = re.compile(r"(?<![\w/.,+-])(?:\+|\()?[0-9](?:[ ()./-]{0,2}[0-9]){4,18}(?![0-9])")
_ONLY_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]{1,40}")
_DATE = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}(?:[./-][0-9]{2,4})?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_LABEL = r"[a-z0-9-]{1,63}"
_EMAIL = re.compile(
    rf"(?<![^\s<(:,;])[a-z0-9!#$%&*+/=?^_{{|}}~.-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,8}}(?![\w@-])", re.IGNORECASE
)
# A customer of a client abroad may write the number as at home.
_HOMES = {"it": ("IT",), "pl": ("PL",), "en": ("IE", "GB")}


def _regions(number: str, ear: Ear, country: str) -> tuple[str, ...]:
    """The countries in which it may be a number; one that begins with a plus is the same in each."""
    regions = dict.fromkeys((country.upper(), *_HOMES.get(ear.language, ())))
    return ("",) if number.startswith("+") else tuple(regions)


@lru_cache(maxsize=1024)  # a number is read several times in a turn, and in the turns that follow
def _e164(number: str, regions: tuple[str, ...]) -> tuple[str, ...]:
    numbers = []
    for region in regions:
        try:
            parsed = phonenumbers.parse(number, region or None)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            numbers.append(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return tuple(dict.fromkeys(numbers))


def read_phone(text: str, ear: Ear, country: str) -> Reading | None:
    """A phone number as E.164, read as one dials it in ``country`` (ISO 3166, may be empty), else in the writer's.

    Raises ``Invalid`` if all that was written is digits, or it begins like a number abroad, and no such number exists.
    """
    line = folded(text)
    looks_like_one = bool(_ONLY_PHONE.fullmatch(line.bare)) and not _DATE.fullmatch(line.bare)
    for found in _PHONE.finditer(line.text):
        if _DATE.fullmatch(found[0]):
            continue
        numbers = _e164(found[0], _regions(found[0], ear, country))
        if numbers:
            return Reading(numbers[0], line.span(*found.span()), numbers[1:])
        looks_like_one = looks_like_one or found[0].startswith(("+", "00"))
    if looks_like_one:
        raise Invalid(_NO_PHONE)
    return None


def read_email(text: str, ear: Ear) -> Reading | None:
    """An e-mail address, its domain in lower case.

    Raises ``Invalid`` if what was written is one word with an @ in it and no address.
    """
    for found in _EMAIL.finditer(text):
        name, domain = found[0].rsplit("@", 1)
        if not (name.startswith(".") or name.endswith(".") or ".." in name or any(_bad(p) for p in domain.split("."))):
            return Reading(f"{name}@{domain.lower()}", found.span())
    if "@" in text and len(text.split()) == 1:
        raise Invalid(_NO_EMAIL)
    return None


def _bad(label: str) -> bool:
    return label.startswith("-") or label.endswith("-")
