"""A customer at the door of a little shop, with abilities made for the engine's rules."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.door import Desk, open_desk, own_registries


@pytest.fixture
def own_abilities() -> Iterator[None]:
    """Abilities entered by a test leave with it."""
    with own_registries():
        yield


@pytest.fixture
async def desk(own_abilities: None, migrated_url: str) -> AsyncIterator[Desk]:
    """One customer's talk with the shop, on both databases."""
    async with open_desk(migrated_url) as desk:
        yield desk
