"""The files that customers sent: through us, so that no page ever holds a network's token."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from aiohttp import web

from bot.inbox.her import her
from storage import queue, sessions

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

log = logging.getLogger("centralino.inbox")

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

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The file's bytes, always as an attachment."""
        who = her(request)
        client, file_id = who.client(request.match_info["client"]), int(request.match_info["id"])
        found = await self.inbox.database.read(lambda rows: queue.one_file(rows, client.id, file_id))
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
