"""What Slack brings to our app: signed, over HTTP or a socket, events again where they were not taken in time."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.slack.workspace import Workspace

Heard = Callable[[Any], None]
RETRIES = 3


def signed(secret: str, body: bytes, at: float | None = None) -> dict[str, str]:
    """The headers by which our app knows that it is Slack who posts."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def encoded(kind: str, body: dict[str, Any]) -> tuple[bytes, str]:
    """A payload as Slack posts it, and its content type."""
    form = "application/x-www-form-urlencoded"
    if kind == "event":
        return json.dumps(body).encode(), "application/json"
    return urlencode(body if kind == "command" else {"payload": json.dumps(body)}).encode(), form


class Postman:
    """Delivers for one workspace, in order, to ``url``; each ``copies`` times over, as a network may."""

    def __init__(self, space: Workspace, patience: float, pause: float) -> None:
        self.space = space
        self.url = ""
        self.copies = 1
        self.patience = patience
        self.pause = pause
        self.sockets: list[Any] = []
        self.answers: dict[str, asyncio.Future[Any]] = {}
        self.failures: list[str] = []
        self.busy = False
        self._task: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Delivers until ``stop``; again it changes nothing."""
        if self._task is not None:
            return
        self._session = aiohttp.ClientSession()
        self._task = asyncio.create_task(self._run(), name="sandbox-slack")

    async def stop(self) -> None:
        """Ends delivering. Raises what ended it before."""
        try:
            if self._task is not None:
                self._task.cancel()
                with suppress(asyncio.CancelledError):
                    await self._task
        finally:
            if self._session is not None:
                await self._session.close()

    async def drained(self) -> None:
        """Returns when everything was delivered, or given up."""
        await self.space.bell.until(lambda: not self.space.outbox and not self.busy)

    async def _run(self) -> None:
        while True:
            kind, body, heard = await self.space.bell.until(lambda: self.space.outbox and self.space.outbox[0])
            self.busy = True
            self.space.outbox.popleft()
            try:
                await self._deliver(kind, body, heard)
            finally:
                self.busy = False
                self.space.bell.ring()

    async def _deliver(self, kind: str, body: dict[str, Any], heard: Heard | None) -> None:
        answer = await self._tries(kind, body)
        for again in range(1, self.copies):
            await self.once(kind, body, {"X-Slack-Retry-Num": str(again)} if kind == "event" else {})
        if heard is not None:
            heard(answer)

    async def _tries(self, kind: str, body: dict[str, Any]) -> Any:
        """Only events come again; whoever commanded or pressed sees that it failed."""
        answer = await self.once(kind, body, {})
        for number in range(1, RETRIES + 1):
            if kind != "event" or answer is not None or not (self.url or self.sockets):
                break
            await asyncio.sleep(self.pause)
            answer = await self.once(kind, body, {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": self.why})
        return answer

    why = ""

    async def once(self, kind: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
        """One delivery: what it was answered ("" where with nothing), None where it failed."""
        if self.sockets:
            return await self._by_socket(kind, body, headers)
        if not self.url or self._session is None:
            return None
        content, mime = encoded(kind, body)
        sent = {"Content-Type": mime, **signed(self.space.signing_secret, content), **headers}
        try:
            async with asyncio.timeout(self.patience):
                async with self._session.post(self.url, data=content, headers=sent) as answer:
                    said = await answer.read()
                    if not answer.ok:
                        return self._failed("http_error", f"{kind}: status {answer.status}")
                    return json.loads(said) if said and answer.content_type == "application/json" else said.decode()
        except TimeoutError:
            return self._failed("http_timeout", f"{kind}: no answer within {self.patience} s")
        except aiohttp.ClientError as error:
            return self._failed("connection_failed", f"{kind}: {type(error).__name__}")

    def _failed(self, why: str, what: str) -> None:
        self.why = why
        self.failures.append(what)
        self.space.bell.ring()

    async def _by_socket(self, kind: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
        """Over the newest socket, in an envelope that is to be acknowledged."""
        name = {"event": "events_api", "command": "slash_commands"}.get(kind, "interactive")
        envelope = self.space.new_id("E")
        message = {"type": name, "envelope_id": envelope, "payload": body, "accepts_response_payload": kind != "event"}
        if kind == "event":
            message |= {"retry_attempt": int(headers.get("X-Slack-Retry-Num", 0)), "retry_reason": self.why}
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.answers[envelope] = future
        try:
            await self.sockets[-1].send_str(json.dumps(message))
            async with asyncio.timeout(self.patience):
                return await future
        except (TimeoutError, ConnectionError):
            return self._failed("timeout", f"{kind}: not acknowledged")
        finally:
            del self.answers[envelope]
