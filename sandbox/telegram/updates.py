"""The updates that wait for a bot: confirmed by offset when it polls, posted in order when it has a webhook."""

import asyncio
from contextlib import suppress
from typing import Any

from sandbox.telegram.bell import Bell
from sandbox.telegram.errors import ApiError
from sandbox.telegram.webhook import Webhook

FIRST_ID = 700_000_001
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Updates:
    """One bot's queue. Ids rise by one; an update leaves only when it was confirmed."""

    def __init__(self, bell: Bell) -> None:
        self.bell = bell
        self.pending: list[dict[str, Any]] = []
        self.allowed: list[str] = []
        self.deliveries = 1
        self.webhook: Webhook | None = None
        self._next = FIRST_ID
        self._poll: object | None = None
        self._conflict = ""

    @property
    def polled(self) -> bool:
        """Whether a poll waits."""
        return self._poll is not None

    def number(self) -> int:
        """The id of the next update."""
        self._next += 1
        return self._next - 1

    def put(self, update: dict[str, Any]) -> None:
        """Queue an update, unless its kind is one the bot did not ask for."""
        kind = next((name for name in update if name != "update_id"), "")
        if kind in self.allowed or (not self.allowed and kind not in _NOT_BY_DEFAULT):
            self.pending.append(update)
            self.bell.ring()

    async def poll(self, offset: int | None, limit: int, patience: float) -> list[dict[str, Any]]:
        """Updates from `offset` on (what is before is confirmed), waiting up to `patience` seconds for the first.

        A second poll ends the first with ApiError 409, and a webhook forbids polling.
        """
        if self.webhook:
            raise ApiError(409, f"Conflict: {_WEBHOOK_SET}")
        self._confirm(offset)
        self._end_poll(_OTHER_POLL)
        mine = self._poll = object()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self.bell.until(lambda: bool(self.pending) or self._poll is not mine)
        if self._poll is not mine:
            raise ApiError(409, f"Conflict: {self._conflict}")
        self._poll = None
        return self.pending[:limit]

    def _confirm(self, offset: int | None) -> None:
        if offset is None:
            return
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self.bell.ring()

    def _end_poll(self, why: str) -> None:
        self._poll, self._conflict = None, why
        self.bell.ring()

    async def set_webhook(self, webhook: Webhook | None, *, drop: bool = False) -> None:
        """Post to this address from now on, or to none; a poll that waits ends with 409."""
        await self.stop()
        self.webhook = webhook
        if drop:
            self.pending.clear()
        if webhook:
            self._end_poll("terminated by setWebhook request")
            webhook.start(self._post_all(webhook))
        self.bell.ring()

    async def drained(self) -> None:
        """Return when no update waits any more."""
        await self.bell.until(lambda: not self.pending)

    async def stop(self) -> None:
        """Stop posting and end the poll that waits."""
        self._end_poll("terminated by shutdown")
        if self.webhook:
            await self.webhook.stop()

    async def _post_all(self, webhook: Webhook) -> None:
        async with webhook:
            while True:
                update = await self.bell.until(lambda: next(iter(self.pending), None))
                for _ in range(self.deliveries):
                    await webhook.post(update)
                with suppress(ValueError):
                    self.pending.remove(update)
                self.bell.ring()
