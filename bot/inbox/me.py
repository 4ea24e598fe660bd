"""A member's own page: her language, her time zone, her password, and where she is logged in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, available_timezones

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox import passwords
from bot.inbox.her import her
from bot.values import LANGUAGES, Msgid
from storage import sessions, staff

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

TOO_SHORT = _("A password needs at least ten characters.")
NOT_YOURS = _("That is not the password you have now.")
DONE = _("Kept.")


MIXED: Final = """
  --accent-fill: color-mix(in oklab, var(--accent) 88%, black);
  --accent-ink: light-dark(
    color-mix(in oklab, var(--accent) 80%, black), color-mix(in oklab, var(--accent) 45%, white));
  --accent-soft: light-dark(
    color-mix(in oklab, var(--accent) 12%, #fffdfa), color-mix(in oklab, var(--accent) 28%, #1d2023));
"""
"""What is mixed from a client's colour, as inbox.css has it for the house's own."""


class Me:
    """The page on which a member looks after herself."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The page and its forms."""
        return [
            web.get("/me", self.page),
            web.post("/me", self.change),
            web.post("/me/password", self.password),
            web.post("/me/sessions", self.end_others),
            web.get("/colours.css", self.colours),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The page."""
        return await self._page(request)

    async def _page(
        self, request: web.Request, problem: Msgid | None = None, notice: Msgid | None = None, status: int = 200
    ) -> web.Response:
        who = her(request)
        found = await self.inbox.database.read(lambda rows: sessions.of_staff(rows, who.member.id))
        zones = sorted(zone for zone in available_timezones() if zone.startswith("Europe/"))
        values = {
            "sessions": [(agent, opened, seen, digest == who.digest) for digest, agent, opened, seen in found],
            "zones": zones if who.member.timezone in zones else [who.member.timezone, *zones],
            "problem": problem,
            "notice": notice,
        }
        return self.inbox.page("me.html", request, values, status=status)

    async def change(self, request: web.Request) -> web.StreamResponse:
        """Her language and time zone."""
        who, form = her(request), await request.post()
        language, timezone = str(form.get("language", "")), str(form.get("timezone", ""))
        if language not in LANGUAGES or timezone not in available_timezones():
            raise web.HTTPBadRequest
        ZoneInfo(timezone)
        changed = replace(who.member, language=language, timezone=timezone)
        await self.inbox.database.transact(lambda write: staff.change(write, changed))
        raise web.HTTPSeeOther("/inbox/me")

    async def password(self, request: web.Request) -> web.StreamResponse:
        """A new password, for who knows the old; every other session of hers ends."""
        who, form = her(request), await request.post()
        if not await passwords.matches(str(form.get("old", "")), who.member.password):
            return await self._page(request, NOT_YOURS, status=403)
        try:
            kept = await passwords.make(str(form.get("new", "")))
        except ValueError:
            return await self._page(request, TOO_SHORT, status=400)

        def change(write: Connection) -> None:
            staff.change(write, replace(who.member, password=kept))
            sessions.end_others(write, who.member.id, who.digest)

        await self.inbox.database.transact(change)
        return await self._page(request, notice=DONE)

    async def end_others(self, request: web.Request) -> web.StreamResponse:
        """Logs her out everywhere else."""
        who = her(request)
        await self.inbox.database.transact(lambda write: sessions.end_others(write, who.member.id, who.digest))
        raise web.HTTPSeeOther("/inbox/me")

    async def colours(self, request: web.Request) -> web.StreamResponse:
        """The colour of each of her clients: no page holds a style of its own."""
        hers = her(request).clients.values()
        rules = [f".c{one.id} {{ --accent: {one.colour or '#2f7d6d'}; }}" for one in hers]
        mixed = f"{', '.join(f'.c{one.id}' for one in hers) or '.none'} {{ {MIXED} }}"
        return web.Response(text="\n".join([*rules, mixed]), content_type="text/css")
