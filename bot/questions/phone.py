"""The question for a phone number: shared as a contact, or written."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import phonenumbers

from bot.dialog import Option, Options, Reader, Turn
from bot.i18n import _
from bot.reading import Ear, Reading
from bot.reading.phones import read_phone
from bot.update import Json, Kind, Update
from bot.values import Invalid


class Phone(Reader[str]):
    """Takes a phone number and gives it as E.164."""

    telling = True

    def __init__(self, turn: Turn) -> None:
        self.country = turn.client.country

    def read(self, text: str, ear: Ear) -> Reading | None:
        return read_phone(text, ear, self.country)

    def spot(self, text: str, ear: Ear) -> Reading | None:
        try:
            return read_phone(text, ear, self.country)
        except Invalid:
            return None

    def take(self, update: Update) -> Reading | None:
        number = own_number(update)
        return Reading(number, (0, 0)) if number else None

    def check(self, value: Json) -> str:
        if not isinstance(value, str) or not value.startswith("+"):
            raise Invalid(_("That doesn't look like a phone number."))
        return value

    def options(self, page: str) -> Options:
        return [[Option(_("Share my number"), asks="contact")]]

    def show(self, value: Any) -> Any:
        return shown_phone(value)


def own_number(update: Update) -> str:
    """The number of a shared contact, as E.164, where it is the customer's own; else nothing."""
    if update.kind is not Kind.CONTACT or not update.data.get("own"):
        return ""
    digits = "".join(sign for sign in str(update.data.get("phone", "")) if sign in "0123456789")
    return f"+{digits}" if digits else ""


def written_number(said: str, country: str) -> str | None:
    """A number as somebody of ours wrote it, as E.164; None where it is none."""
    try:
        parsed = phonenumbers.parse(said, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


@lru_cache(maxsize=1024)  # a number is shown again in each turn that reads it back
def shown_phone(number: str) -> str:
    """An E.164 number with spaces, as people read it."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def phone_of(turn: Turn) -> Phone:
    """A reader of a phone number, with a button that shares the customer's own contact."""
    return Phone(turn)
