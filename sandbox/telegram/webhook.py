"""Posting updates to a bot's webhook, each until it is taken."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Self

import aiohttp

from sandbox.telegram.bell import Bell

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class Webhook:
    """Where one bot's updates are posted. Failures are kept for getWebhookInfo and retried after a growing pause."""

    def __init__(
        self, url: str, secret: str, connections: int, clock: Callable[[], float], pause: float, bell: Bell
    ) -> None:
        self.url = url
        self.secret = secret
        self.connections = connections
        self.error: tuple[int, str] | None = None
        self._clock = clock
        self._pause = pause
        self._bell = bell
        self._task: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()

    def start(self, posting: Coroutine[Any, Any, None]) -> None:
        """Run the coroutine that posts, until `stop`."""
        self._task = asyncio.create_task(posting)

    async def stop(self) -> None:
        """End posting; the update in flight stays queued."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def post(self, update: dict[str, Any]) -> None:
        """Post one update, again and again until the answer is 2xx."""
        pause = self._pause
        while why := await self._failure(update):
            self.error = (int(self._clock()), why)
            self._bell.ring()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 100 * self._pause)

    async def _failure(self, update: dict[str, Any]) -> str:
        assert self._session
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        try:
            async with self._session.post(self.url, json=update, headers=headers) as response:
                await response.read()
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"
        if response.ok:
            return ""
        return f"Wrong response from the webhook: {response.status} {response.reason}"
