"""A member's own page: her language, her time zone, her password, and where she is logged in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, available_timezones

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox import codes, passwords
from bot.inbox.her import Her, her
from bot.inbox.login import WRONG_CODE
from bot.secrets import Undecipherable
from bot.values import LANGUAGES, Msgid
from storage import factors, sessions, staff

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
            web.post("/me/sessions", self.end_sessions),
            web.post("/me/factor", self.factor),
            web.get("/colours.css", self.colours),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The page."""
        return await self._page(request)

    async def _page(
        self,
        request: web.Request,
        problem: Msgid | None = None,
        notice: Msgid | None = None,
        status: int = 200,
        pending: str = "",
        recovery: Sequence[str] = (),
    ) -> web.Response:
        """The page; with the secret that is being set up (sealed), or the recovery codes that are shown once."""
        who = her(request)
        secret = self._pending(who, pending) if pending else ""

        def read(rows: Connection) -> tuple[list[tuple[str, str, datetime, datetime]], int, bool]:
            member = staff.by_id(rows, who.member.id)
            has = member is not None and bool(member.factor)
            return sessions.of_staff(rows, who.member.id), factors.codes_left(rows, who.member.id), has

        found, left, has_factor = await self.inbox.database.read(read)
        zones = sorted(zone for zone in available_timezones() if zone.startswith("Europe/"))
        values = {
            "sessions": [(digest, agent, opened, seen, digest == who.digest) for digest, agent, opened, seen in found],
            "has_factor": has_factor,
            "codes_left": left,
            "pending": pending,
            "secret": secret,
            "picture": codes.picture(secret, who.member.name) if secret else "",
            "recovery": recovery,
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

    async def end_sessions(self, request: web.Request) -> web.StreamResponse:
        """Logs her out in one place, or everywhere else."""
        who, form = her(request), await request.post()
        one = str(form.get("session", ""))[:64]

        def end(write: Connection) -> None:
            if one:
                sessions.end_one(write, who.member.id, one)
            else:
                sessions.end_others(write, who.member.id, who.digest)

        await self.inbox.database.transact(end)
        raise web.HTTPSeeOther("/inbox/me")

    async def factor(self, request: web.Request) -> web.StreamResponse:
        """Sets up her one-time codes, makes new recovery codes, or does without; her password is asked each time."""
        who, form = her(request), await request.post()
        doing, vault = str(form.get("doing", "")), self.inbox.vault
        if doing == "confirm":
            return await self._confirm(request, str(form.get("pending", "")), str(form.get("code", "")))
        if not await passwords.matches(str(form.get("password", "")), who.member.password):
            return await self._page(request, NOT_YOURS, status=403)
        if doing == "off":
            await self.inbox.database.transact(lambda write: factors.drop(write, who.member.id))
            return await self._page(request, notice=DONE)
        return await self._page(request, pending=vault.seal(f"{who.member.id}:{codes.new_secret()}").cipher)

    async def _confirm(self, request: web.Request, pending: str, code: str) -> web.Response:
        """Keeps the secret that a first code proves to be in her authenticator, and shows her recovery codes once."""
        who = her(request)
        secret = self._pending(who, pending)
        step = codes.step_of(secret, code, self.inbox.clock())
        if step is None:
            return await self._page(request, WRONG_CODE, status=403, pending=pending)
        recovery, cipher = codes.new_recovery(), self.inbox.vault.seal(secret).cipher

        def keep(write: Connection) -> None:
            factors.put(write, who.member.id, cipher, step, map(codes.digest_of, recovery))
            sessions.end_others(write, who.member.id, who.digest)

        await self.inbox.database.transact(keep)
        return await self._page(request, notice=DONE, recovery=recovery)

    def _pending(self, who: Her, pending: str) -> str:
        """The secret that a member is setting up."""
        try:
            owner, _colon, secret = self.inbox.vault.open(pending).partition(":")
        except Undecipherable:
            raise web.HTTPBadRequest from None
        if owner != str(who.member.id):
            raise web.HTTPBadRequest
        return secret

    async def colours(self, request: web.Request) -> web.StreamResponse:
        """The colour of each of her clients: no page holds a style of its own."""
        hers = her(request).clients.values()
        rules = [f".c{one.id} {{ --accent: {one.colour or '#2f7d6d'}; }}" for one in hers]
        mixed = f"{', '.join(f'.c{one.id}' for one in hers) or '.none'} {{ {MIXED} }}"
        return web.Response(text="\n".join([*rules, mixed]), content_type="text/css")
