"""The house starts after a standstill, and thousands of things are due: nobody who writes has to wait for them."""

from __future__ import annotations

import asyncio
import random
import signal
import statistics
import time
from collections.abc import Callable

import pytest

from storage.models import metadata
from tests.faults.audit import once_booked
from tests.faults.conftest import CLIENT
from tests.faults.crowd import PAUSE, Crowd, Town
from tests.ports import free_port

Record = Callable[[str, object], None]

REMIND = "kind = 'act' AND payload LIKE '%\"remind\"%'"
LEFT = f"SELECT count(*) FROM job WHERE {REMIND} AND state IN ('due', 'busy') AND due_at = 0"
DONE = f"SELECT state, count(*) FROM job WHERE {REMIND} AND due_at = 0 GROUP BY state"
COLUMNS = ", ".join(column.name for column in metadata.tables["job"].columns if column.name != "id")


@pytest.fixture
def file() -> str:
    """Clients who remind their customers often."""
    return CLIENT.replace("reminders = []", 'reminders = ["5m", "10m", "15m", "20m", "25m"]')


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On PostgreSQL only at full length: there what was in hand at a kill is ours no sooner than its lease ends."""
    if "kind" in metafunc.fixturenames:
        whole = metafunc.config.getoption("--whole", default=False)
        metafunc.parametrize("kind", ["sqlite", "postgresql"] if whole else ["sqlite"])


async def test_what_is_due_at_the_start_keeps_nobody_waiting(
    town: Town, whole: bool, record_property: Record, kind: str
) -> None:
    crowd = Crowd(town, random.Random(1942), *(300, 0) if whole else (24, 0))
    earlier, later = crowd.customers[::2], crowd.customers[1::2]
    port = free_port()
    async with town.house.serving(**town.settings(port)) as process:
        await crowd.live(earlier)
        process.send(signal.SIGKILL)
        await process.end()
    before, crowd.waits = crowd.waits, []
    due = all_due(town, 10_000 if whole else 600)
    async with town.house.serving(**town.settings(port)):
        begun = time.monotonic()
        async with asyncio.TaskGroup() as both:
            both.create_task(crowd.live(later))
            while town.house.rows(LEFT) != [(0,)]:  # noqa: ASYNC110 - another process does it, and rings for nobody
                await asyncio.sleep(PAUSE)
        took = time.monotonic() - begun
        await town.at_rest()
    once_booked(crowd)
    assert town.house.rows(DONE) == [("done", due)]
    figures = f"{due} reminders were looked at in {took:.1f} s; answers took {told(before)} before"
    record_property(f"a start on {kind}", f"{figures}, {told(crowd.waits)} meanwhile")


def told(waits: list[float]) -> str:
    """The median and the longest of some waits."""
    return f"{statistics.median(waits) * 1000:.0f} ms ({max(waits) * 1000:.0f} at most)"


def all_due(town: Town, least: int) -> int:
    """Makes all reminders due, as often over as makes so many of them; gives how many there are."""
    house = town.house
    # What says when a nearer one comes is as much in the past as the reminders themselves.
    house.change(f"UPDATE job SET due_at = 0, payload = replace(payload, '\"nearer\":', '\"nearer\":-') WHERE {REMIND}")
    house.change("UPDATE job SET payload = replace(payload, '-null', 'null')")
    [(count,)] = house.rows(LEFT)
    # Nobody hears of those again that a nearer one follows.
    followed = f"{REMIND} AND payload NOT LIKE '%null%'"
    [(more,)] = house.rows(f"SELECT count(*) FROM job WHERE {followed}")
    again = f"INSERT INTO job ({COLUMNS}) SELECT {COLUMNS} FROM job WHERE {followed} ORDER BY id LIMIT {more}"
    for _ in range(least // more):
        house.change(again)
    return int(count + more * (least // more))
