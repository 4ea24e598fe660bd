"""Many bots in one process: how long it takes to start, what each costs in memory, and what it costs to do nothing.

``python -m bench.bots 2000``: so many bots by webhook, then two hundred that are polled.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, text

from bench.house import EXAMPLE, KEY, settings
from bench.memory import memory
from bench.serving import serving
from bot.app import running
from bot.cli.files import loading
from bot.office import clients
from bot.secrets import Vault
from sandbox.telegram import Telegram
from storage.database import open_database
from storage.migrate import migrate

POLLED = 200
FEW = 20
IDLE = 10.0
"""Seconds over which it is watched doing nothing."""


def token(number: int) -> str:
    """A bot's token."""
    return f"{number}:bench"


async def prepare(url: str, count: int) -> None:
    """So many clients like the example, each with a bot of its own."""
    migrate(url)
    database, vault = open_database(url), Vault([KEY])
    content, _sealed = loading(EXAMPLE, settings(url, "http://127.0.0.1"), "1:bench")

    def load(write: Connection, numbers: range) -> None:
        for number in numbers:
            own = {**content, "slug": f"bikes-{number}", "slack": None}
            own["telegram"] = {**content["telegram"], "account": f"bikes-{number}"}
            clients.apply(write, own, {"telegram": {"token": vault.seal(token(number))}})

    try:
        for first in range(1, count + 1, 50):
            numbers = range(first, min(first + 50, count + 1))
            await database.transact(lambda write, numbers=numbers: load(write, numbers))  # type: ignore[misc]
        # Known already: what is measured is serving them, not presenting them for the first time.
        await database.transact(
            lambda write: write.execute(text("UPDATE account SET username = name || '_bot'")).close()
        )
    finally:
        await database.close()


@asynccontextmanager
async def house(url: str, api: str, public: str | None) -> AsyncIterator[dict[str, Any]]:
    """The house at work; gives how long it took to be."""
    begun = time.monotonic()
    chosen = settings(url, api).model_copy(update={"public_url": public})
    async with running(chosen):
        yield {"seconds": time.monotonic() - begun}


async def measure(count: int, *, polled: bool) -> float:
    """Starts a house with so many bots, lets it come to rest, and watches it doing nothing; gives its MiB."""
    telegram = Telegram()
    for number in range(1, count + 1):
        telegram.add_bot(token(number), f"bikes-{number}_bot")
    from bench.road import sqlite_file  # noqa: PLC0415  the process that serves loads this module too

    with sqlite_file() as url:
        await prepare(url, count)
        async with telegram.serve() as api:
            begun = time.monotonic()
            async with serving(house, url, api, None if polled else "https://bench.example") as server:
                updates = [bot.updates for bot in telegram.bots.values()]
                await telegram.bell.until(lambda: all(one.polled if polled else one.webhook for one in updates))
                ready = time.monotonic() - begun
                await at_rest(telegram)
                before = await server.cpu()
                await asyncio.sleep(IDLE)
                idle = (await server.cpu() - before) / IDLE
                told, (resident, own) = server.told, memory(server.pid)
    way = "polled" if polled else "by webhook"
    print(
        f"{count} bots {way}: serving after {told['seconds']:.1f} s, all of them listened to after {ready:.1f} s;"
        f" {resident:.0f} MiB resident, of which {own:.0f} its own; idle {idle:.1%} of a core",
        flush=True,
    )
    return resident


async def at_rest(telegram: Telegram) -> None:
    """Waits until nobody has called for some seconds: every bot has been presented."""
    last = -1
    while telegram.calls and last != telegram.calls[-1].number:
        last = telegram.calls[-1].number
        await asyncio.sleep(3)


def main() -> None:
    """Prints a line for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.bots", description=__doc__)
    parser.add_argument("bots", type=int, nargs="?", default=2_000)
    parser.add_argument("--polled", type=int, default=POLLED)
    options = parser.parse_args()
    few = asyncio.run(measure(FEW, polled=False))
    many = asyncio.run(measure(options.bots, polled=False))
    print(f"{(many - few) * 1024 / (options.bots - FEW):.0f} KiB a bot")
    asyncio.run(measure(options.polled, polled=True))


if __name__ == "__main__":
    main()
