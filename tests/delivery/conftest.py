"""Delivery over a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from storage.database import Database, open_database
from tests.delivery.post import Door, Network, Post


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    opened = open_database(migrated_url)
    yield opened
    await opened.close()


@pytest.fixture
def make_post(database: Database) -> Callable[..., Post]:
    """`make_post(pace=...)`."""
    return lambda **given: Post(database, Network(), Door(), **given)


@pytest.fixture
def post(make_post: Callable[..., Post]) -> Post:
    return make_post()
