"""A shop on SQLite, and the same on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import open_database
from tests.orders.shop import Shop, fill


async def opened(url: str) -> AsyncIterator[Shop]:
    database = open_database(url)
    await database.transact(fill)
    yield Shop(database)
    await database.close()


@pytest.fixture
async def shop(sqlite_url: str) -> AsyncIterator[Shop]:
    """A shop, on SQLite."""
    async for one in opened(sqlite_url):
        yield one


@pytest.fixture
async def either_shop(database_url: str) -> AsyncIterator[Shop]:
    """A shop: the test runs on both databases."""
    async for one in opened(database_url):
        yield one
