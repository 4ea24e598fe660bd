"""The administrator's page: who works at the desk and for whom, and a new client from a client file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zoneinfo import available_timezones

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _, plain
from bot.inbox import passwords
from bot.inbox.doing import do
from bot.inbox.her import Her, her
from bot.inbox.me import TOO_SHORT
from bot.office import client_file
from bot.update import Json, OfClient, Reply, Target
from bot.values import LANGUAGES, Client, Msgid
from storage import clients, staff
from storage.staff import Member

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

BLANK: Final = """slug = ""
name = ""
languages = ["it", "en", "pl"]
timezone = "Europe/Rome"
country = "IT"

[hours]
mon-fri = ["9:00-13:00", "14:00-18:00"]

[[coverage]]
staff = "{staff}"
timezone = "{timezone}"
hours = {{ mon-fri = ["9:00-18:00"] }}

[telegram]
account = ""
token_env = "TELEGRAM_TOKEN"
"""
"""A client file to begin with."""


class Office:
    """The page, for administrators alone: for everybody else there is none."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The page and its three forms."""
        return [
            web.get("/office", self.page),
            web.post("/office/staff", self.add_staff),
            web.post("/office/member", self.change_member),
            web.post("/office/given", self.give),
            web.post("/office/client", self.load_client),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The page."""
        return await self._page(request, administrator(request))

    async def _page(
        self, request: web.Request, who: Her, problem: str = "", notice: str = "", file: str = "", status: int = 200
    ) -> web.Response:
        def read(rows: Connection) -> tuple[list[tuple[Member, set[int]]], list[Client]]:
            members = [(one, {id for id, _version in staff.given(rows, one.id)}) for one in staff.everybody(rows)]
            return members, clients.all_clients(rows)

        members, everyone = await self.inbox.database.read(read)
        blank = BLANK.format(staff=who.member.name, timezone=who.member.timezone)
        values: dict[str, Any] = {
            "members": members,
            "everyone": everyone,
            "zones": sorted(zone for zone in available_timezones() if zone.startswith("Europe/")),
            "problem": problem,
            "notice": notice,
            "file": file or blank,
        }
        return self.inbox.page("office.html", request, values, status=status)

    async def add_staff(self, request: web.Request) -> web.StreamResponse:
        """Lets somebody work here, or gives her a new password."""
        who, form = administrator(request), await request.post()
        language, timezone = str(form.get("language", "")), str(form.get("timezone", ""))
        if language not in LANGUAGES or timezone not in available_timezones():
            raise web.HTTPBadRequest
        try:
            password = await passwords.make(str(form.get("password", "")))
        except ValueError:
            return await self._page(request, who, said(who, TOO_SHORT), status=409)
        role = "admin" if form.get("role") == "admin" else "va"
        data: dict[str, Json] = {"name": str(form.get("name", ""))[:60], "language": language, "timezone": timezone}
        reply = await self._act(who, "add_staff", {**data, "role": role, "password": password}, form.get("token"))
        return await self._shown(request, who, reply)

    async def change_member(self, request: web.Request) -> web.StreamResponse:
        """Lets a member go, or back in, or resets her one-time codes."""
        who, form = administrator(request), await request.post()
        data = {"name": str(form.get("name", "")), "doing": str(form.get("doing", ""))}
        return await self._shown(request, who, await self._act(who, "change_staff", data, form.get("token")))

    async def give(self, request: web.Request) -> web.StreamResponse:
        """Gives a member a client, or takes it."""
        who, form = administrator(request), await request.post()
        slug = str(form.get("client", ""))
        found = await self.inbox.database.read(lambda rows: clients.find(rows, slug))
        if found is None:
            raise web.HTTPNotFound
        data = {"name": str(form.get("name", "")), "away": form.get("away") == "yes"}
        reply = await self._act(who, "give_client", data, form.get("token"), OfClient(found[0]))
        return await self._shown(request, who, reply)

    async def load_client(self, request: web.Request) -> web.StreamResponse:
        """Looks at a client file, or makes the client that it says; who makes one is given it."""
        who, form = administrator(request), await request.post()
        file, token = str(form.get("file", "")), str(form.get("secret", "")).strip()
        try:
            content = client_file.parse(file, said(who, _("Client file")))
        except client_file.BadFile as error:
            return await self._page(request, who, "\n".join(error.faults), file=file, status=409)
        sealed = {"telegram": {"token": self.inbox.vault.seal(token)}} if token else {}
        only_look = form.get("keep") != "yes"
        data = {"content": content, "sealed": sealed, "dry_run": only_look, "overwrite": False}
        reply = await self._act(who, "load_client", data, form.get("token"))
        if reply.error:
            return await self._page(request, who, reply.error, file=file, status=409)
        if not only_look:
            slug = str(content["slug"])
            found = await self.inbox.database.read(lambda rows: clients.find(rows, slug))
            if found is not None:
                given = {"name": who.member.name}
                await self._act(who, "give_client", given, str(form.get("token", "")) + "g", OfClient(found[0]))
        lines = [*reply.data.get("notes", ()), *reply.data.get("lines", ())]
        nothing = said(who, _("Nothing would change."))
        return await self._page(request, who, notice="\n".join(lines) or nothing, file=file if only_look else "")

    async def _shown(self, request: web.Request, who: Her, reply: Reply) -> web.Response:
        if reply.error:
            return await self._page(request, who, reply.error, status=409)
        raise web.HTTPSeeOther("/inbox/office")

    async def _act(self, who: Her, name: str, data: Json, token: Any, target: Target = None) -> Reply:
        return await do(self.inbox, who, name, data, str(token or ""), target)


def administrator(request: web.Request) -> Her:
    """Who asks, if she is an administrator; for anybody else there is nothing here."""
    who = her(request)
    if who.member.role != "admin":
        raise web.HTTPNotFound
    return who


def said(who: Her, message: Msgid) -> str:
    """A message in her language."""
    return plain(message, {}, who.member.language, who.zone)
