"""Words by which messages and people are found: folded, parted by spaces, the same on every database."""

from __future__ import annotations

import re
from typing import Final

import phonenumbers

from bot.reading.folding import folded

MOST: Final = 8
"""Words of a search that count."""
FEWEST: Final = 2
"""Letters that a word of a search needs, unless it is all there is."""
NUMBER: Final = re.compile(r"\+?[\d\s()./-]*\d[\d\s()./-]*")
BACKWARDS: Final = "r"
"""Stands before a number that is written backwards: by it the end of a number is found."""

Wanted = tuple[tuple[str, ...], ...]
"""What is searched for: for each word the beginnings of which one must be there."""


def findable(text: str) -> str:
    """The words of a text, as search keeps them."""
    return " ".join(word.text for word in folded(text).words)


def findable_person(name: str, phone: str = "", email: str = "") -> str:
    """The words by which somebody is found: her name and address, and her number (E.164) from each of its ends."""
    digits = re.sub(r"\D", "", phone)
    numbers = [digits, national(phone), BACKWARDS + digits[::-1]] if digits else []
    return " ".join(part for part in (findable(f"{name} {email}"), *numbers) if part)


def national(phone: str) -> str:
    """A number (E.164) without its country's code, nor the zero that may stand for it."""
    try:
        return str(phonenumbers.parse(phone).national_number)
    except phonenumbers.NumberParseException:
        return ""


def wanted(said: str) -> Wanted:
    """What a search is for; empty where nothing can be found by it.

    A number, however it is written, is meant from its beginning, with the country's code or without, or from its end.
    """
    digits = re.sub(r"\D", "", said).removeprefix("00")
    if NUMBER.fullmatch(said.strip()) and len(digits) > FEWEST:
        local = digits.lstrip("0") or digits
        return (tuple(dict.fromkeys((digits, local, BACKWARDS + local[::-1]))),)
    words = list(dict.fromkeys(word.text for word in folded(said).words))
    return tuple((word,) for word in words if len(word) >= FEWEST or len(words) == 1)[:MOST]
