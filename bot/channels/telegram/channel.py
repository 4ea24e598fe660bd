"""The channel: it follows the accounts, serves a bot for each, and performs their jobs."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Final

import aiohttp
from aiohttp import web
from telegram.error import TelegramError

from bot.channels.telegram import send
from bot.channels.telegram.listening import Listening
from bot.channels.telegram.parse import NAME
from bot.channels.telegram.request import SharedRequest
from bot.channels.telegram.served import Served
from bot.channels.telegram.webhook import route, secret_of
from bot.outcome import Outcome, TryAgain
from bot.secrets import Undecipherable, Vault
from bot.turn import Door
from bot.update import Thread
from storage import clients
from storage.clients import Account
from storage.database import Database, Unavailable
from storage.jobs import Claimed

log = logging.getLogger("centralino.telegram")

REFRESH: Final = 2.0
"""Seconds until new accounts are looked for again."""


class Telegram:
    """All bots of all clients; see bot.channels.Channel.

    ``public_url`` is where Telegram can post to us; without it the bots are polled. ``clock`` gives aware UTC.
    """

    name = NAME

    def __init__(
        self,
        database: Database,
        door: Door,
        vault: Vault,
        session: aiohttp.ClientSession,
        clock: Callable[[], datetime],
        *,
        api: str,
        public_url: str | None,
    ) -> None:
        self._database = database
        self._door = door
        self._vault = vault
        self._request = SharedRequest(session)
        self._clock = clock
        self._api = api
        self._public_url = public_url
        self._who = secrets.token_hex(8)
        self._served: dict[str, Served] = {}
        self._listening: dict[str, Listening] = {}
        self._stopping = asyncio.Event()

    def routes(self) -> Iterable[web.RouteDef]:
        """Where Telegram posts to us."""
        return [route(self._find, self._vault)]

    def secret(self, account: str) -> str:
        """What has to be shown, in the header of bot.channels.telegram.webhook, to post an update for an account."""
        return secret_of(self._vault, account)

    async def perform(self, job: Claimed) -> Outcome:
        """Makes the one call of a job, by the bot of its lane."""
        assert job.lane is not None
        thread = Thread.of_lane(job.lane)
        served = await self._find(thread.account)
        if served is None:
            return TryAgain(f"no bot is served as {thread.account}")
        return await send.perform(served, int(thread.address), job)

    async def fetch(self, account: str, remote: str) -> bytes:
        """The bytes of a file sent to us. Raises LookupError for no such account, OSError where there are none."""
        served = await self._find(account)
        if served is None:
            raise LookupError(f"no bot is served as {account}")
        try:
            file = await served.bot.get_file(remote)
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise OSError(type(error).__name__) from None

    # --- the accounts

    async def refresh(self) -> None:
        """Takes up new and changed accounts, and lets go of removed ones. Raises Unavailable."""
        found = {one.name: one for one in await self._database.read(lambda rows: clients.accounts(rows, NAME))}
        for name in set(self._served) - set(found):
            del self._served[name]
        for account in found.values():
            self._take_up(account)

    def _take_up(self, account: Account) -> Served | None:
        """Serves an account; one whose token is the same keeps its bot, and learns what else is new."""
        known = self._served.get(account.name)
        if known is not None and (known.account.id, known.account.token) == (account.id, account.token):
            known.account = account
            return known
        try:
            token = self._vault.open(account.token)
        except Undecipherable as error:
            log.error("the token of %s can't be read: %s", account.name, error)
            return None
        served = Served(account, token, self._api, self._request, self._door, self._clock)
        self._served[account.name] = served
        return served

    async def _find(self, name: str) -> Served | None:
        """The bot of an account, also of one that was loaded a moment ago."""
        served = self._served.get(name)
        if served is None:
            account = await self._database.read(lambda rows: clients.find_account(rows, NAME, name))
            served = self._take_up(account) if account is not None else None
        return served

    # --- the background

    async def run(self, *, listen: bool = True) -> None:
        """Keeps to the accounts until ``stop``; with ``listen`` each is presented to the network and listened to."""
        while not self._stopping.is_set():
            try:
                await self.refresh()
                if listen and not self._stopping.is_set():
                    await self._follow()
            except Unavailable as error:
                log.warning("accounts are not followed while the database is unavailable: %s", error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), REFRESH)

    async def _follow(self) -> None:
        """Listens for exactly the bots that are served now."""
        gone = [name for name, one in self._listening.items() if self._served.get(name) is not one.served]
        await asyncio.gather(*(self._listening.pop(name).stop() for name in gone))
        if self._stopping.is_set():  # meanwhile: nobody would stop what begins now
            return
        for name, served in self._served.items():
            if name not in self._listening:
                self._listening[name] = Listening(served, self._database, self._vault, self._public_url, self._who)

    async def settle(self) -> None:
        """Waits for the replies that are under way."""
        for served in list(self._served.values()):
            await served.settle()

    async def stop(self) -> None:
        """Takes no more updates, and finishes what it has in hand. Webhooks stay: updates wait for the next start."""
        self._stopping.set()
        await asyncio.gather(*(one.stop() for one in self._listening.values()))
        self._listening.clear()
        await self.settle()
