"""What an update costs on the whole road: the webhook in, the commit, the sends out, marked; beside the floor."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.customers import Customer, Script
from bench.floor import Recording, floor
from bench.house import MONDAY, house, prepare
from bench.network import bot_api
from bench.rows import Recorded, Said
from bench.serving import serving
from bench.town import Replay, Town, updates_of
from bot.reading import findable

WHEN: Final = int(MONDAY.timestamp())
WARMING: Final = 8
"""Of so many customers one comes before the count begins."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What was measured: so many updates, the calls they led to, seconds of our CPU and of a database server's."""

    updates: int
    calls: int
    cpu: float
    server: float = 0.0

    @property
    def each(self) -> float:
        """Milliseconds of our CPU an update."""
        return self.cpu / self.updates * 1000


@dataclass(frozen=True, slots=True)
class Visits:
    """Recorded visits: those that warm a server up, and those that count."""

    warming: list[Customer]
    counted: list[Customer]

    @property
    def recording(self) -> Recording:
        """What the house made of each update."""
        return {
            one.number: Recorded(
                findable(str(json.loads(one.body).get("message", {}).get("text", ""))),
                [Said(call.method, str(call.fields.get("text", "")), call.body, call.type) for call in one.calls],
            )
            for one in updates_of([*self.warming, *self.counted])
        }


async def of_house(
    database_url: str, script: Script, count: int, postmaster: int = 0, *, typing: bool = False
) -> tuple[Cost, Visits]:
    """Lets so many customers visit the house, and records their visits."""
    await prepare(database_url)
    town = Town(WHEN)
    async with bot_api(town.take) as api, serving(house, database_url, api) as server:
        url, secrets = server.told["url"], server.told["secrets"]
        warming = await town.visit(url, secrets, script, max(1, count // WARMING), typing=typing)
        before, before_there = await server.cpu(), cpu_of_family(postmaster)
        counted = await town.visit(url, secrets, script, count, typing=typing)
        there = cpu_of_family(postmaster) - before_there  # before the connections, and their share, are gone
        cpu = await server.end() - before
    return counted_as(counted, cpu, there), Visits(warming, counted)


async def of_floor(database_url: str, visits: Visits, reader: str, postmaster: int = 0) -> Cost:
    """Makes recorded visits again, to the floor."""
    await prepare(database_url)
    replay = Replay(WHEN)
    async with bot_api(replay.take) as api, serving(floor, database_url, api, visits.recording, reader) as server:
        await replay.visit(server.told["url"], visits.warming)
        before, before_there = await server.cpu(), cpu_of_family(postmaster)
        await replay.visit(server.told["url"], visits.counted)
        there = cpu_of_family(postmaster) - before_there
        cpu = await server.end() - before
    return counted_as(visits.counted, cpu, there)


def counted_as(customers: list[Customer], cpu: float, there: float) -> Cost:
    updates = updates_of(customers)
    return Cost(len(updates), sum(len(one.calls) for one in updates), cpu, there)


@contextmanager
def sqlite_file() -> Iterator[str]:
    """The URL of a new database on disk, which is removed in the end."""
    with TemporaryDirectory(prefix="centralino-bench-") as folder:
        yield f"sqlite:///{Path(folder, 'bench.db')}"


@contextmanager
def postgres() -> Iterator[tuple[str, int]]:
    """The URL of a new database on a server of our own, and the server's process."""
    from tests.databases import postgres_server  # noqa: PLC0415  a house on SQLite has no driver of PostgreSQL's

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR")  # where there is no login session
        with postgres_server(quick=False) as server:
            yield server.create(), server.pid


def cpu_of_family(parent: int) -> float:
    """Seconds of CPU of a process and its children, those that have ended too; 0 where the system doesn't tell."""
    if not parent or not Path("/proc/self/stat").exists():
        return 0.0
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if stat.parent.name == str(parent):
            ticks += sum(map(int, fields[11:15]))
        elif fields[1] == str(parent):
            ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")
