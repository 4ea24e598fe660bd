"""A shop with a workspace, before a sandbox's Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bot import ability
from bot.handlers.network.gone import gone
from bot.handlers.network.stuck import mended, stuck
from bot.update import Face
from sandbox.slack import Member, Slack
from tests.shop import settled_in
from tests.slack.abilities import enter
from tests.slack.house import NOON, SECRET, TOKEN, House, fill

HOUR = 3600.0  # seconds for which the sandbox waits for an answer: how long we take is no matter here


@pytest.fixture(autouse=True)
def own_abilities() -> Iterator[None]:
    """Abilities of the tests' own, in place of the team's, while the test lasts."""
    kept = dict(ability.ACTS)
    ability.ACTS.clear()
    enter()
    ability.action("stuck", Face.NETWORK)(stuck)
    ability.action("mended", Face.NETWORK)(mended)
    ability.action("gone", Face.NETWORK)(gone)
    yield
    ability.ACTS.clear()
    ability.ACTS.update(kept)


@pytest.fixture
async def house(migrated_sqlite: str) -> AsyncIterator[House]:
    """The house with a shop in its database, not built yet."""
    slack = Slack(clock=NOON.timestamp, patience=HOUR, retry_pause=0.001)
    space = slack.workspace("shop", TOKEN, SECRET)
    space.add_channel("desk")
    async with slack.serve() as url:
        house = House(settings=await settled_in(migrated_sqlite, fill, slack_api=url), slack=slack, space=space)

        def clock() -> float:
            return house.now.timestamp()

        slack.clock = space.clock = clock
        yield house


@pytest.fixture
def anna(house: House) -> Member:
    """A member of the shop's team."""
    return house.slack.member(house.space, "Anna Rossi", "it-IT")


@pytest.fixture
def bruno(house: House) -> Member:
    """Another."""
    return house.slack.member(house.space, "Bruno", "en-GB")
