"""The channel: it follows the accounts, serves a workspace for each, and performs their jobs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

from bot.channels.slack.errors import NOBODY_THERE
from bot.channels.slack.parse import NAME
from bot.channels.slack.send import Sender
from bot.channels.slack.served import Secrets, Served
from bot.channels.slack.socket import Socket
from bot.outcome import Failed, Outcome, Sent, Stuck
from bot.secrets import Undecipherable, Vault
from bot.turn import Defect, Door
from bot.update import Face, Kind, OfClient, Thread, Update
from storage import account_state, clients
from storage.clients import Account
from storage.database import Database, Unavailable
from storage.jobs import Claimed

log = logging.getLogger("centralino.slack")

REFRESH: Final = 2.0
"""Seconds until new accounts are looked for again."""
OWN: Final = "its channel"
"""What the client's own channel is called in a trouble."""
Fetch = Callable[[str, str], Awaitable[bytes]]


class Slack:
    """The workspaces of all clients; see bot.channels.Channel.

    ``public_url`` is where Slack can post to us; without it an account with an app token is listened to in Socket Mode.
    ``fetch`` brings the bytes of customers' files, by channel. ``clock`` gives aware UTC.
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
        fetch: dict[str, Fetch] | None = None,
    ) -> None:
        self._database = database
        self._door = door
        self._vault = vault
        self._session = session
        self._clock = clock
        self._api = api
        self._public_url = public_url
        self._fetch = {**(fetch or {}), NAME: self.fetch}
        self._sender = Sender(database, self._bytes)
        self._served: dict[str, Served] = {}
        self._sockets: dict[str, Socket] = {}
        self._stopping = asyncio.Event()

    def routes(self) -> Iterable[web.RouteDef]:
        """Where Slack posts to us."""
        return [web.post("/slack/{account}", self._posted)]

    async def _posted(self, request: web.Request) -> web.StreamResponse:
        """Lets Bolt check who posts, and acknowledges when the turn is committed."""
        served = await self._find(request.match_info["account"])
        if served is None:
            return web.Response(status=404)
        try:
            bolt = await to_bolt_request(request)
        except UnicodeDecodeError:
            return web.Response(status=400)
        return await to_aiohttp_response(await served.app.async_dispatch(bolt))

    async def perform(self, job: Claimed) -> Outcome:
        """Makes the one call of a job, in the workspace of its lane."""
        assert job.lane is not None
        thread = Thread.of_lane(job.lane)
        served = await self._find(thread.account)
        if served is None:
            return Stuck("account", "not_served")
        outcome = await self._sender.perform(served, thread.address, job)
        if isinstance(outcome, Stuck):
            await self._note(served, trouble_at(outcome, thread.address))
        elif isinstance(outcome, Sent) and ends(served.account.trouble, thread.address):
            if await self._tell(served, job, "mended", address=thread.address):
                await self._note(served, "")
        elif isinstance(outcome, Failed) and outcome.reason.startswith(NOBODY_THERE):
            await self._tell(served, job, "gone", member=thread.address, key=job.payload.get("key", ""))
        return outcome

    async def _tell(self, served: Served, job: Claimed, what: str, **data: str) -> bool:
        """Lets the house know what came of a job for an account, or a place on it; False where it can't hear now."""
        account = served.account
        update = Update(
            id=f"{job.id}:{what}",
            channel=NAME,
            account=account.name,
            face=Face.NETWORK,
            kind=Kind.ACT,
            target=OfClient(account.client_id),
            at=self._clock(),
            name=what,
            data=data,
        )
        with suppress(Unavailable, Defect):
            await self._door.handle(update)
            return True
        return False

    async def _note(self, served: Served, trouble: str) -> None:
        """Keeps with the account what is wrong with it, where that is new."""
        account = served.account
        if account.trouble != trouble:
            with suppress(Unavailable):
                await self._database.transact(lambda write: account_state.note(write, account.id, "trouble", trouble))
                served.account = replace(account, trouble=trouble)

    async def fetch(self, account: str, remote: str) -> bytes:
        """The bytes of a file of a workspace. Raises LookupError for no such account, OSError where there are none.

        ``remote`` is an attachment's, and names the account itself.
        """
        if is_ours(remote):
            account, _colon, remote = remote.partition(":")
        served = await self._find(account)
        if served is None:
            raise LookupError(f"no workspace is served as {account}")
        return await served.download(remote)

    async def _bytes(self, channel: str, account: str, remote: str) -> bytes:
        if channel not in self._fetch:
            raise LookupError(f"there is no channel {channel}")
        return await self._fetch[channel](account, remote)

    # --- the accounts

    async def refresh(self) -> None:
        """Takes up new and changed accounts, and lets go of removed ones. Raises Unavailable."""
        found = {one.name: one for one in await self._database.read(lambda rows: clients.accounts(rows, NAME))}
        for name in set(self._served) - set(found):
            del self._served[name]
        for account in found.values():
            self._take_up(account)

    def _take_up(self, account: Account) -> Served | None:
        """Serves an account; one whose secrets are the same keeps its client, and learns what else is new."""
        known = self._served.get(account.name)
        if known is not None and same(known.account, account):
            known.learn(account)
            return known
        try:
            sealed = account.settings.get("sealed", {})
            token, signing, app = (
                self._vault.open(cipher) if cipher else ""
                for cipher in (account.token, sealed.get("signing_secret"), sealed.get("app_token"))
            )
        except Undecipherable as error:
            log.error("the secrets of %s can't be read: %s", account.name, error)
            return None
        served = Served(account, Secrets(token, signing, app), self._api, self._session, self._door, self._clock)
        self._served[account.name] = served
        return served

    async def _find(self, name: str) -> Served | None:
        """The workspace of an account, also of one that was loaded a moment ago."""
        served = self._served.get(name)
        if served is None:
            account = await self._database.read(lambda rows: clients.find_account(rows, NAME, name))
            served = self._take_up(account) if account is not None else None
        return served

    # --- the background

    async def run(self, *, listen: bool = True) -> None:
        """Keeps to the accounts until ``stop``; with ``listen``, and where Slack can't post to us, over sockets."""
        while not self._stopping.is_set():
            try:
                await self.refresh()
                if listen and not self._public_url:
                    await self._connect()
            except Unavailable as error:
                log.warning("accounts are not followed while the database is unavailable: %s", error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), REFRESH)

    async def _connect(self) -> None:
        """Keeps a socket for exactly the workspaces that are served now and have an app token."""
        gone = [name for name, one in self._sockets.items() if self._served.get(name) is not one.served]
        await asyncio.gather(*(self._sockets.pop(name).stop() for name in gone))
        for name, served in self._served.items():
            if name not in self._sockets and served.secrets.app_token:
                self._sockets[name] = Socket(served)

    async def settle(self) -> None:
        """Waits for the replies that are under way."""
        for served in list(self._served.values()):
            await served.settle()

    async def stop(self) -> None:
        """Takes no more, and finishes what it has in hand."""
        self._stopping.set()
        await asyncio.gather(*(one.stop() for one in self._sockets.values()))
        self._sockets.clear()
        await self.settle()


def trouble_at(outcome: Stuck, address: str) -> str:
    """What is noted of an account: what is wrong, and where it is only one place."""
    return outcome.reason if outcome.what == "account" else f"{outcome.reason} ({address or OWN})"


def ends(trouble: str, address: str) -> bool:
    """Whether a send to this place that went well shows that a trouble is over."""
    return bool(trouble) and (not trouble.endswith(")") or trouble.endswith(f"({address or OWN})"))


def is_ours(remote: str) -> bool:
    """Whether what an attachment is fetched by is a file of a workspace."""
    return remote.partition(":")[2].startswith(("https://", "http://"))


def same(one: Account, other: Account) -> bool:
    """Whether both are entered with the same secrets."""
    return (one.id, one.token, one.settings.get("sealed")) == (other.id, other.token, other.settings.get("sealed"))
