"""Public holidays by country: the library ``holidays``, of which only the countries that are asked for are loaded."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

import holidays
from holidays.registry import EntityLoader

# The library has a module for each of 250 countries, and its package of them loads all with the first: 20 MiB, and half
# a second within somebody's turn. Its own loaders name the one module that they want; so an empty package is enough.
_COUNTRIES: Final = ModuleType("holidays.countries")
_COUNTRIES.__path__ = [str(Path(holidays.__file__).parent / "countries")]
sys.modules.setdefault(_COUNTRIES.__name__, _COUNTRIES)


def is_known(country: str) -> bool:
    """Whether holidays are known for a country (ISO 3166-1: "IT")."""
    return country in _codes()


def regions(country: str) -> tuple[str, ...]:
    """The regions (ISO 3166-2: "MI") of a country that have holidays of their own; none where it is not known."""
    return tuple(getattr(holidays, country).subdivisions) if is_known(country) else ()


def public(country: str, year: int, *, region: str = "", language: str | None = None) -> Mapping[date, str]:
    """The public holidays of a year with their names, in the library's word for a language, else in the country's own.

    Raises NotImplementedError for a country or a region that is not known.
    """
    return holidays.country_holidays(country, subdiv=region or None, years=year, language=language)


@cache
def _codes() -> frozenset[str]:
    return frozenset(EntityLoader.get_country_codes())
