"""Long polling, where there is no public address: under a lease, for a second poller of a bot gets 409."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from telegram.error import Conflict, TelegramError

from bot.background import jittered
from bot.channels.telegram.parse import TAKEN
from bot.channels.telegram.request import Flooded
from bot.channels.telegram.served import NotAnUpdate, Served
from bot.channels.telegram.webhook import withdraw
from bot.update import Update
from storage import account_state
from storage.database import Database, Unavailable

log = logging.getLogger("centralino.telegram")
T = TypeVar("T")

PATIENCE: Final = 25
"""Seconds that Telegram holds a poll back while there is nothing."""
LEASE: Final = timedelta(seconds=90)
TAKEN_ELSEWHERE: Final = 5.0
"""Seconds until the lease of another process is looked at again."""
LONGEST_PAUSE: Final = 60.0


class Poller:
    """Polls one bot until ``stop``; ``who`` names this process on the lease."""

    def __init__(self, served: Served, database: Database, who: str) -> None:
        self._served = served
        self._database = database
        self._who = who
        self._stopping = asyncio.Event()
        self._leased_until: datetime | None = None
        self._offset: int | None = None
        self._pause = 0.0

    def stop(self) -> None:
        """Ends the poll that waits; what was taken already is handled to its end by ``run``."""
        self._stopping.set()

    async def run(self) -> None:
        """Polls until ``stop``. Whatever goes wrong is tried again, after a growing pause."""
        account = self._served.account
        if account.address:
            await self._unposted()
        while not self._stopping.is_set():
            try:
                if not await self._leases():
                    await self._wait(TAKEN_ELSEWHERE)
                    continue
                found = await self._unless_stopped(self._fetch())
                if found:
                    await self._take(found)
                    self._offset = found[-1]["update_id"] + 1
                self._pause = 0.0
            except Conflict as error:
                await self._conflict(error)
            except (TelegramError, Unavailable) as error:
                await self._trouble(error, error.seconds if isinstance(error, Flooded) else 0)
        with suppress(Unavailable):
            await self._database.transact(lambda write: account_state.release(write, account.id, self._who))

    async def _fetch(self) -> list[dict[str, Any]]:
        """The updates that wait. Asking for them confirms those before: so only once these are committed."""
        fields = {"timeout": PATIENCE, "allowed_updates": TAKEN}
        if self._offset is not None:
            fields["offset"] = self._offset
        address = self._served.address("getUpdates")
        found: list[dict[str, Any]] = await self._served.request.call(address, fields, seconds=PATIENCE + 10)
        return found

    async def _leases(self) -> bool:
        """Whether this process polls the bot; the lease is renewed once half of it is over."""
        now = self._served.clock()
        until = now + LEASE
        if self._leased_until is not None and now < self._leased_until - LEASE / 2:
            return True
        id, who = self._served.account.id, self._who
        mine = await self._database.transact(lambda write: account_state.lease(write, id, who, now, until))
        self._leased_until = until if mine else None
        return mine

    # --- what was found

    async def _take(self, found: list[dict[str, Any]]) -> None:
        """Handles updates, those of a chat one after another; returns when all of them are committed."""
        chats: dict[str, list[tuple[Update | None, str]]] = defaultdict(list)
        for data in found:
            try:
                update, press = self._served.read(data)
            except NotAnUpdate:
                log.error("what Telegram gave is no update of the Bot API: %s", sorted(data))
                continue
            chats[repr(update.target) if update is not None else press].append((update, press))
        await asyncio.gather(*map(self._take_chat, chats.values()))

    async def _take_chat(self, updates: list[tuple[Update | None, str]]) -> None:
        for update, press in updates:
            pause = 0.0
            while True:
                try:
                    await self._served.take(update, press)
                    break
                except Unavailable as error:
                    pause = grown(pause)
                    log.warning("an update for %s is tried again: %s", self._served.account.name, error)
                except Exception:
                    log.exception("an update for %s could not be taken", self._served.account.name)
                    break
                if await self._wait(pause):
                    raise Unavailable("stopped before it was committed: it comes again")

    # --- what goes wrong

    async def _unposted(self) -> None:
        """A webhook that an earlier start has set would forbid polling."""
        try:
            await withdraw(self._served, self._database)
        except (TelegramError, Unavailable) as error:
            await self._trouble(error)

    async def _conflict(self, error: Conflict) -> None:
        """Another poller, or a webhook that somebody else has set."""
        if "webhook" in str(error).lower() and "setwebhook" not in str(error).lower():
            await self._unposted()
        await self._trouble(error)

    async def _trouble(self, error: Exception, pause: float = 0) -> None:
        self._pause = grown(self._pause)
        log.warning("polling %s: %s", self._served.account.name, error)
        await self._wait(max(pause, self._pause))

    async def _wait(self, seconds: float) -> bool:
        """Waits, unless it is to stop: whether it is."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        return self._stopping.is_set()

    async def _unless_stopped(self, call: Coroutine[Any, Any, T]) -> T | None:
        """What the call gives; None if it was given up in order to stop."""
        calling, stopping = asyncio.ensure_future(call), asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait({calling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if calling.done():
            return calling.result()
        calling.cancel()
        with suppress(asyncio.CancelledError, TelegramError):
            await calling
        return None


def grown(pause: float) -> float:
    """The pause after one more failure, in seconds."""
    return jittered(min(LONGEST_PAUSE, max(0.5, pause * 2)))
