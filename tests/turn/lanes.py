"""Writes jobs, claims them and looks at what became of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from storage import jobs, road
from storage.database import Database
from storage.jobs import Claimed
from tests.door import NOON

LEASE = timedelta(minutes=2)


async def send(database: Database, *lanes: str, now: datetime = NOON) -> None:
    """A send in each of these lanes."""

    def work(write: Connection) -> None:
        for lane in lanes:
            road.send(write, lane, "send", {"text": lane, "keyboard": []}, now)

    await database.transact(work)


async def claim(database: Database, now: datetime = NOON, most: int = 100) -> list[Claimed]:
    return await database.transact(lambda write: jobs.claim(write, now, now + LEASE, most, most))


async def rows(database: Database, what: str = "id, state") -> list[tuple[Any, ...]]:
    read = text(f"select {what} from job order by id")
    return await database.read(lambda connection: [tuple(row) for row in connection.execute(read)])


async def do(database: Database, fn: Callable[..., Any], *args: Any) -> Any:
    return await database.transact(lambda write: fn(write, *args))
