"""What one process with 20 bots keeps in memory, while customers book and look things up.

``python -m bench.memory``: 100,000 updates on SQLite, 200 customers at a time; a line after each 10,000 updates.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path
from typing import Final

from bench.customers import books, looks_up
from bench.house import house, prepare
from bench.network import bot_api
from bench.serving import Serving, serving
from bench.town import AT_ONCE, Town, updates_of

VISITS: Final = ((books, 143), (looks_up, 2_250))
"""Who comes between two looks: some 10,000 updates, a tenth of them those of bookings."""


async def measure(updates: int, together: int) -> None:
    """Lets customers come until so many updates were taken, and prints what the process has then."""
    from bench.road import WHEN, sqlite_file  # noqa: PLC0415  the process that serves loads this module too

    with sqlite_file() as database:
        await prepare(database)
        town = Town(WHEN)
        async with bot_api(town.take) as api, serving(house, database, api) as server:
            url, secrets, taken, begun = server.told["url"], server.told["secrets"], 0, time.monotonic()
            await look(server, taken, begun)
            while taken < updates:
                for script, count in VISITS:
                    visits = await town.visit(url, secrets, script, count, typing=False, together=together)
                    taken += len(updates_of(visits))
                await look(server, taken, begun)


async def look(server: Serving, taken: int, begun: float) -> None:
    """Prints how much the process has: all of it, and what of it no other process could share."""
    cpu = await server.cpu()
    resident, own = memory(server.pid)
    print(
        f"{taken:>7,} updates: {resident:.1f} MiB resident, of which {own:.1f} its own;"
        f" {cpu:.0f} s of CPU in {time.monotonic() - begun:.0f} s",
        flush=True,
    )


def memory(pid: int) -> tuple[float, float]:
    """MiB that a process has in memory, and those of them that are no pages of files."""
    said = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    resident, own = (int(said[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon"))
    return resident, own


def main() -> None:
    """Prints a line for each step."""
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("updates", type=int, nargs="?", default=100_000)
    parser.add_argument("--together", type=int, default=AT_ONCE, help="customers at a time (default: %(default)s)")
    options = parser.parse_args()
    asyncio.run(measure(options.updates, options.together))


if __name__ == "__main__":
    main()
