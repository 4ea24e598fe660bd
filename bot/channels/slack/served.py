"""One workspace that is served: its account, its client of the Web API, and its way from a payload to the door."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack import reply as replies
from bot.channels.slack.client import WebClient
from bot.channels.slack.errors import TROUBLES, NoSuchPlace, code_of
from bot.channels.slack.members import PATIENCE, Members
from bot.channels.slack.parse import Workspace, parse, who
from bot.channels.slack.text import written
from bot.i18n import _
from bot.turn import Door
from bot.update import Reply, Update
from bot.words import told
from storage.clients import Account
from storage.database import Busy, Unavailable

log = logging.getLogger("centralino.slack")

MALFORMED: Final = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)
SECONDS: Final = 20
"""How long a call of the Web API may take."""
MENTIONED: Final = re.compile(r"<@([UW][A-Z0-9]+)>")
ID: Final = re.compile(r"[CGD][A-Z0-9]{2,}")
MOST_NAMES: Final = 5
EMOJI: Final = "bell"
LATE: Final = _("That took too long. Please try again.")
GONE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"})


class Secrets:
    """What an account's workspace is entered with."""

    def __init__(self, token: str, signing_secret: str, app_token: str) -> None:
        self.token = token
        self.signing_secret = signing_secret
        self.app_token = app_token


async def authorize() -> AuthorizeResult:
    """One app in one workspace: nothing needs to be asked of the network to let a payload in."""
    return AuthorizeResult(enterprise_id=None, team_id=None)


REMEMBERED: Final = 1000
"""Updates of which it is remembered that their replies were shown."""


