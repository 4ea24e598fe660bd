"""How long a customer waits: bookings by buttons that come by chance, at a share of what the house can take at most.

The peak is what two hundred at a time get through without a pause, customers and Bot API on the same machine. Then
customers come as they would, one after another at random, so that updates arrive at 40 % of that rate. Then the same
updates come at the same moments to the floor (see ``bench.floor``), which tells what this machine can do.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections.abc import Sequence
from typing import Final

from bench.customers import Customer, books
from bench.floor import floor
from bench.house import house, prepare
from bench.network import Line, bot_api
from bench.road import WHEN, Visits, sqlite_file
from bench.serving import serving
from bench.town import Replay, Town, Visit, plays, updates_of

WARMING: Final = 100
"""Customers who come before anything is counted."""


class Watched(Line):
    """A connection on which it is measured, in seconds, when what was posted is taken: committed and answered 200."""

    took: list[float]

    async def post(self, path: str, headers: str, body: bytes) -> None:
        began = time.perf_counter()
        await super().post(path, headers, body)
        self.took.append(time.perf_counter() - began)


async def by_chance(url: str, people: Sequence[Customer], rate: float, visit: Visit) -> list[float]:
    """Lets these come at random, so that ``rate`` of them come in a second; gives the seconds each update took."""
    chance, took = random.Random(1), []

    async def one(customer: Customer) -> None:
        line = await Watched.open(url)
        line.took = []
        await visit(customer, line)
        await line.close()
        took.extend(line.took)

    async with asyncio.TaskGroup() as group:
        for customer in people:
            group.create_task(one(customer))
            await asyncio.sleep(chance.expovariate(rate))
    return sorted(took)


async def measure(customers: int, share: float) -> None:
    """Prints the peak, how long updates take at a share of it, and how long the floor takes for the same."""
    town = Town(WHEN)
    with sqlite_file() as database:
        await prepare(database)
        async with bot_api(town.take) as api, serving(house, database, api) as server:
            url, secrets = server.told["url"], server.told["secrets"]
            warming = await town.visit(url, secrets, books, WARMING, typing=False)
            began = time.perf_counter()
            updates = len(updates_of(await town.visit(url, secrets, books, customers, typing=False)))
            peak = updates / (time.perf_counter() - began)
            rate = share * peak * customers / updates
            people = town.people(secrets, customers)
            of_house = await by_chance(url, people, rate, plays(books))
            await server.end()
    with sqlite_file() as database:
        await prepare(database)
        replay, recording = Replay(WHEN), Visits(warming, people).recording
        async with bot_api(replay.take) as api, serving(floor, database, api, recording, "de_json") as server:
            await replay.visit(server.told["url"], warming)
            of_floor = await by_chance(server.told["url"], people, rate, replay.again)
            await server.end()
    print(f"at most {peak:.0f} updates a second, in {updates} updates")
    print(f"at {share:.0%} of that, from the post to its answer, in {len(of_house)} updates, ms:")
    print(f"{'':16}{'Centralino':>12}{'floor':>8}")
    for name, place in (("half of them", 0.5), ("95 %", 0.95), ("99 %", 0.99), ("99.9 %", 0.999)):
        ours, least = (took[int(len(took) * place)] * 1000 for took in (of_house, of_floor))
        print(f"  {name:14}{ours:>12.1f}{least:>8.1f}")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.latency", description=__doc__)
    parser.add_argument("--customers", type=int, default=700, help="who book each time (default: %(default)s)")
    parser.add_argument("--share", type=float, default=0.4, help="of the peak (default: %(default)s)")
    options = parser.parse_args()
    asyncio.run(measure(options.customers, options.share))


if __name__ == "__main__":
    main()
