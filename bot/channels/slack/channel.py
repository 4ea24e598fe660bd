"""The channel: it follows the accounts, serves a workspace for each, and performs their jobs.

Slack's libraries are loaded with the first workspace: they take 8 MiB and a tenth of a start.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

import aiohttp
from aiohttp import web

from bot.channels.accounts import Accounts
from bot.channels.slack.parse import NAME
from bot.outcome import Failed, Outcome, Sent, Stuck
from bot.secrets import Vault
from bot.turn import Defect, Door
from bot.update import Face, Kind, OfClient, Thread, Update
from storage import account_state
from storage.clients import Account
from storage.database import Database, Unavailable
from storage.jobs import Claimed

if TYPE_CHECKING:
    from bot.channels.slack.send import Sender
    from bot.channels.slack.served import Served
    from bot.channels.slack.socket import Socket

OWN: Final = "its channel"
"""What the client's own channel is called in a trouble."""
Fetch = Callable[[str, str], Awaitable[bytes]]


class Slack(Accounts["Served"]):
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
        super().__init__(database)
        self._door = door
        self._vault = vault
        self._session = session
        self._clock = clock
        self._api = api
        self._public_url = public_url
        self._fetch = {**(fetch or {}), NAME: self.fetch}

    def routes(self) -> Iterable[web.RouteDef]:
        """Where Slack posts to us."""
        return [web.post("/slack/{account}", self._posted)]

    async def _posted(self, request: web.Request) -> web.StreamResponse:
        """Lets Bolt check who posts, and acknowledges when the turn is committed."""
        served = await self._find(request.match_info["account"])
        if served is None:
            return web.Response(status=404)
        from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request  # noqa: PLC0415

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
        from bot.channels.slack.errors import NOBODY_THERE  # noqa: PLC0415

        outcome = await self._sender.perform(served, thread.address, job)
        if isinstance(outcome, Stuck):
            await self._note(served, trouble_at(outcome, thread.address))
        elif isinstance(outcome, Sent) and ends(served.account.trouble, thread.address):
            if await self._tell(served, job, "mended", address=thread.address):
                await self._note(served, "")
        elif isinstance(outcome, Failed) and outcome.reason.startswith(NOBODY_THERE):
            await self._tell(served, job, "gone", member=thread.address, key=job.payload.get("key", ""))
        return outcome

    @cached_property
    def _sender(self) -> Sender:
        from bot.channels.slack.send import Sender  # noqa: PLC0415

        return Sender(self._database, self._bytes)

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

    def _serve(self, account: Account) -> Served:
        from bot.channels.slack.served import Secrets, Served  # noqa: PLC0415

        sealed = account.settings.get("sealed", {})
        token, signing, app = (
            self._vault.open(cipher) if cipher else ""
            for cipher in (account.token, sealed.get("signing_secret"), sealed.get("app_token"))
        )
        return Served(account, Secrets(token, signing, app), self._api, self._session, self._door, self._clock)

    def _same(self, one: Account, other: Account) -> bool:
        return (one.id, one.token, one.settings.get("sealed")) == (other.id, other.token, other.settings.get("sealed"))

    def _listen(self, served: Served) -> Socket | None:
        if self._public_url or not served.secrets.app_token:
            return None
        from bot.channels.slack.socket import Socket  # noqa: PLC0415

        return Socket(served)


def trouble_at(outcome: Stuck, address: str) -> str:
    """What is noted of an account: what is wrong, and where it is only one place."""
    return outcome.reason if outcome.what == "account" else f"{outcome.reason} ({address or OWN})"


def ends(trouble: str, address: str) -> bool:
    """Whether a send to this place that went well shows that a trouble is over."""
    return bool(trouble) and (not trouble.endswith(")") or trouble.endswith(f"({address or OWN})"))


def is_ours(remote: str) -> bool:
    """Whether what an attachment is fetched by is a file of a workspace."""
    return remote.partition(":")[2].startswith(("https://", "http://"))
