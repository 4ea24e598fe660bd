"""Holidays by name: those that moments.toml names by rule, and the public ones of each country."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

from bot import countries

PLACES: Final = {"it": (("IT", "it_IT"),), "en": (("GB", "en_GB"), ("US", "en_US")), "pl": (("PL", "pl"),)}
"""Where the holidays of a language are kept, as ``holidays`` calls country and language."""
_NAMED_IN: Final = (2024, 2025)
"""Two years in which every public holiday of those places falls under its own name."""


@cache
def names(language: str) -> tuple[str, ...]:
    """The names of the public holidays of a language's places."""
    return tuple(dict.fromkeys(name for year in _NAMED_IN for name in _public(language, year)))


def falls_on(key: str, language: str, year: int) -> date | None:
    """The day of a holiday in a year: its key in moments.toml, or its public name. None if it has none then.

    A key is "12-25", "easter", "easter+1" (days from it), or "nth 2 6 5": the second (0 is Monday) Sunday of May;
    a further number is of days after it.
    """
    if key.startswith("easter"):
        easter = _public("it", year).get("Pasqua")
        return easter + timedelta(days=int(key[6:] or 0)) if easter else None
    if key.startswith("nth "):
        count, weekday, month, *away = map(int, key.split()[1:])
        day = nth_weekday(year, month, weekday, count)
        return day + timedelta(days=sum(away)) if day else None
    if key[:2].isdigit() and key[2:3] == "-":
        return date(year, int(key[:2]), int(key[3:]))  # none of them is on 29 February
    return _public(language, year).get(key)


def nth_weekday(year: int, month: int, weekday: int, count: int) -> date | None:
    """The first, second... such weekday of a month; -1 is the last. None if there are not so many."""
    if count < 0:
        last = (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))
    return found if found.month == month else None


@cache
def _public(language: str, year: int) -> dict[str, date]:
    found: dict[str, date] = {}
    for country, tongue in PLACES.get(language, ()):
        for day, together in sorted(countries.public(country, year, language=tongue).items()):
            for name in together.split("; "):
                if "(" not in name:
                    found.setdefault(name, day)
    return found
