"""The Bot API is back after an outage: what waited comes at its pace, and not all at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise
from random import Random

import aiohttp

from bot.delivery import Pace, Rate
from bot.delivery.retry import pause
from sandbox.telegram.server import Call
from tests.faults.audit import heard_twice, said
from tests.faults.crowd import PAUSE, Crowd, Customer, Post, Town, token_of
from tests.ports import free_port

Record = Callable[[str, object], None]

MINUTE = 60
TRIES = 2
"""How often everything is tried in vain in a short outage."""
SHORTEST = 0.75
"""Of a pause, with its jitter."""
HEADS = "SELECT due_at, attempts FROM job WHERE state = 'due' AND lane IS NOT NULL AND attempts > 0"
BUSY_BOT = token_of(0)
"""Half of all customers are its own, so that its pace holds them."""


async def test_what_waited_comes_back_at_its_pace(town: Town, whole: bool, record_property: Record) -> None:
    crowd = Crowd(town, Random(1942), 0, 0)
    quiet = list(town.telegram.bots)[1:]
    for number in range(400 if whole else 60):
        bot = 0 if number % 2 else 1 + number // 2 % len(quiet)
        crowd.customers.append(Customer(crowd, town.telegram.person(token_of(bot), f"Anna {number}"), bot))
    async with town.house.serving(**town.settings(free_port())):
        fault = town.telegram.drop(times=None)
        await write(crowd)
        due = await outage(town, len(crowd.customers), MINUTE if whole else None)
        back = town.telegram.clock()
        fault.lift()
        await town.at_rest()
    wanted = said(crowd)
    assert sum(heard_twice(customer, wanted[customer.lane]) for customer in crowd.customers) == 0
    calls = [call for call in town.telegram.calls if call.chat is not None]
    vain, late = [call for call in calls if not call.ok], [call for call in calls if call.at >= back]
    tries = in_vain(vain)
    at_their_pace(late, back)
    spread = Counter(at // 100_000 for at in due)
    assert max(spread.values()) <= len(due) / 2
    peak, of_one = fullest(late, lambda _call: ""), fullest(late, lambda call: call.token)
    lanes = f"{len(crowd.customers)} chats of {len(town.telegram.bots)} bots, {len(calls) - len(vain)} messages"
    tried = f"each tried {len(vain) / len(tries):.1f} times in vain, {max(tries.values())} at most"
    came = f"{max(spread.values())} of {len(due)} due and {peak} come in the fullest tenth of a second"
    took = f"{of_one} at most to one bot, the last after {late[-1].at - back:.1f} s"
    record_property("an outage", f"{lanes}: {tried}; then {came}, {took}")


async def write(crowd: Crowd) -> None:
    """All customers write, some more than a chat may hear at once; returns when all of it is taken."""
    crowd.ports = crowd.town.ports
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        for number, customer in enumerate(crowd.customers):
            group.create_task(some(customer, partial(crowd.post, session, customer.account), 2 + number % 4))


async def some(customer: Customer, post: Post, count: int) -> None:
    for _ in range(count):
        await post(customer.made("/help"))


async def outage(town: Town, lanes: int, seconds: float | None) -> list[int]:
    """So long, else until each lane was tried a few times; gives when they are tried next, in microseconds."""
    if seconds is not None:
        await asyncio.sleep(seconds)
    while True:
        found = town.house.rows(HEADS)
        if seconds is not None or (len(found) == lanes and all(attempts >= TRIES for _at, attempts in found)):
            return [at for at, _attempts in found]
        await asyncio.sleep(PAUSE)


def in_vain(calls: Iterable[Call]) -> Counter[int]:
    """How often each chat was tried in vain; AssertionError where it was sooner than the growing pauses allow."""
    found: dict[int, list[float]] = {}
    for call in calls:
        found.setdefault(call.chat or 0, []).append(call.at)
    for moments in found.values():
        for number, (one, next_) in enumerate(pairwise(moments), 1):
            assert next_ - one >= SHORTEST * pause(number).total_seconds(), moments
    return Counter({chat: len(moments) for chat, moments in found.items()})


def at_their_pace(calls: Iterable[Call], back: float) -> None:
    """AssertionError where, at any moment since it was back, a bot or a chat had been sent more than its pace allows.

    What was under way at that moment comes on top: it may have been let go before.
    """
    pace, counts = Pace(), Counter[str]()
    for call in calls:
        for key, rate, under_way in ((call.token, pace.bot, pace.at_once), (str(call.chat), pace.chat, 1)):
            assert isinstance(rate, Rate)
            counts[key] += 1
            assert counts[key] <= rate.burst + under_way + rate.per_second * (call.at - back), key


def fullest(calls: Iterable[Call], whose: Callable[[Call], str]) -> int:
    """How many calls came in the tenth of a second in which most came, of one of those that are told apart."""
    return max(Counter((whose(call), int(call.at * 10)) for call in calls).values())
