"""Keeps foreign calendars up to date: each is fetched in its turn, and what it takes away goes to the one door."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

import aiohttp
from sqlalchemy import Connection

from bot.channels.calendars.fetch import Fetched, Unread, fetch
from bot.channels.calendars.parse import NoCalendar, busy
from bot.rules.spans import Spans
from bot.turn import Defect, Door
from bot.update import Face, Json, Kind, OfClient, Update
from bot.values import Client
from storage import agenda, clients, feeds, road
from storage.database import Database, Unavailable
from storage.feeds import Feed

log = logging.getLogger("centralino.calendars")

EVERY: Final = timedelta(minutes=15)
"""How often a calendar is looked at."""
ANEW: Final = timedelta(hours=24)
"""After so long it is read whole, changed or not: the days ahead that it repeats into have moved on."""
BEYOND: Final = 14
"""Days that are looked at beyond the last that can be booked."""
POLL: Final = 30.0
"""Seconds after which it is looked which calendars are due."""


class Calendars:
    """The calendars of all clients: by ``run`` in the background, or by ``settle``.

    ``http`` fetches; ``private`` lets it into private nets. ``clock`` gives aware UTC.
    """

    def __init__(
        self,
        database: Database,
        door: Door,
        http: aiohttp.ClientSession,
        clock: Callable[[], datetime],
        *,
        private: bool = False,
    ) -> None:
        self._database = database
        self._door = door
        self._http = http
        self._clock = clock
        self._private = private
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Looks until ``stop``."""
        while not self._stopping.is_set():
            try:
                await self.settle()
            except Unavailable as error:
                log.warning("calendars wait while the database is unavailable: %s", error)
            except Exception:
                log.exception("a round of calendars failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), POLL)

    def stop(self) -> None:
        """Begins no further round."""
        self._stopping.set()

    async def settle(self) -> None:
        """Looks at every calendar that is due by the clock, once."""
        before = self._clock() - EVERY
        for one in await self._database.read(lambda rows: feeds.due(rows, before)):
            if self._stopping.is_set():
                return
            await self._look(one)

    async def _look(self, one: Feed) -> None:
        """Looks at one calendar, unless another process does."""
        now = self._clock()
        if not await self._database.transact(lambda write: feeds.claim(write, one, now)):
            return
        whole = one.read_at is None or now - one.read_at > ANEW or bool(one.trouble)
        known = ("", "") if whole else (one.etag, one.modified)
        try:
            fetched = await fetch(self._http, one.address, *known, private=self._private)
            found = await self._taken(one, fetched, now)
        except (Unread, NoCalendar) as error:
            log.info("calendar %d can't be read: %s", one.id, error)
            found = {"trouble": str(error.why)}
        if found is not None:
            await self._bring(one, found, now)

    async def _taken(self, one: Feed, fetched: Fetched, now: datetime) -> dict[str, Json] | None:
        """What is news in a calendar; None where it takes what it took."""
        if fetched.content is None:
            return None
        content = fetched.content
        client, own = await self._database.read(lambda rows: of_client(rows, one.client_id, now))
        ahead = max((service.horizon for service in client.services), default=60) + BEYOND
        first, after = now - timedelta(days=1), now + timedelta(days=ahead)
        spans: Spans = await asyncio.to_thread(busy, content, first, after, client.zone, own)
        digest = hashlib.sha256(repr([span for span in spans if span[0] * 60 >= now.timestamp()]).encode()).hexdigest()
        etag, modified = fetched.etag, fetched.modified
        if digest == one.digest and not one.trouble:
            await self._database.transact(lambda write: feeds.same(write, one.id, etag, modified, now))
            return None
        return {"spans": [list(span) for span in spans], "etag": etag, "modified": modified, "digest": digest}

    async def _bring(self, one: Feed, found: Mapping[str, Json], now: datetime) -> None:
        """Lets the door handle what has changed."""
        update = Update(
            id=f"{one.id}:{int(now.timestamp() * 1000)}",
            channel="calendar",
            account="",
            face=Face.NETWORK,
            kind=Kind.ACT,
            target=OfClient(one.client_id),
            at=now,
            name="calendar_read" if "spans" in found else "calendar_failed",
            data={"feed": one.id, **found},
        )
        try:
            await self._door.handle(update)
        except Defect:
            log.exception("calendar %d was read, but can't be kept", one.id)


def of_client(rows: Connection, client_id: int, now: datetime) -> tuple[Client, frozenset[str]]:
    """A client, and the UIDs of what is booked there from now on: they may come back by its own calendar."""
    found = road.locate(rows, OfClient(client_id))
    if found is None:
        raise LookupError(f"no client {client_id}")
    own = frozenset(one.appointment.uid for one in agenda.since(rows, client_id, now - timedelta(days=2)))
    return clients.cached(rows, found.client_id, found.version), own
