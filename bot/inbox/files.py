"""The files that customers sent: through us, so that no page ever holds a network's token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from aiohttp import web

from bot.inbox.her import her
from storage import kept_files, sessions, talks
from storage.database import Unavailable

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

log = logging.getLogger("centralino.inbox")

SWEEP: Final = 3600.0
"""Seconds between two looks for bytes that nobody names any more."""
SHOWN: Final = frozenset(
    {
        "image/jpeg", "image/png", "image/gif", "image/webp",
        "audio/ogg", "audio/mpeg", "audio/mp4", "audio/x-m4a", "video/mp4",
    }
)  # fmt: skip
"""What a browser shows or plays in our page; anything else is only for saving."""
KINDS: Final = {"photo": "image/jpeg", "voice": "audio/ogg"}


class Files:
    """The way to a file."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """A file by its client and row id."""
        return [web.get(r"/files/{client}/{id:\d{1,18}}", self.file)]

    async def running(self, _app: web.Application) -> AsyncIterator[None]:
        """Sweeps as long as the application runs."""
        sweeping = asyncio.create_task(self._sweep_on(), name="inbox-files")
        yield
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping

    async def _sweep_on(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            try:
                await self.sweep()
            except Unavailable as error:
                log.warning("files were not swept while the database is unavailable: %s", error)

    async def sweep(self) -> None:
        """Erases the bytes of files that nobody names any more."""
        for digest in await self.inbox.database.read(kept_files.loose):
            await self.inbox.store.forget(digest)
            await self.inbox.database.transact(lambda write, digest=digest: kept_files.gone(write, digest))  # type: ignore[misc]

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The file's bytes, always as an attachment."""
        who = her(request)
        client, file_id = who.client(request.match_info["client"]), int(request.match_info["id"])
        found = await self.inbox.database.read(lambda rows: talks.one_file(rows, client.id, file_id))
        if found is None:
            raise web.HTTPNotFound
        now = self.inbox.clock()
        await self.inbox.database.transact(
            lambda write: sessions.looked(write, client.id, who.member.id, "file", file_id, now)
        )
        try:
            if found.state == "stored":
                content = await self.inbox.store.read(found.sha256)
            else:
                content = await self.inbox.fetch(found.account or "", found.remote)
        except (OSError, LookupError) as error:
            log.warning("file %d can't be fetched: %s", file_id, error)
            raise web.HTTPBadGateway(text="The network does not give this file.") from None
        mime = found.mime if found.mime in SHOWN else KINDS.get(found.kind, "application/octet-stream")
        name = quote(found.name or f"{found.kind}-{found.id}")
        return web.Response(
            body=content,
            content_type=mime,
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
                "Cache-Control": "private, max-age=3600",
            },
        )
