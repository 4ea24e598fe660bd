"""The Bot API is down, slow, full or torn: nothing is lost, order is kept, and no other bot has to wait."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable

from sandbox.telegram import Fault, Telegram
from tests.faults.audit import audit
from tests.faults.crowd import Crowd, Town, token_of
from tests.ports import free_port

Trouble = Callable[[Telegram, str], Fault]

TROUBLES: list[Trouble] = [
    lambda telegram, bot: telegram.slow("*", seconds=0.3, bot=bot, times=None),
    lambda telegram, bot: telegram.fail("*", code=429, retry_after=1, bot=bot, times=6),
    lambda telegram, bot: telegram.fail("*", code=500, bot=bot, times=6),
    lambda telegram, bot: telegram.drop("*", bot=bot, times=6),
    lambda telegram, bot: telegram.drop("sendMessage", after_taking=True, bot=bot, times=6),
]
"""Slow, full, broken, closed before a call was taken, and closed after: each of a bot of its own, all at once."""
DEAD = token_of(0)


async def test_nothing_is_lost(town: Town, whole: bool) -> None:
    crowd = Crowd(town, random.Random(1942), *(400, 8) if whole else (24, 1))
    async with town.house.serving(**town.settings(free_port())) as process:
        faults = [trouble(town.telegram, token_of(number)) for number, trouble in enumerate(TROUBLES)]
        await crowd.live()
        await town.at_rest()
    deaf = [customer.lane for customer in crowd.customers if customer.person.bot.token == token_of(len(faults) - 1)]
    assert audit(crowd, Counter(dict.fromkeys(deaf, 6))) <= faults[-1].hits
    assert all(fault.hits for fault in faults) and "Traceback" not in process.said


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
