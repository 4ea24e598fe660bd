"""The page of a client: its words in all its languages, and its canned replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.i18n import _
from bot.inbox.card import TEXTS
from bot.inbox.her import Her, her
from bot.office.words import CANNED, SAID, VARIABLES, canned
from bot.update import Face, Kind, OfClient, Update, Writer
from bot.values import Client

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

TITLES = {**TEXTS, "address": _("Address")}
TONGUES = {"it": "italiano", "en": "English", "pl": "polski"}


class ClientPage:
    """The page of a client."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The page and its one form."""
        return [
            web.get(r"/clients/{client}", self.page),
            web.post(r"/clients/{client}/words", self.words),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The page."""
        return self._page(request, her(request).client(request.match_info["client"]))

    def _page(self, request: web.Request, client: Client, problem: str = "", status: int = 200) -> web.Response:
        values: dict[str, Any] = {
            "client": client,
            "said": [(key, TITLES[key], client.text(key)) for key in SAID],
            "canned": canned(client),
            "prefix": CANNED,
            "variables": VARIABLES,
            "tongues": TONGUES,
            "problem": problem,
        }
        return self.inbox.page("client.html", request, values, status=status)

    async def words(self, request: web.Request) -> web.StreamResponse:
        """Keeps words: one key, in all languages at once."""
        who, form = her(request), await request.post()
        client = who.client(request.match_info["client"])
        key = str(form.get("key", "")) or CANNED + str(form.get("name", "")).strip().lower().replace(" ", "-")
        texts = {language: str(form.get(language, "")) for language in client.languages}
        reply = await self.inbox.door.handle(self._update(who, client, key, texts, str(form.get("token", ""))))
        if reply is not None and reply.error:
            return self._page(request, client, reply.error, 409)
        raise web.HTTPSeeOther(f"/inbox/clients/{client.slug}")

    def _update(self, who: Her, client: Client, key: str, texts: dict[str, str], token: str) -> Update:
        member = who.member
        return Update(
            id=f"set_words:{token[:64]}",
            channel="inbox",
            account=str(member.id),
            face=Face.VA,
            kind=Kind.ACT,
            target=OfClient(client.id),
            at=self.inbox.clock(),
            name="set_words",
            data={"key": key, "texts": texts},
            writer=Writer(str(member.id), member.name, member.language),
        )
