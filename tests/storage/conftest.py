"""A database with one little table, on both kinds."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, String, Table, select

from storage import workers
from storage.database import Database, open_database

metadata = MetaData()
thing = Table(
    "thing",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("count", Integer, nullable=False, server_default="0"),
)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database where `thing` exists and is empty."""
    opened = open_database(database_url)
    await opened.transact(metadata.create_all)
    yield opened
    await opened.close()


def add(name: str, count: int = 0) -> Callable[[Connection], str]:
    """A unit of work that inserts a thing, and gives its name."""

    def work(connection: Connection) -> str:
        connection.execute(thing.insert().values(name=name, count=count))
        return name

    return work


def names(connection: Connection) -> list[str]:
    """A unit of work that reads the names of all things, in order."""
    return list(connection.scalars(select(thing.c.name).order_by(thing.c.name)))


async def together(database: Database, *units: Callable[[Connection], Any], crowd: int = 0) -> list[Any]:
    """Run the units as they come after one that keeps the writer busy: on SQLite, as one batch. Gives also errors.

    ``crowd`` is how many have to wait for that.
    """
    held, release = threading.Event(), threading.Event()

    def hold(_connection: Connection) -> None:
        held.set()
        release.wait()

    first = asyncio.create_task(database.transact(hold))
    await asyncio.to_thread(held.wait)
    tasks = [asyncio.create_task(database.transact(unit)) for unit in units]
    await asyncio.sleep(0)  # each has come as far as the queue
    with patch.object(workers, "CROWD", crowd):
        release.set()
        await first
        return await asyncio.gather(*tasks, return_exceptions=True)
