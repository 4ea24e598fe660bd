"""The Bot API is down, slow, full or torn: nothing is lost, order is kept, and no other bot has to wait."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable

import pytest

from sandbox.telegram import Fault, Telegram
from tests.faults.audit import audit
from tests.faults.crowd import Crowd, Town, token_of
from tests.serve.house import free_port

Trouble = Callable[[Telegram, str], Fault]

TROUBLES: dict[str, Trouble] = {
    "slow": lambda telegram, bot: telegram.slow("*", seconds=0.3, bot=bot, times=None),
    "full": lambda telegram, bot: telegram.fail("*", code=429, retry_after=1, bot=bot, times=6),
    "broken": lambda telegram, bot: telegram.fail("*", code=500, bot=bot, times=6),
    "closed before it was taken": lambda telegram, bot: telegram.drop("*", bot=bot, times=6),
    "closed after it was taken": lambda telegram, bot: telegram.drop(
        "sendMessage", after_taking=True, bot=bot, times=6
    ),
}
DEAD = token_of(0)


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_nothing_is_lost(town: Town, whole: bool, trouble: str) -> None:
    crowd = Crowd(town, random.Random(1942), *(200, 8) if whole else (12, 1))
    async with town.house.serving(**town.settings(free_port())) as process:
        fault = TROUBLES[trouble](town.telegram, DEAD)
        await crowd.live()
        await town.at_rest()
    twice = Counter({customer.lane: 6 for customer in crowd.customers}) if "after" in trouble else Counter[str]()
    assert audit(crowd, twice) <= fault.hits
    assert fault.hits and "Traceback" not in process.said


async def test_a_dead_bot_keeps_no_other_waiting(town: Town, whole: bool) -> None:
    crowd = Crowd(town, random.Random(1942), *(200, 4) if whole else (16, 1))
    dead = [customer for customer in crowd.customers if customer.person.bot.token == DEAD]
    async with town.house.serving(**town.settings(free_port())):
        fault = town.telegram.hold("*", bot=DEAD, times=None)
        async with asyncio.TaskGroup() as suffering:
            suffering.create_task(crowd.live(dead))
            await crowd.live([customer for customer in crowd.customers if customer not in dead])
            # All the others are done, to the last word, and nothing has come back from the dead bot.
            assert fault.hits and {len(customer.updates) for customer in dead} == {1}
            assert [event for customer in dead for event in customer.person.chat.events if event.by == "bot"] == []
            fault.lift()
        await town.at_rest()
    # A call that was given up while it was held is taken all the same, later.
    audit(crowd, Counter({customer.lane: fault.hits for customer in dead}))
