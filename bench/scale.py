"""What the work of the desk and of a turn costs on PostgreSQL as the installation grows.

``python -m bench.scale 100 10000``: a hundredth of a platform, then the whole of it (10,000 clients, 1,000,000
customers, 10,000,000 messages, 1,000,000 jobs done and 100,000 waiting): medians in milliseconds, and how they grow.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from bench.house import MONDAY, load, settings
from bench.populate import STEP, Population, Size
from bench.road import postgres
from bot.office import seats
from bot.reading import finding
from bot.rules.slots import free_slots
from bot.turn import Door
from bot.update import Face, Kind, Thread, Update, Writer
from bot.values import Client, Customer
from storage import clients, erasure, jobs, persons, queue, search, talks
from storage.database import Database, open_database
from storage.last_done import last_done
from storage.migrate import migrate

OFTEN: Final = 50
"""How often each is measured; the median counts."""
HERS: Final = 20
"""How many clients one assistant answers for."""


class Undone(Exception):
    """What was measured is not to be kept."""


class Scale:
    """One size of the platform, and what is measured on it."""

    def __init__(self, database: Database, size: Size) -> None:
        self.database, self.size = database, size
        self.owners = [number * (size.clients // HERS) * STEP + 1 for number in range(HERS)]

    async def everything(self) -> dict[str, float]:
        """The medians, in milliseconds, by what was done."""
        known = await self.database.read(lambda rows: [clients.load(rows, owner) for owner in self.owners])
        return {
            "the queue of 20 clients": await self.reading(
                lambda rows, _n: queue.open_tickets(rows, self.owners, MONDAY)
            ),
            "what was last done": await self.reading(lambda rows, _n: last_done(rows, self.owners, 100)),
            "a talk of the inbox": await self.reading(
                lambda rows, n: talks.talk(rows, self.owners[n % HERS], 1000 + n, 50)
            ),
            "search: a rare word": await self.reading(lambda rows, n: self.search(rows, f"{n * 97}")),
            "search: two words": await self.reading(lambda rows, n: self.search(rows, f"bicycle {n * 97}")),
            "a client, read anew": await self.reading(lambda rows, n: clients.load(rows, self.owners[n % HERS])),
            "free slots of 30 days": await self.reading(lambda rows, n: self.slots(rows, known[n % HERS])),
            "the claim of 20 jobs": await self.undone(self.claim),
            "a customer erased": await self.undone(self.erase),
            "a turn": await self.often(self.turn()),
        }

    def search(self, rows: Connection, words: str) -> None:
        search.messages(rows, self.owners, finding.wanted(words), 50)

    def slots(self, rows: Connection, client: Client) -> None:
        """As a dialog asks for them."""
        service, day = client.services[0], client.local(MONDAY).date()
        busy, per_day = seats.taken(rows, client, service, day, 30, MONDAY)
        free_slots(client, service, busy, day, 30, MONDAY, per_day=per_day)

    def claim(self, write: Connection, _number: int) -> None:
        jobs.claim(write, MONDAY, MONDAY + timedelta(seconds=20), 20, 20)

    def erase(self, write: Connection, number: int) -> None:
        """What her books and her talks hold, as an erasure takes it out at once and in its first slice."""
        anna = 1000 + number * self.size.clients
        persons.forget(write, Customer(anna, self.owners[0]), MONDAY)
        erasure.messages_of(write, anna, erasure.last_message(write, anna))

    def turn(self) -> Callable[[int], Awaitable[None]]:
        """A word of one of the customers, each of another client."""
        door = Door(self.database, lambda: MONDAY)

        async def one(number: int) -> None:
            place = number % HERS * (self.size.clients // HERS)
            account = "bikes-1" if place == 0 else f"bikes-1-{place}"
            address = str(place + self.size.clients * (number % 50 + 1) + 1000)
            await door.handle(
                Update(
                    id=f"{time.time_ns()}", channel="telegram", account=account, face=Face.CUSTOMER, kind=Kind.COMMAND,
                    target=Thread("telegram", account, address), at=MONDAY, name="help",
                    writer=Writer("w", "Anna", "en"),
                )
            )  # fmt: skip

        return one

    async def reading(self, look: Callable[[Connection, int], object]) -> float:
        async def one(number: int) -> None:
            await self.database.read(lambda rows: look(rows, number) and None)

        return await self.often(one)

    async def undone(self, work: Callable[[Connection, int], None]) -> float:
        """The time within the transaction, which is rolled back."""
        found: list[float] = []

        def timed(number: int, write: Connection) -> None:
            begun = time.perf_counter()
            work(write, number)
            found.append(time.perf_counter() - begun)
            raise Undone

        for number in range(OFTEN):
            try:
                await self.database.transact(partial(timed, number))
            except Undone:
                continue
        return statistics.median(found) * 1000

    async def often(self, one: Callable[[int], Awaitable[None]]) -> float:
        for number in range(HERS):  # caches of the process, of its connections, and of the server
            await one(number)
        found = []
        for number in range(OFTEN):
            begun = time.perf_counter()
            await one(number)
            found.append(time.perf_counter() - begun)
        return statistics.median(found) * 1000


async def prepare(url: str) -> None:
    """The schema, and the client that all others are clones of."""
    migrate(url)
    database = open_database(url)
    try:
        await load(database, settings(url, "http://127.0.0.1"), 1)
    finally:
        await database.close()


async def of_size(clients_count: int) -> dict[str, float]:
    """Makes a platform of so many clients on a server of its own, and measures it."""
    with postgres() as (url, _pid):
        await prepare(url)
        begun = time.monotonic()
        size, engine = Size.of(clients_count), create_engine(url, poolclass=NullPool)
        with engine.begin() as write:
            Population(write, size).make()
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
            alone.execute(text("VACUUM ANALYZE"))
            alone.execute(text("CHECKPOINT"))  # or it is written while we measure
            room = alone.execute(text("SELECT pg_size_pretty(pg_database_size(current_database()))")).scalar_one()
        engine.dispose()
        print(f"{size}: {room}, made in {time.monotonic() - begun:.0f} s", flush=True)
        database = open_database(url)
        try:
            return await Scale(database, size).everything()
        finally:
            await database.close()


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("clients", type=int, nargs="*", default=[100, 10_000], help="the sizes (default: 100 10000)")
    sizes = parser.parse_args().clients
    found = [asyncio.run(of_size(size)) for size in sizes]
    print(f"\n{'ms, with so many clients':28}" + "".join(f"{size:>12,}" for size in sizes) + f"{'ratio':>9}")
    for name, first in found[0].items():
        print(f"{name:28}" + "".join(f"{one[name]:>12.2f}" for one in found) + f"{found[-1][name] / first:>9.2f}")


if __name__ == "__main__":
    main()
