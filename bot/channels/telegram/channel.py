"""The channel: it follows the accounts, serves a bot for each, and performs their jobs."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime

import aiohttp
from aiohttp import web
from telegram.error import TelegramError

from bot.channels.accounts import Accounts
from bot.channels.telegram import send
from bot.channels.telegram.listening import Listening
from bot.channels.telegram.parse import NAME
from bot.channels.telegram.request import SharedRequest
from bot.channels.telegram.served import Served
from bot.channels.telegram.webhook import route, secret_of
from bot.outcome import Outcome, TryAgain
from bot.secrets import Vault
from bot.turn import Door
from bot.update import Thread
from storage.clients import Account
from storage.database import Database
from storage.jobs import Claimed


class Telegram(Accounts[Served]):
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
        super().__init__(database)
        self._door = door
        self._vault = vault
        self._request = SharedRequest(session)
        self._clock = clock
        self._api = api
        self._public_url = public_url
        self._who = secrets.token_hex(8)

    def routes(self) -> Iterable[web.RouteDef]:
        """Where Telegram posts to us."""
        return [route(self._find)]

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

    def _serve(self, account: Account) -> Served:
        token, secret = self._vault.open(account.token), self.secret(account.name)
        return Served(account, token, secret, self._api, self._request, self._door, self._clock)

    def _same(self, one: Account, other: Account) -> bool:
        return (one.id, one.token) == (other.id, other.token)

    def _listen(self, served: Served) -> Listening:
        return Listening(served, self._database, self._vault, self._public_url, self._who)
