"""The background of one bot: it is presented to the network, pointed at us or polled, and kept so."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.polling import Poller, grown
from bot.channels.telegram.profile import digest, profile, publish
from bot.channels.telegram.request import Flooded
from bot.channels.telegram.served import Served
from bot.channels.telegram.webhook import point
from bot.secrets import Vault
from bot.update import Json, OfClient
from storage import account_state, clients, road
from storage.database import Database, Unavailable

log = logging.getLogger("centralino.telegram")

AGAIN: Final = 60.0
"""Seconds until it is looked again whether what is published is still right."""


class Listening:
    """Presents a bot and takes its updates until ``stop``; ``who`` names this process on the lease of polling."""

    def __init__(self, served: Served, database: Database, vault: Vault, public_url: str | None, who: str) -> None:
        self.served = served
        self._database = database
        self._vault = vault
        self._public_url = public_url
        self._stopping = asyncio.Event()
        self._poller = None if public_url else Poller(served, database, who)
        self._tasks = [asyncio.create_task(self._present(), name=f"present-{served.account.name}")]
        if self._poller is not None:
            self._tasks.append(asyncio.create_task(self._poller.run(), name=f"poll-{served.account.name}"))

    async def stop(self) -> None:
        """Takes no more updates, and returns when those in hand are committed."""
        self._stopping.set()
        if self._poller is not None:
            self._poller.stop()
        for problem in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(problem, BaseException):
                log.error("serving %s ended badly", self.served.account.name, exc_info=problem)

    async def _present(self) -> None:
        """Presents the bot, and looks now and then whether its client has changed; troubles are tried again."""
        pause = 0.0
        while not self._stopping.is_set():
            try:
                await self._present_now()
                await self._note("trouble", "")
                pause, wait = 0.0, AGAIN
            except (TelegramError, Unavailable) as error:
                wait = pause = grown(pause)
                if isinstance(error, Flooded):
                    wait = max(pause, error.seconds)
                await self._troubled(error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)

    async def _present_now(self) -> None:
        """Learns the bot's name, has the network post to us where it can, and publishes the profile if it is new."""
        served = self.served
        if not served.account.username:
            await self._note("username", (await served.bot.get_me()).username or "")
        if self._public_url:
            await point(served, self._database, self._vault, self._public_url)
        wanted = await self._database.read(self._wanted)
        if digest(wanted) != served.account.profile:
            await publish(served.bot, wanted)
            await self._note("profile", digest(wanted))

    def _wanted(self, rows: Connection) -> Json:
        """The profile that the bot should have now."""
        found = road.locate(rows, OfClient(self.served.account.client_id))
        assert found is not None
        return profile(clients.cached(rows, found.client_id, found.version))

    async def _troubled(self, error: Exception) -> None:
        name = self.served.account.name
        if isinstance(error, InvalidToken):
            log.error("Telegram refuses the token of %s: give a new one and load the client's file again", name)
        else:
            log.warning("%s is not presented yet: %s", name, error)
        if isinstance(error, TelegramError):
            with suppress(Unavailable):
                await self._note("trouble", str(error)[:200])

    async def _note(self, what: str, value: str) -> None:
        """Keeps what was learnt with the account, where that is new."""
        account = self.served.account
        if getattr(account, what) != value:
            await self._database.transact(lambda write: account_state.note(write, account.id, what, value))
            known: dict[str, Any] = {what: value}
            self.served.account = replace(account, **known)
