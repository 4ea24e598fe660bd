"""Public holidays by country: the library ``holidays``, of which only the countries that are asked for are loaded."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any


def _by_name(package: str, file: Path) -> ModuleType:
    """A package of re-exports whose modules are loaded one by one, as a name of theirs is wanted."""

    @cache
    def homes() -> Mapping[str, str]:  # of the countries nobody asks it, and to read them takes seven milliseconds
        imports = [line for line in ast.parse(file.read_bytes()).body if isinstance(line, ast.ImportFrom)]
        return {name.name: line.module or "" for line in imports for name in line.names}

    def wanted(name: str) -> Any:
        if name not in homes():
            raise AttributeError(name)
        return getattr(import_module(homes()[name]), name)

    made = ModuleType(package)
    made.__path__ = [str(file.parent)]
    made.__dict__["__getattr__"] = wanted
    return made


# The library has a module for each of 250 countries, and packages that load all of a kind with the first: 20 MiB of
# countries, and half a second within somebody's turn; 2 MiB of calendars, from the Islamic to the Tibetan.
_SPEC = find_spec("holidays")
assert _SPEC is not None and _SPEC.origin is not None
for _package in ("countries", "groups", "calendars"):
    _file = Path(_SPEC.origin).parent / _package / "__init__.py"
    sys.modules.setdefault(f"holidays.{_package}", _by_name(f"holidays.{_package}", _file))

import holidays  # noqa: E402
from holidays.registry import EntityLoader  # noqa: E402


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
