"""A customer at the door of a little shop, with the toys of these tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from storage.database import Database, open_database
from tests.door import Desk, open_desk, own_registries
from tests.turn import toys


@pytest.fixture
def abilities() -> Iterator[None]:
    """The toys are all that the house can do."""
    with own_registries():
        toys.enter()
        yield


@pytest.fixture
async def desk(abilities: None, migrated_sqlite: str) -> AsyncIterator[Desk]:
    """A customer of a house on SQLite."""
    async with open_desk(migrated_sqlite) as desk:
        yield desk


@pytest.fixture
async def either(abilities: None, migrated_url: str) -> AsyncIterator[Desk]:
    """A customer of a house on SQLite, and on PostgreSQL."""
    async with open_desk(migrated_url) as desk:
        yield desk


@pytest.fixture
async def postgres(abilities: None, migrated_postgres: str) -> AsyncIterator[Desk]:
    """A customer of a house on PostgreSQL, which waits for a lock no longer than it must."""
    async with open_desk(migrated_postgres, lock_timeout=0.05) as desk:
        yield desk


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    """The database alone, of both kinds."""
    opened = open_database(migrated_url)
    yield opened
    await opened.close()
