"""A client's words: what the bot says for it, the desk's canned replies, and what callers are to be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from bot.i18n import _
from bot.inbox.acting import field, relay_data
from bot.inbox.canned import keep_file
from bot.inbox.client_page import TONGUES
from bot.inbox.doing import do
from bot.inbox.her import Her, her
from bot.inbox.parts import PARTS
from bot.office.words import CANNED, FOR_DESK, SAID, TITLES, VARIABLES, canned
from bot.update import Json, OfClient
from bot.values import Client
from storage import canned_files, relay_list, sessions

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

REPEATS: Final = {"once": _("once"), "always": _("at every contact")}


def texts_data(form: Any, who: Her, client: Client) -> dict[str, Json]:
    """The words of a relay in all the client's languages."""
    texts = {language: field(form, language) for language in client.languages}
    return {"relay": field(form, "relay"), "texts": texts}


def new_relay(form: Any, who: Her, client: Client) -> dict[str, Json]:
    """A relay for a phone, or for everyone."""
    return {**relay_data(form, who), "phone": field(form, "phone"), "by": who.member.name}


RELAYS: Final[dict[str, tuple[str, Callable[[Any, Her, Client], dict[str, Json]]]]] = {
    "new": ("relay", new_relay),
    "words": ("translate_relay", texts_data),
    "withdraw": ("withdraw_relay", texts_data),
}
"""What can be done with relays: the act, and what its form brings."""


class ClientWords:
    """The pages of a client's words and relays."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """Two pages and their forms."""
        return [
            web.get(r"/clients/{client}/words", self.words),
            web.post(r"/clients/{client}/words", self.keep),
            web.get(r"/clients/{client}/relays", self.relays),
            web.post(r"/clients/{client}/relays", self.relay),
        ]

    async def words(self, request: web.Request) -> web.StreamResponse:
        """What the bot says, and the canned replies."""
        return await self._words(request, her(request).client(request.match_info["client"]))

    async def _words(self, request: web.Request, client: Client, problem: str = "", status: int = 200) -> web.Response:
        files = await self.inbox.database.read(lambda rows: canned_files.of_client(rows, client.id))
        values: dict[str, Any] = {
            **framed(client, "words", problem, kept="kept" in request.query),
            "said": [(key, TITLES[key], client.text(key)) for key in SAID],
            "for_desk": [(key, title, client.text(key)) for key, title in FOR_DESK.items()],
            "canned": canned(client),
            "files": {one.name: one.called for one in files},
            "prefix": CANNED,
            "variables": VARIABLES,
        }
        return self.inbox.page("client_words.html", request, values, status=status)

    async def keep(self, request: web.Request) -> web.StreamResponse:
        """Keeps words: one key, in all languages at once."""
        who, form = her(request), await request.post()
        client = who.client(request.match_info["client"])
        key = field(form, "key") or CANNED + field(form, "name").lower().replace(" ", "-")
        texts = {language: str(form.get(language, "")) for language in client.languages}
        data = {"key": key, "texts": texts}
        reply = await do(self.inbox, who, "set_words", data, field(form, "token"), OfClient(client.id))
        wrong = reply.error or await keep_file(self.inbox, who, client, form, key)
        if wrong:
            return await self._words(request, client, wrong, 409)
        raise web.HTTPSeeOther(request.path + "?kept=1")

    async def relays(self, request: web.Request) -> web.StreamResponse:
        """What callers are to be told."""
        return await self._relays(request, her(request).client(request.match_info["client"]))

    async def _relays(self, request: web.Request, client: Client, problem: str = "", status: int = 200) -> web.Response:
        now = self.inbox.clock()
        found = await self.inbox.database.read(lambda rows: relay_list.standing(rows, client.id, now))
        if any(one.customer or one.phone for one in found):
            staff_id = her(request).member.id
            await self.inbox.database.transact(
                lambda write: sessions.looked(write, client.id, staff_id, "relays", None, now)
            )
        values: dict[str, Any] = {
            **framed(client, "relays", problem, kept="kept" in request.query),
            "standing": found,
            "repeats": REPEATS,
        }
        return self.inbox.page("client_relays.html", request, values, status=status)

    async def relay(self, request: web.Request) -> web.StreamResponse:
        """Enters a relay, gives it words, or withdraws it."""
        who, form = her(request), await request.post()
        client, doing = who.client(request.match_info["client"]), RELAYS.get(field(form, "doing"))
        if doing is None:
            raise web.HTTPBadRequest
        name, data = doing
        reply = await do(self.inbox, who, name, data(form, who, client), field(form, "token"), OfClient(client.id))
        if reply.error:
            return await self._relays(request, client, reply.error, 409)
        raise web.HTTPSeeOther(request.path + "?kept=1")


def framed(client: Client, here: str, problem: str = "", *, kept: bool = False) -> dict[str, Any]:
    """What the frame of a client's pages shows."""
    return {
        "client": client,
        "parts": PARTS,
        "here": here,
        "problem": problem,
        "kept": kept,
        "tongues": TONGUES,
    }
