"""Who the members of a workspace are: their names and languages, asked of Slack once an hour."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger("centralino.slack")

KNOWN_FOR: Final = 3600.0
UNKNOWN_FOR: Final = 60.0
PATIENCE: Final = 1.0
"""Seconds that an update waits for names: three are all that Slack waits for us."""
MOST: Final = 10_000
GUEST: Final = ("is_restricted", "is_ultra_restricted", "is_stranger")
"""What Slack calls guests of many channels, guests of one, and who comes from another organisation."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member: what she is called, the locale of her Slack ("pl-PL"), and whether she is only a guest."""

    name: str = ""
    language: str = ""
    guest: bool = False


class Members:
    """The members of one workspace, as far as they are known."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[str, tuple[float, Member]] = {}

    def name(self, user: str) -> str:
        """What a member is called; her id where that is not known."""
        return self._known[user][1].name if user in self._known and self._known[user][1].name else user

    def language(self, user: str) -> str:
        """A member's locale; empty where it is not known."""
        return self._known[user][1].language if user in self._known else ""

    def guest(self, user: str) -> bool:
        """Whether she is a guest, or of another organisation; one who is not known is taken for a member."""
        return user in self._known and self._known[user][1].guest

    def forget(self, user: str) -> None:
        """Asks anew the next time: she has changed."""
        self._known.pop(user, None)

    async def learn(self, users: Iterable[str], said: str = "") -> None:
        """Asks for those who are not known, but not for long; ``said`` is what the payload calls the first of them."""
        now = time.monotonic()
        unknown = [user for user in dict.fromkeys(users) if user and self._known.get(user, (0.0,))[0] <= now]
        if not unknown:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(self._ask(user) for user in unknown))
        except TimeoutError:
            log.info("Slack does not say in time who has written")
        for user in unknown:
            if self._known.get(user, (0.0,))[0] <= now:
                before = self._known.get(user, (0.0, Member(said)))[1]
                self._known[user] = (now + UNKNOWN_FOR, before)

    async def _ask(self, user: str) -> None:
        try:
            answer = await self._client.users_info(user=user, include_locale=True)
        except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
            log.info("Slack does not say who has written: %s", type(error).__name__)
            return
        found = answer["user"]
        profile = found.get("profile") or {}
        name = profile.get("display_name") or found.get("real_name") or found.get("name") or ""
        if len(self._known) >= MOST:
            self._known.clear()
        guest = any(found.get(mark) for mark in GUEST)
        self._known[user] = (time.monotonic() + KNOWN_FOR, Member(name[:120], found.get("locale") or "", guest))
