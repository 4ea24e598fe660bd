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
Record = Callable[[str, object], None]

MINUTE = 60


def down(telegram: Telegram, bot: str) -> Fault:
    """Closes every connection before a call was taken, for a minute."""
    fault = telegram.drop("*", bot=bot, times=None)
    asyncio.get_running_loop().call_later(MINUTE, fault.lift)
    return fault


TROUBLES: list[Trouble] = [
    lambda telegram, bot: telegram.drop("sendMessage", after_taking=True, bot=bot, times=6),
    lambda telegram, bot: telegram.drop("sendMessage", half=True, bot=bot, times=6),
    lambda telegram, bot: telegram.slow("*", seconds=0.3, bot=bot, times=None),
    lambda telegram, bot: telegram.fail("*", code=429, retry_after=1, bot=bot, times=6),
    lambda telegram, bot: telegram.fail("*", code=500, bot=bot, times=6),
    lambda telegram, bot: telegram.drop("*", bot=bot, times=6),
]
"""Closed after a call was taken, half a response, slow, full, broken, closed before: each of its own bot, at once."""
LONG: list[Trouble] = [lambda telegram, bot: telegram.slow("*", seconds=10, bot=bot, times=40), down]
"""What lasts."""
DEAF = 2
"""How many of the first leave it unknown whether a call was taken, so that it is made again."""
DEAD = token_of(0)


async def test_nothing_is_lost(town: Town, whole: bool) -> None:
    crowd = Crowd(town, random.Random(1942), *(400, 8) if whole else (24, 1))
    async with town.house.serving(**town.settings(free_port())) as process:
        troubles = TROUBLES + (LONG if whole else [])
        faults = [trouble(town.telegram, token_of(number)) for number, trouble in enumerate(troubles)]
        await crowd.live()
        await town.at_rest()
    unknown = {token_of(number) for number in range(DEAF)}
    deaf = [customer.lane for customer in crowd.customers if customer.person.bot.token in unknown]
    assert audit(crowd, Counter(dict.fromkeys(deaf, 6))) <= sum(fault.hits for fault in faults[:DEAF])
    assert all(fault.hits for fault in faults) and "Traceback" not in process.said


async def test_a_dead_bot_keeps_no_other_waiting(town: Town, whole: bool, record_property: Record) -> None:
    crowd = Crowd(town, random.Random(1942), *(200, 4) if whole else (16, 1))
    dead = [customer for customer in crowd.customers if customer.person.bot.token == DEAD]
    others = [customer for customer in crowd.customers if customer not in dead]
    async with town.house.serving(**town.settings(free_port())):
        await crowd.live(others[::2])
        before = crowd.wait()
        fault = town.telegram.hold("*", bot=DEAD, times=None)
        async with asyncio.TaskGroup() as suffering:
            suffering.create_task(crowd.live(dead))
            await crowd.live(others[1::2])
            # All the others are done, to the last word, and nothing has come back from the dead bot.
            assert fault.hits and {len(customer.updates) for customer in dead} == {1}
            assert [event for customer in dead for event in customer.person.chat.events if event.by == "bot"] == []
            during = crowd.wait()
            fault.lift()
        await town.at_rest()
    # A call that was given up while it was held is taken all the same, later.
    audit(crowd, Counter({customer.lane: fault.hits for customer in dead}))
    medians = f"{before * 1000:.0f} ms before, {during * 1000:.0f} meanwhile"
    record_property(
        "a dead bot", f"one of {len(town.telegram.bots)}; the others' answers took, by the median, {medians}"
    )
