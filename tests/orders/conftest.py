"""A customer at a shop on SQLite, and the same on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.orders.shop import Shop, open_shop


@pytest.fixture
async def shop(migrated_sqlite: str) -> AsyncIterator[Shop]:
    """A customer at the shop, on SQLite."""
    async with open_shop(migrated_sqlite) as shop:
        yield shop


@pytest.fixture
async def either_shop(migrated_url: str) -> AsyncIterator[Shop]:
    """A customer at the shop: the test runs on both databases."""
    async with open_shop(migrated_url) as shop:
        yield shop
