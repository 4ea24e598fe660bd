"""Two processes against one, on PostgreSQL: the same customers, and the CPU of an update.

``python -m bench.processes``. On two cores that the load generator and the database share, throughput says little;
if a second process costs no more CPU for an update than the first, two do twice as much where there are cores for
them. So the figure is the CPU of one update by one process, over that by two: 1 is perfect, 0.5 would be no gain.
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack

from bench.customers import Customer, books
from bench.house import house, prepare
from bench.network import bot_api
from bench.road import WARMING, WHEN, Cost, counted_as, cpu_of_family, postgres
from bench.serving import serving
from bench.town import Town


async def of(processes: int, customers: int) -> Cost:
    """The cost where so many processes share the customers; each takes, turns and delivers."""
    with postgres() as (url, postmaster):
        await prepare(url)
        town = Town(WHEN)
        async with bot_api(town.take) as api, AsyncExitStack() as open_ones:
            servers = [await open_ones.enter_async_context(serving(house, url, api)) for _ in range(processes)]

            async def visits(count: int) -> list[Customer]:
                parts = [
                    town.visit(one.told["url"], one.told["secrets"], books, count // processes, typing=False)
                    for one in servers
                ]
                return [one for part in await asyncio.gather(*parts) for one in part]

            await visits(customers // WARMING)
            before, there = sum([await one.cpu() for one in servers]), cpu_of_family(postmaster)
            counted = await visits(customers)
            there = cpu_of_family(postmaster) - there
            cpu = sum([await one.end() for one in servers]) - before
    return counted_as(counted, cpu, there)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.processes", description=__doc__)
    parser.add_argument("--customers", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=2, help="how often; the best counts (default: %(default)s)")
    options = parser.parse_args()
    best: dict[int, Cost] = {}
    for _ in range(options.rounds):
        for processes in (1, 2):
            cost = asyncio.run(of(processes, options.customers))
            best[processes] = min(best.get(processes, cost), cost, key=lambda one: one.each)
    for processes, cost in best.items():
        server = cost.server / cost.updates * 1000
        print(f"{processes} process(es): {cost.each:.2f} ms of CPU an update, and {server:.2f} of the server's")
    print(f"two do {2 * best[1].each / best[2].each:.2f} times what one does, where each has a core")


if __name__ == "__main__":
    main()
