"""The page on which a client is handed to a colleague, with the brief that she reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.inbox.acting import field
from bot.inbox.client_words import framed
from bot.inbox.doing import do
from bot.inbox.entries import Entry, entry
from bot.inbox.her import Her, her
from bot.update import OfClient
from bot.values import Client
from storage import covers, queue, relay_list, sessions, staff
from storage.covers import Quirk, Standing
from storage.relay_list import Standing as Relay

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

MOST_QUIRKS: Final = 12
"""Notes that a brief shows."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What whoever comes new to a client has to know: what is open and promised, what to tell, and the notes."""

    promised: list[Entry]
    others: list[Entry]
    relays: list[Relay]
    quirks: list[Quirk]


class CoverPage:
    """The covers of a client."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The page and its form."""
        at = r"/clients/{client}/cover"
        return [web.get(at, self.page), web.post(at, self.act)]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Who covers when, how to hand it over, and the brief as it is now."""
        return await self._page(request, her(request).client(request.match_info["client"]))

    async def _page(self, request: web.Request, client: Client, problem: str = "", status: int = 200) -> web.Response:
        who, now = her(request), self.inbox.clock()

        def read(rows: Connection) -> tuple[list[Standing], list[tuple[int, str]], Brief]:
            others = [(one.id, one.name) for one in staff.everybody(rows) if one.active and one.id != who.member.id]
            return covers.standing(rows, client.id), others, brief(rows, client, who, now)

        standing, colleagues, found = await self.inbox.database.read(read)
        await self.inbox.database.transact(
            lambda write: sessions.looked(write, client.id, who.member.id, "brief", None, now)
        )
        values: dict[str, Any] = {
            **framed(client, "cover", problem, kept="kept" in request.query),
            "standing": standing,
            "colleagues": colleagues,
            "brief": found,
            "today": now.astimezone(who.zone).date(),
            "typed": dict(await request.post()) if problem else {},
        }
        return self.inbox.page("cover.html", request, values, status=status)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Plans a cover, or ends one."""
        who, form = her(request), await request.post()
        client = who.client(request.match_info["client"])
        if field(form, "doing") == "end":
            name, data = "end_cover", {"cover": field(form, "cover")}
        else:
            texts = {language: field(form, language) for language in client.languages}
            name, data = "plan_cover", {one: field(form, one) for one in ("colleague", "first", "last", "word")}
            data |= {"texts": texts}  # type: ignore[dict-item]
        reply = await do(self.inbox, who, name, data, field(form, "token"), OfClient(client.id))
        if reply.error:
            return await self._page(request, client, reply.error, 409)
        raise web.HTTPSeeOther(request.path + "?kept=1")


def brief(rows: Connection, client: Client, who: Her, now: Any) -> Brief:
    """The brief of a client, in its reader's language."""
    open_now = [entry(one, client, who, now) for one in queue.open_tickets(rows, [client.id], now)]
    return Brief(
        [one for one in open_now if one.ticket.due_at is not None],
        [one for one in open_now if one.ticket.due_at is None],
        relay_list.standing(rows, client.id, now),
        covers.quirks(rows, client.id, MOST_QUIRKS),
    )
