"""`kill -9` at random moments under load: nothing is lost, nothing is done twice, nothing is said out of order."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Callable

import pytest

from tests.faults.audit import audit
from tests.faults.crowd import Crowd, Town, ports, token_of
from tests.serve.house import Process

Record = Callable[[str, object], None]


class Killer:
    """Processes that are killed and started again; `in_flight` counts the sends under way then, by lane."""

    def __init__(self, town: Town, roles: list[str]) -> None:
        self.town = town
        self.roles = roles
        self.settings = [
            town.settings(port) if role != "delivery" else {}
            for role, port in zip(roles, ports(len(roles)), strict=True)
        ]
        self.processes: dict[int, Process] = {}
        self.in_flight: Counter[str] = Counter()

    async def start(self, number: int) -> None:
        """Starts the process that has this place."""
        role, settings = self.roles[number], self.settings[number]
        self.processes[number] = await self.town.house.start("serve", "--role", role, **settings)
        await self.processes[number].says("listening on")

    async def start_all(self) -> None:
        for number in range(len(self.roles)):
            await self.start(number)

    async def kill(self, number: int) -> None:
        """Kills one, notes what was in flight, and starts it again."""
        self.processes[number].send(signal.SIGKILL)
        await self.processes[number].end()
        self.in_flight.update(self.town.busy())
        await self.start(number)

    async def stop(self) -> None:
        """Ends all of them well."""
        for process in self.processes.values():
            assert await process.stop() == 0, process.said
            assert "Traceback" not in process.said, process.said

    async def clear(self) -> None:
        """Leaves nothing behind, however the test went; a test that failed shows what they said last."""
        for process in self.processes.values():
            print("\n".join(process.lines[-40:]))  # noqa: T201
            await process.kill()


async def play(killer: Killer, crowd: Crowd, moments: list[int], chance: random.Random) -> int:
    """Lets the crowd live and kills a process whenever so much has been taken; gives how much was heard twice."""
    try:
        await killer.start_all()
        order = chance.sample(range(len(killer.roles)), len(killer.roles))
        async with asyncio.TaskGroup() as living:
            living.create_task(crowd.live())
            for turn, moment in enumerate(moments):
                await crowd.town.telegram.bell.until(lambda moment=moment: crowd.taken >= moment)  # type: ignore[misc]
                await killer.kill(order[turn % len(order)])
        await crowd.town.at_rest()
        await killer.stop()
    finally:
        await killer.clear()
    return audit(crowd, killer.in_flight)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The houses that are killed: three of all-in-one only where the tests run at full length."""
    if "roles" not in metafunc.fixturenames:
        return
    houses = [("sqlite", ["all"]), ("postgresql", ["web", "web", "delivery"])]
    if metafunc.config.getoption("--whole", default=False):
        houses.append(("postgresql", ["all", "all", "all"]))
    metafunc.parametrize(("kind", "roles"), houses, ids=[f"{kind}-{'-'.join(roles)}" for kind, roles in houses])


async def test_whatever_dies_nothing_is_lost(
    town: Town, whole: bool, kind: str, roles: list[str], record_property: Record
) -> None:
    seed = random.SystemRandom().randrange(1 << 32) if whole else 1942
    chance = random.Random(seed)
    crowd = Crowd(town, chance, *(500, 16) if whole else (30, 2))
    killer = Killer(town, roles)
    total = len(crowd.customers) * (4 + crowd.chatter)
    moments = sorted(chance.sample(range(total // 10, total * 9 // 10), 20 if whole else 2))
    twice = await play(killer, crowd, moments, chance)
    told = f"seed {seed}, {total} updates, {len(moments)} kills, {crowd.refused} posts refused"
    record_property("killed", f"{told}, {killer.in_flight.total()} sends in flight then, {twice} of them heard twice")


async def test_a_killed_poller_keeps_nobody_waiting(town: Town) -> None:
    anna = town.telegram.person(token_of(0), "Anna")
    async with town.house.serving(CENTRALINO_LISTEN="127.0.0.1:0") as process:
        anna.start()
        await anna.hears()
        process.send(signal.SIGKILL)
        await process.end()
    assert [polled for (polled,) in town.house.rows("SELECT polled_by FROM account") if not polled] == []
    town.house.change("UPDATE account SET lease_until = lease_until + :week", week=7 * 86_400 * 1_000_000)
    anna.write("/help")
    async with town.house.serving(CENTRALINO_LISTEN="127.0.0.1:0"):
        while "/book" not in ((await anna.hears()).message or anna.last).text:
            pass


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_a_rolling_restart_loses_and_doubles_nothing(town: Town, whole: bool, kind: str) -> None:
    chance = random.Random(1942)
    crowd = Crowd(town, chance, *(500, 16) if whole else (18, 2))
    killer = Killer(town, ["all", "all", "all"] if whole else ["all", "all"])
    total = len(crowd.customers) * (4 + crowd.chatter)
    try:
        await killer.start_all()
        async with asyncio.TaskGroup() as living:
            living.create_task(crowd.live())
            for number in range(len(killer.roles)):
                moment = total * (number + 1) // 5
                await town.telegram.bell.until(lambda moment=moment: crowd.taken >= moment)  # type: ignore[misc]
                assert await killer.processes[number].stop() == 0
                await killer.start(number)
        await town.at_rest()
        await killer.stop()
    finally:
        await killer.clear()
    assert audit(crowd, Counter()) == 0
