"""Hints between processes by PostgreSQL's NOTIFY: something is new, look. Never the truth, which is polled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection
from sqlalchemy import URL

logger = logging.getLogger(__name__)

CHANNEL: Final = "centralino"
RECONNECT: Final = 1.0  # seconds


class Hints:
    """Sends and hears hints, on connections of its own: within the unit of work NOTIFY would serialise commits."""

    def __init__(self, url: URL, options: dict[str, Any]) -> None:
        _, named = url.get_dialect()().create_connect_args(url)
        self._options: dict[str, Any] = {**named, **options}
        self._connection: AsyncConnection[Any] | None = None
        self._sending: asyncio.Task[None] | None = None
        self._wanted = False

    def send(self) -> None:
        """Hint soon; what is asked for while one is under way becomes one more."""
        self._wanted = True
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send(), name="storage-hints")

    async def _send(self) -> None:
        while self._wanted:
            self._wanted = False
            try:
                if self._connection is None:
                    self._connection = await self._connect()
                await self._connection.execute(f"NOTIFY {CHANNEL}")
            except psycopg.Error as error:
                logger.info("a hint was lost: %s", error)
                await self._disconnect()

    async def listen(self) -> AsyncGenerator[None, None]:
        """Iterate over hints: once when listening begins, for one may have been missed, then for each that comes."""
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    yield
                    async for _ in connection.notifies():
                        yield
            except psycopg.Error as error:
                logger.info("hints are not heard, connecting again: %s", error)
            await asyncio.sleep(RECONNECT)

    async def close(self) -> None:
        """Send what is asked for and disconnect; iterations over listen() end with the tasks that run them."""
        if self._sending is not None:
            with suppress(asyncio.CancelledError):
                await self._sending
        await self._disconnect()

    async def _connect(self) -> AsyncConnection[Any]:
        return await AsyncConnection.connect(autocommit=True, **self._options)

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):
                await connection.close()
