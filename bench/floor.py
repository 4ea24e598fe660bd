"""The floor: as little as takes the same updates, writes the same kinds of rows and makes the same calls.

aiohttp, raw sqlite3 in one writer thread with group commit and synchronous=FULL (or raw psycopg in as many threads as
the house has, a transaction for each), and an aiohttp POST for each call.
What is answered, and by which words a message is searched for, is looked up in a recording of the house: the floor
reads no words, renders nothing, decides nothing, claims no jobs, and loses what was not sent when it stops.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp
import telegram
from aiohttp import web

from bench.rows import Heard, Recorded, Rows, Said, Writer

Recording = Mapping[int, Recorded]
"""What the house made of each update, by its number."""


def by_library(data: Any) -> Heard:
    """Reads an update as the library does."""
    update = telegram.Update.de_json(data, None)
    query = update.callback_query
    if query is not None:
        assert query.message is not None
        return Heard(update.update_id, query.message.chat.id, "", str(query.message.message_id))
    assert update.message is not None
    return Heard(update.update_id, update.message.chat.id, update.message.text or "", "")


def by_json(data: Any) -> Heard:
    """Reads an update as it stands."""
    number, query = data["update_id"], data.get("callback_query")
    if query is not None:
        return Heard(number, query["message"]["chat"]["id"], "", str(query["message"]["message_id"]))
    return Heard(number, data["message"]["chat"]["id"], data["message"]["text"], "")


READERS: Final[Mapping[str, Callable[[Any], Heard]]] = {"de_json": by_library, "json.loads": by_json}


class Floor:
    """One server of it."""

    def __init__(self, url: str, api: str, recording: Recording, reader: str, session: aiohttp.ClientSession) -> None:
        self.sending: set[asyncio.Task[None]] = set()
        self.writer = Writer(url)
        self._api, self._recording, self._read, self._session = api, recording, READERS[reader], session

    async def post(self, request: web.Request) -> web.Response:
        """Takes an update: 200 once it is committed; then the calls are made."""
        account = request.match_info["account"]
        heard = self._read(json.loads(await request.read()))
        recorded = self._recording[heard.number]
        toasts = [one for one in recorded.calls if one.method == "answerCallbackQuery"]
        calls = [one for one in recorded.calls if one.method != "answerCallbackQuery"]
        written = await self.writer.write(Rows.turn, account, heard, recorded, calls)
        self._start(self._make(toasts, []))
        self._start(self._make(calls, written))
        return web.Response()

    def _start(self, making: Any) -> None:
        task = asyncio.create_task(making)
        self.sending.add(task)
        task.add_done_callback(self.sending.discard)

    async def _make(self, calls: list[Said], written: list[tuple[int, int | None]]) -> None:
        """Makes calls one after another, and marks those that have a job."""
        for place, call in enumerate(calls):
            url, headers = f"{self._api}/bot1:bench/{call.method}", {"Content-Type": call.type}
            async with self._session.post(url, data=call.body, headers=headers) as response:
                result = json.loads(await response.read())["result"]
            if written:
                await self.writer.write(Rows.mark, *written[place], str(result["message_id"]))


@asynccontextmanager
async def floor(database_url: str, api: str, recording: Recording, reader: str) -> AsyncIterator[dict[str, Any]]:
    """The floor at work over a database that is migrated; gives its address."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        server = Floor(database_url, api, recording, reader, session)
        site = web.Application()
        site.add_routes([web.post("/telegram/{account}", server.post)])
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        yield {"url": f"http://{host}:{port}"}
        await runner.cleanup()
        while server.sending:
            await asyncio.wait(server.sending)
        await server.writer.end()