class Served:
    """A workspace. Its secrets never leave it."""

    def __init__(
        self,
        account: Account,
        secrets: Secrets,
        api: str,
        session: aiohttp.ClientSession,
        door: Door,
        clock: Callable[[], datetime],
    ) -> None:
        self.account = account
        self.secrets = secrets
        self.session = session
        self.client = WebClient(secrets.token, base_url=api, timeout=SECONDS, session=session, retry_handlers=[])
        self.client.proxy = None  # as everything else over the shared session
        self.members = Members(self.client)
        self._door = door
        self._clock = clock
        self._places: dict[str, str] = {}
        self._calls: set[asyncio.Task[None]] = set()
        self._shown: OrderedDict[str, None] = OrderedDict()
        self.app = AsyncApp(
            name=account.name,
            logger=logging.getLogger("slack_bolt"),  # as quiet as bot.logs makes it: its own copy the root's level
            process_before_response=True,
            signing_secret=secrets.signing_secret or token_hex(32),  # without one nobody can post
            client=AsyncWebClient(base_url=api),  # it makes no calls: ours does
            authorize=authorize,
        )

        async def take(req: AsyncBoltRequest) -> BoltResponse:
            return await self._take(req)

        self.app.middleware(take)

    # --- in

    async def _take(self, req: AsyncBoltRequest) -> BoltResponse:
        """Takes a payload that is really Slack's; gives the acknowledgement once the turn is committed."""
        body: Any = req.body
        try:
            update = await self.read(body)
        except MALFORMED as error:
            log.warning("%s posted what can't be read: %s", self.account.name, type(error).__name__)
            return BoltResponse(status=400, body="")
        if update is None:
            return BoltResponse(status=200, body="")
        try:
            reply = await self._door.handle(update)
        except Busy:
            return BoltResponse(status=503, body="")
        except Unavailable as error:
            log.warning("what %s posted has to come again: %s", self.account.name, error)
            return BoltResponse(status=500, body="")
        try:
            return self._answer(update, reply or Reply())
        except Exception:  # the turn is committed: coming again would help nobody
            log.exception("what %s was to be shown at once can't be", self.account.name)
            return BoltResponse(status=200, body="")

    async def read(self, body: Any) -> Update | None:
        """The update of a payload, with the names of those in it. Raises one of MALFORMED."""
        text = str((body.get("event") or {}).get("text") or body.get("text") or "")
        said = body.get("user_name") or (body.get("user") or {}).get("username") or ""
        event = body.get("event") or {}
        if event.get("type") == "user_change":
            self.members.forget(event["user"]["id"])
        users = [who(body), *MENTIONED.findall(text)[:MOST_NAMES]]
        await self.members.learn(users, str(said))
        us = next((one.get("user_id", "") for one in body.get("authorizations") or ()), "")
        workspace = Workspace(
            self.account.name,
            self.account.client_id,
            us,
            str(self.account.settings.get("emoji") or EMOJI),
            self._clock(),
            self.members.name,
            self.members.language,
            self.members.guest,
        )
        update = parse(body, workspace)
        if update is not None and update.name == "reaction":
            return await self._with_message(update)
        return update

    async def _with_message(self, update: Update) -> Update:
        """A reaction with what it stands on, as far as Slack tells that in time."""
        place = str(update.data["place"])
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self.client.conversations_history(
                    channel=place, latest=update.message, oldest=update.message, inclusive=True, limit=1
                )
                where = await self.client.chat_getPermalink(channel=place, message_ts=update.message)
        except TROUBLES as error:
            log.info("what a reaction stands on is not known: %s", code_of(error))
            return update
        message: Any = next(iter(found["messages"]), {})
        by = str(message.get("user", ""))
        await self.members.learn([by])
        data = {**update.data, "link": where["permalink"], "by": self.members.name(by) if by else ""}
        text = written(message.get("text", ""), self.members.name)
        return replace(update, text=text, data=data | {"thread": message.get("thread_ts", "")})

    # --- out, at once

    def _answer(self, update: Update, reply: Reply) -> BoltResponse:
        """The acknowledgement; what needs a call is called in the background, best effort."""
        for call in () if self._was_shown(update) else replies.calls(self.client, update, reply):
            task = asyncio.create_task(self._call(call, update), name="slack-reply")
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)
        body = replies.acknowledgement(update, reply)
        if body is None:
            return BoltResponse(status=200, body="")
        return BoltResponse(status=200, body=json.dumps(body), headers={"content-type": ["application/json"]})

    def _was_shown(self, update: Update) -> bool:
        """Whether what an update is replied was shown already: Slack has delivered it again, and she has read it."""
        if update.id in self._shown:
            return True
        self._shown[update.id] = None
        if len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)
        return False

    async def _call(self, call: Awaitable[Any], update: Update) -> None:
        """Makes one call of a reply; a modal that came too late is said to be."""
        try:
            await call
        except TROUBLES as error:
            log.info("a reply was not shown: %s", code_of(error))
            if not (isinstance(error, SlackApiError) and code_of(error) in GONE):
                return
            late = Reply(error=told(update, None, LATE))
            if code_of(error).startswith(("expired", "trigger_expired")):
                shown = replies.ephemeral(late)
                for again in replies.whispers(self.client, update, shown, str(update.data.get("place", ""))):
                    await self._call(again, update)

    async def settle(self) -> None:
        """Waits for the replies that are under way."""
        while self._calls:
            await asyncio.wait(self._calls)

    # --- files and places

    async def download(self, remote: str) -> bytes:
        """The bytes of a file. Raises OSError where there are none, LookupError for an address that is not Slack's."""
        parts, api = urlsplit(remote), urlsplit(self.client.base_url)
        ours = parts.hostname == "files.slack.com" or (parts.hostname, parts.port) == (api.hostname, api.port)
        if not ours or parts.scheme not in {"https", api.scheme}:
            raise LookupError("no address of a file")
        headers, timeout = {"Authorization": f"Bearer {self.secrets.token}"}, aiohttp.ClientTimeout(total=60)
        try:
            async with self.session.get(remote, headers=headers, timeout=timeout, allow_redirects=False) as answer:
                if answer.status != 200 or answer.content_type == "text/html":
                    raise OSError(f"status {answer.status}")
                return await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise OSError(type(error).__name__) from None

    def learn(self, account: Account) -> None:
        """Takes up what is new about the account."""
        if account.settings.get("channel") != self.account.settings.get("channel"):
            self._places.clear()
        self.account = account

    async def place(self, address: str) -> str:
        """The network's id of a channel, of the client's own where ``address`` is empty, or of a talk with a member.

        Raises SlackApiError, and NoSuchPlace where there is no such channel.
        """
        wanted = address or str(self.account.settings.get("channel") or "")
        if ID.fullmatch(wanted):
            return wanted
        if wanted not in self._places:
            self._places[wanted] = await self._find(wanted)
        return self._places[wanted]

    async def _find(self, wanted: str) -> str:
        if wanted[:1] in {"U", "W"} and wanted.isupper():
            opened = await self.client.conversations_open(users=wanted)
            return str(opened["channel"]["id"])
        name, cursor = wanted.lstrip("#"), ""
        while True:
            page = await self.client.conversations_list(
                types="public_channel,private_channel", exclude_archived=False, limit=1000, cursor=cursor or None
            )
            found = next((one["id"] for one in page["channels"] if one["name"] == name), None)
            if found is not None:
                return str(found)
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                raise NoSuchPlace(wanted)
