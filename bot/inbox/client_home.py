"""How a client stands: what the doctor finds, each with the page where it is mended, and its bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from bot.doctor import Finding, Level
from bot.i18n import _
from bot.inbox.acting import field
from bot.inbox.client_words import framed
from bot.inbox.doing import do
from bot.inbox.her import Her, her
from bot.inbox.parts import PARTS
from bot.office.client_file import SECRETS
from bot.update import OfClient
from bot.values import Client
from storage import client_rows
from storage.clients import Account

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

LEVELS: Final = {
    Level.ERROR: _("Does not work"),
    Level.WARNING: _("Not as anybody would want it"),
    Level.NOTE: _("Good to know"),
}
SECRET_TITLES: Final = {
    "token": _("Token"),
    "signing_secret": _("Signing secret"),
    "app_token": _("App token"),
}
PAGES: Final = {"texts": "words", "telegram": "account", "slack": "account"}
"""The page of what the doctor calls otherwise."""


class ClientHome:
    """The first page of a client, and that of its bot."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """Two pages and a form."""
        return [
            web.get(r"/clients/{client}", self.page),
            web.get(r"/clients/{client}/account", self.account),
            web.post(r"/clients/{client}/account", self.give_token),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """How it stands."""
        client = her(request).client(request.match_info["client"])
        found = await self.inbox.examine(client)
        ranked = sorted(found, key=lambda one: list(Level).index(one.level))
        values: dict[str, Any] = {
            **framed(client, ""),
            "found": [(one, page_of(one)) for one in ranked],
            "levels": LEVELS,
        }
        return self.inbox.page("client_home.html", request, values)

    async def account(self, request: web.Request) -> web.StreamResponse:
        """Its bot: for administrators."""
        return await self._account(request, administered(request))

    async def _account(
        self, request: web.Request, client: Client, problem: str = "", status: int = 200
    ) -> web.Response:
        own = await self.inbox.database.read(lambda rows: client_rows.accounts_of(rows, client.id))
        found = [one for one in await self.inbox.examine(client) if PAGES.get(one.part) == "account"]
        values: dict[str, Any] = {
            **framed(client, "account", problem, kept="kept" in request.query),
            "accounts": [(channel, served(own, channel), names) for channel, names in SECRETS.items()],
            "secrets": SECRET_TITLES,
            "found": found,
            "levels": LEVELS,
        }
        return self.inbox.page("client_account.html", request, values, status=status)

    async def give_token(self, request: web.Request) -> web.StreamResponse:
        """Gives it new secrets, which are sealed before anything else is done with them and never shown again."""
        client, who, form = administered(request), her(request), await request.post()
        channel = field(form, "channel")
        if channel not in SECRETS:
            raise web.HTTPBadRequest
        new = {name: said for name in SECRETS[channel] if (said := field(form, f"secret_{name}"))}
        sealed = {name: list(self.inbox.vault.seal(said)) for name, said in new.items()}
        data = {"channel": channel, "account": field(form, "account"), "sealed": sealed}
        reply = await do(self.inbox, who, "give_account", data, field(form, "token"), OfClient(client.id))
        if reply.error:
            return await self._account(request, client, reply.error, 409)
        raise web.HTTPSeeOther(request.path + "?kept=1")


def served(own: list[Account], channel: str) -> Account | None:
    """The client's account on a channel."""
    return next((one for one in own if one.channel == channel and one.active), None)


def administered(request: web.Request) -> Client:
    """The client, for an administrator who is given it; for anybody else there is nothing here."""
    who: Her = her(request)
    if who.member.role != "admin":
        raise web.HTTPNotFound
    return who.client(request.match_info["client"])


def page_of(one: Finding) -> str:
    """The page where a finding is mended."""
    page = PAGES.get(one.part, one.part)
    return page if page in PARTS or page in PAGES.values() else ""
