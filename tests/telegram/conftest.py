"""A shop with one bot, before a sandbox's Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from bot import ability
from sandbox.telegram import Person, Telegram
from tests.shop import settled_in
from tests.telegram.abilities import enter
from tests.telegram.house import TOKEN, House, fill


@pytest.fixture(autouse=True)
def own_abilities() -> Iterator[None]:
    """Abilities of the tests' own, in place of the house's, while the test lasts."""
    registries: tuple[dict[Any, Any], ...] = (ability.DIALOGS, ability.COMMANDS, ability.WISHES, ability.ACTS)
    kept = [dict(registry) for registry in registries]
    for registry in registries:
        registry.clear()
    enter()
    yield
    for registry, before in zip(registries, kept, strict=True):
        registry.clear()
        registry.update(before)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """A Telegram that knows the shop's bot."""
    telegram = Telegram(retry_pause=0.001)
    telegram.add_bot(TOKEN, "shop_bot", "Shop")
    yield telegram


@pytest.fixture
def house_url(migrated_sqlite: str) -> str:
    """The house's database; modules that take another say so themselves."""
    return migrated_sqlite


@pytest.fixture
async def house(telegram: Telegram, house_url: str) -> AsyncIterator[House]:
    """The house with a shop in its database, not built yet."""
    async with telegram.serve() as url:
        yield House(settings=await settled_in(house_url, fill, telegram_api=url), telegram=telegram)


@pytest.fixture
def anna(house: House) -> Person:
    """Somebody who writes to the shop."""
    return house.telegram.person(TOKEN, "Anna", "en")
