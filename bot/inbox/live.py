"""The live stream: it says only what changed, and the page fetches it.

What was handled stands in the table of updates, whichever process took it, so the table is looked at: at every turn of
this process, and every second for the others. Nobody looks while nobody listens.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.inbox.her import her
from storage import presence, queue
from storage.database import Unavailable

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

log = logging.getLogger("centralino.inbox")

POLL: Final = 1.0
"""Seconds after which the table is looked at in any case."""
OVERLAP: Final = timedelta(seconds=3)
"""How far back is looked again: a transaction that began earlier may end later."""
BREATH: Final = 20.0
"""Seconds of silence after which a stream says that it still stands."""

Heard = tuple[int, int]
"""A client and a talk of its (0 where it is about the client)."""


class Live:
    """The streams of all pages that are open."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self._listeners: set[asyncio.Queue[Heard]] = set()
        self._rung = asyncio.Event()
        self._closed = False
        self._seen: dict[tuple[str, str, str], datetime] = {}

    def routes(self) -> list[web.RouteDef]:
        """The stream."""
        return [web.get("/stream", self.stream)]

    def ring(self) -> None:
        """Something was handled in this process: look now."""
        self._rung.set()

    def tell(self, client_id: int, talk_id: int) -> None:
        """Lets the pages of a client's talk look again, though nothing was handled."""
        for listener in self._listeners:
            listener.put_nowait((client_id, talk_id))

    async def running(self, _app: web.Application) -> AsyncIterator[None]:
        """Looks as long as the application runs."""
        looking = asyncio.create_task(self._look(), name="inbox-live")
        yield
        self._closed = True
        self.ring()
        await looking

    async def close(self, _app: web.Application) -> None:
        """Ends the streams."""
        self._closed = True
        self.ring()
        self.tell(0, 0)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """``changed`` events, each with the client and the talk; ``ready`` at the beginning."""
        hers = set(her(request).clients)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        listener: asyncio.Queue[Heard] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            with suppress(ConnectionError):
                await response.write(b"event: ready\ndata: {}\n\n")
                while not self._closed:
                    await self._pass_on(response, listener, hers)
        finally:
            self._listeners.discard(listener)
        return response

    async def _pass_on(self, response: web.StreamResponse, listener: asyncio.Queue[Heard], hers: set[int]) -> None:
        """Waits for the next change, and writes it with all that has come meanwhile."""
        try:
            heard = {await asyncio.wait_for(listener.get(), BREATH)}
        except TimeoutError:
            await response.write(b": still here\n\n")
            return
        while not listener.empty():
            heard.add(listener.get_nowait())
        for client, talk in sorted(heard):
            if client in hers:
                data = json.dumps({"client": client, "talk": talk})
                await response.write(f"event: changed\ndata: {data}\n\n".encode())

    # --- looking

    async def _look(self) -> None:
        while not self._closed:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._rung.wait(), POLL)
            self._rung.clear()
            if self._listeners and not self._closed:
                try:
                    await self._pass_round()
                except Unavailable as error:
                    log.warning("pages are not kept up to date while the database is unavailable: %s", error)
            elif not self._listeners:
                self._seen.clear()

    async def _pass_round(self) -> None:
        """Tells every listener what was handled since the last look."""
        fresh, now = not self._seen, self.inbox.clock()
        since = max(self._seen.values(), default=now) - OVERLAP
        found = await self.inbox.database.read(lambda rows: changed(rows, since))
        news = [one for one in found if one.key not in self._seen]
        self._seen = {key: at for key, at in self._seen.items() if at > since}
        self._seen.update((one.key, one.at) for one in news)
        if fresh:  # what was before somebody listened is no news, but it may lie within the same moment
            self._seen.setdefault(("", "", ""), now - OVERLAP)
        for one in news:
            self.tell(one.client_id, one.conversation_id or 0)


def changed(rows: Connection, since: datetime) -> list[queue.Change | presence.News]:
    """What was handled after a moment, and who came to a ticket or writes in one."""
    return [*queue.changed(rows, since), *presence.changed(rows, since)]
