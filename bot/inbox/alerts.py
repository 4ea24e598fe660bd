"""How a member, and the clients' people, are reached off their pages: the codes, and of what she wants to hear."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.inbox.acting import Form, field
from bot.inbox.agenda import rail
from bot.inbox.booking import perform
from bot.inbox.her import Her, her
from bot.office.linking import GOOD_FOR, START, digest_of
from bot.office.tickets import KINDS
from bot.update import Json
from bot.values import Client, Contact
from storage import clients, links
from storage.clients import Account

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

SITE: Final = "https://t.me"


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that takes a code: ``address`` opens it with the code, where its name on the network is known."""

    client: Client
    address: str


class Alerts:
    """The page and its forms."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """Her own link and wishes, and the links of each client's people."""
        return [
            web.get("/alerts", self.page),
            web.post("/alerts", self.wish),
            web.post("/alerts/link", self.link),
            web.post("/alerts/link/{client}/{contact}", self.link),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The page."""
        return await self._page(request)

    async def _page(self, request: web.Request, status: int = 200, **more: Any) -> web.Response:
        who, now = her(request), self.inbox.clock()

        def read(rows: Connection) -> dict[str, Any]:
            reached = {id: {one.contact_id for one in links.contacts(rows, id)} for id in who.clients}
            kinds, quiet = links.wanted(rows, who.member.id)
            linked = links.of_member(rows, who.member.id)
            return {**rail(rows, who, now), "linked": linked, "reached": reached, "wanted": kinds, "quiet": quiet}

        values: dict[str, Any] = {"kinds": KINDS, "problem": "", "code": "", "bots": [], "contact": None}
        found = await self.inbox.database.read(read)
        values |= {"minutes": str(GOOD_FOR.seconds // 60), **found, **more}
        return self.inbox.page("alerts.html", request, values, status=status)

    async def wish(self, request: web.Request) -> web.StreamResponse:
        """Of what she wants to hear, and when she does not."""
        form = await request.post()
        kinds = [name for name in links.KINDS if field(form, f"kind-{name}")]
        quiet = [minute_of(field(form, name)) for name in ("quiet_from", "quiet_to")]
        return await self._act(request, None, "alerting", form, {"kinds": kinds, "quiet": quiet})

    async def link(self, request: web.Request) -> web.StreamResponse:
        """Makes a code, shown this once; or reaches her, or a client's contact, there no more."""
        who, form = her(request), await request.post()
        client = who.client(request.match_info["client"]) if "client" in request.match_info else None
        contact = client.contact(request.match_info["contact"]) if client is not None else None
        if client is not None and contact is None:
            raise web.HTTPNotFound
        whose: dict[str, Json] = {"contact": contact.key} if contact is not None else {}
        if field(form, "end"):
            return await self._act(request, client, "unlink", form, whose)
        code = code_of(who, form)
        reply = await perform(self.inbox, who, client, "link_code", form, {**whose, "digest": digest_of(code)})
        if reply.error:
            return await self._page(request, 409, problem=reply.error)
        mine = [client] if client is not None else list(who.clients.values())
        return await self._page(request, **await self._shown(code, mine, contact))

    async def _shown(self, code: str, mine: Sequence[Client], contact: Contact | None) -> Mapping[str, Any]:
        """What is shown of a code: the bots that take it."""
        accounts = await self.inbox.database.read(lambda rows: clients.accounts(rows, "telegram"))
        of = {one.client_id: one for one in accounts}
        bots = [Bot(one, address(of[one.id], code)) for one in mine if one.id in of]
        return {"code": f"/start {START}{code}", "bots": bots, "contact": contact}

    async def _act(
        self, request: web.Request, client: Client | None, name: str, form: Form, data: Mapping[str, Json]
    ) -> web.StreamResponse:
        reply = await perform(self.inbox, her(request), client, name, form, data)
        if reply.error:
            return await self._page(request, 409, problem=reply.error)
        raise web.HTTPSeeOther("/inbox/alerts")


def code_of(who: Her, form: Form) -> str:
    """A code that her browser's cookie and this form make: a second click makes the same, and nothing stored does."""
    made = hmac.digest(who.csrf.encode(), b"link:" + field(form, "token").encode(), "sha256")
    return base64.urlsafe_b64encode(made[:12]).decode()


def address(account: Account, code: str) -> str:
    """What opens a bot with a code; empty while its name there is not known."""
    return f"{SITE}/{account.username}?start={START}{code}" if account.username else ""


def minute_of(said: str) -> int:
    """The minute of the day that a field says ("21:30"); midnight where it says none."""
    try:
        at = time.fromisoformat(said)
    except ValueError:
        return 0
    return at.hour * 60 + at.minute
