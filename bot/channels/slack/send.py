"""Jobs as calls of the Web API."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from slack_sdk.errors import SlackApiError

from bot.channels.slack import blocks
from bot.channels.slack.errors import GONE, TROUBLES, code_of, outcome_of
from bot.channels.slack.served import Served
from bot.outcome import Failed, Outcome, Sent
from bot.update import Json
from storage import posts
from storage.database import Database
from storage.jobs import Claimed
from storage.posts import Known

MOST_BYTES: Final = 50 * 1024 * 1024
FILE: Final = "file"
"""Stands for the place of what is a file: it is known by its own id, wherever it is shown."""


class Sender:
    """Performs the jobs of workspaces; ``fetch`` brings the bytes of a file that a customer's channel holds."""

    def __init__(self, database: Database, fetch: Callable[[str, str, str], Awaitable[bytes]]) -> None:
        self._database = database
        self._fetch = fetch

    async def perform(self, served: Served, address: str, job: Claimed) -> Outcome:
        """Makes the one call of a job, for the place that its lane names."""
        kinds: Mapping[str, Callable[[Served, str, Claimed], Awaitable[Outcome]]] = {
            "post": self._post,
            "unpost": self._unpost,
            "home": self._home,
            "upload": self._upload,
        }
        try:
            return await kinds[job.kind](served, address, job)
        except TROUBLES as error:
            return outcome_of(error, direct=address[:1] in {"U", "W"})

    async def _post(self, served: Served, address: str, job: Claimed) -> Outcome:
        """A message: posted, or edited where it stands; anew where it stands no more."""
        payload = job.payload
        if payload.get("erases") and job.client_id is not None:  # what was under way when it was written is over now
            client_id = job.client_id
            await self._database.transact(lambda write: posts.forget_said(write, client_id, [payload["key"]]))
        shown = blocks.message(payload["post"])
        known = await self._known(job, payload["key"])
        if known is not None and known.ts:
            try:
                await served.client.chat_update(channel=known.place, ts=known.ts, **shown)
                return Sent(known.ts)
            except SlackApiError as error:
                if code_of(error) not in GONE:
                    raise
        place, thread = await self._where(served, address, job)
        sent = await served.client.chat_postMessage(
            channel=place,
            thread_ts=thread,
            mrkdwn=False,
            link_names=False,
            unfurl_links=False,
            unfurl_media=False,
            **shown,
        )
        await self._note(job, payload["key"], str(sent["channel"]), str(sent["ts"]))
        return Sent(str(sent["ts"]))

    async def _unpost(self, served: Served, address: str, job: Claimed) -> Outcome:
        """Takes a message away; one that was never sent, or is gone, is away."""
        key = job.payload["key"]
        known = await self._known(job, key)
        if known is not None and known.ts:
            try:
                if known.place == FILE:
                    await served.client.files_delete(file=known.ts)
                else:
                    await served.client.chat_delete(channel=known.place, ts=known.ts)
            except SlackApiError as error:
                if code_of(error) not in GONE:
                    raise
        await self._database.transact(lambda write: posts.forget(write, job.client_id or 0, key))
        return Sent()

    async def _home(self, served: Served, member: str, job: Claimed) -> Outcome:
        """A member's home page."""
        await served.client.views_publish(user_id=member, view=blocks.home(job.payload["home"]))
        return Sent()

    async def _upload(self, served: Served, address: str, job: Claimed) -> Outcome:
        """A file."""
        file = job.payload["file"]
        try:
            content = await self._content(file)
        except (LookupError, OSError) as error:
            return Failed(f"the file is not to be had: {type(error).__name__}")
        if len(content) > MOST_BYTES:
            return Failed("the file is too large")
        place, thread = await self._where(served, address, job)
        name = file.get("name") or "file"
        put = await served.client.files_upload_v2(
            channel=place, thread_ts=thread, content=content, filename=name, title=name
        )
        if job.payload.get("key"):
            await self._note(job, job.payload["key"], FILE, str(put["files"][0]["id"]))
        return Sent()

    async def _content(self, file: Json) -> bytes:
        if file.get("path"):
            return await asyncio.to_thread(Path(file["path"]).read_bytes)
        if file.get("content"):
            return str(file["content"]).encode()
        return await self._fetch(str(file.get("channel") or "slack"), str(file.get("account") or ""), file["remote"])

    # --- where

    async def _known(self, job: Claimed, key: str) -> Known | None:
        """Where a post of ours stands, if it does."""
        if not key or job.client_id is None:
            return None
        client_id = job.client_id
        return await self._database.read(lambda rows: posts.find(rows, client_id, key))

    async def _note(self, job: Claimed, key: str, place: str, ts: str) -> None:
        """Notes where a post of ours stands now."""
        if key and job.client_id is not None:
            client_id = job.client_id
            await self._database.transact(lambda write: posts.sent(write, client_id, key, place, ts))

    async def _where(self, served: Served, address: str, job: Claimed) -> tuple[str, str | None]:
        """The network's id of a place, and of the thread in it; a thread that is not there begins anew in the place."""
        parent = await self._known(job, job.payload.get("under", ""))
        if parent is not None and parent.ts:
            return parent.place, parent.ts
        return await served.place(address), None
