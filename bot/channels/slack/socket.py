"""Socket Mode: what happens in a workspace comes over a connection that we open, where Slack can't post to us."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.channels.slack.errors import TROUBLES
from bot.channels.slack.served import Served


class Socket:
    """Keeps one workspace connected until ``stop``; Bolt's client connects anew by itself."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self._stopping = asyncio.Event()
        self._task = asyncio.create_task(self._run(), name=f"socket-{served.account.name}")

    async def stop(self) -> None:
        """Closes the connection; what was not acknowledged comes again."""
        self._stopping.set()
        await self._task

    async def _run(self) -> None:
        handler = AsyncSocketModeHandler(self.served.app, self.served.secrets.app_token, web_client=self.served.client)
        handler.client.proxy = None
        # It tries again and again by itself, and so never ends before it is connected.
        connecting = asyncio.create_task(handler.connect_async(), name="slack-connect")  # type: ignore[no-untyped-call]
        await self._stopping.wait()
        connecting.cancel()
        with suppress(asyncio.CancelledError, *TROUBLES):
            await connecting
        with suppress(*TROUBLES):
            await handler.close_async()  # type: ignore[no-untyped-call]
