"""A small catalog of the tests' own, so that they don't depend on what the handlers say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.i18n import catalog
from bot.i18n.template import template


def forget() -> None:
    catalog.catalog.cache_clear()
    template.cache_clear()


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The catalogs beside this file instead of the house's."""
    monkeypatch.setattr(catalog, "FOLDER", Path(__file__).parent / "locales")
    forget()
    yield
    forget()
