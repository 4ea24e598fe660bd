"""Logging in and out: a name and a password, a few tries, a session."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox import passwords
from bot.inbox.guard import COOKIE
from bot.inbox.her import HER, IDLE, LONGEST, digest_of, her, new_secret
from bot.reading import fold
from bot.values import LANGUAGES, Msgid
from storage import sessions, staff
from storage.staff import Member

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

WITHIN: Final = timedelta(minutes=15)
"""Within which failed logins count, and for how long a name or an address is shut out."""
MOST_FOR_NAME: Final = 6
MOST_FROM_ADDRESS: Final = 30

WRONG: Final = _("That name and password do not belong together.")
TOO_OFTEN: Final = _("Too many tries. Please wait a quarter of an hour.")


class Login:
    """The way in and out."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The login page, and the way out."""
        return [
            web.get("/login", self.page),
            web.post("/login", self.enter),
            web.post("/logout", self.leave),
            *([web.get("/demo", self.both), web.post("/demo", self.enter_demo)] if self.inbox.demo else []),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The login page; who is in already goes on."""
        if HER in request:
            raise web.HTTPSeeOther(onward(request))
        return self._page(request)

    def _page(
        self, request: web.Request, problem: Msgid | None = None, name: str = "", status: int = 200
    ) -> web.Response:
        values = {"problem": problem, "name": name, "next": onward(request), "demo": self.inbox.demo}
        return self.inbox.page("login.html", request, values, language=guessed(request), status=status)

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """Opens a session for who has the right password."""
        form = await request.post()
        name, password = str(form.get("name", "")).strip(), str(form.get("password", ""))
        now, marks = self.inbox.clock(), (f"name:{fold(name)[:80]}", f"address:{address(request)}")
        if await self.inbox.database.read(lambda rows: shut_out(rows, marks, now)):
            return self._page(request, TOO_OFTEN, name, 429)
        member = await self.inbox.database.read(lambda rows: named(rows, name))
        right = await passwords.matches(password, member.password if member is not None else "")
        if member is None or not right:
            await self.inbox.database.transact(lambda write: failed(write, marks, now))
            return self._page(request, WRONG, name, 403)
        return await self.admit(request, member, marks[0])

    async def both(self, request: web.Request) -> web.StreamResponse:
        """The demo's page: the customer's phone, and the inbox beside it."""
        return self.inbox.page("demo.html", request, {"phone": self.inbox.demo}, language=guessed(request))

    async def enter_demo(self, request: web.Request) -> web.StreamResponse:
        """Lets everybody in as the first of the desk: in the demo only."""
        everybody = await self.inbox.database.read(staff.everybody)
        return await self.admit(request, everybody[0])

    async def admit(self, request: web.Request, member: Member, mark: str = "") -> web.Response:
        """Opens a session for a member, and sends her on."""
        secret, now = new_secret(), self.inbox.clock()
        agent = request.headers.get("User-Agent", "")

        def begin(write: Connection) -> None:
            if mark:
                sessions.clear_tries(write, mark)
            sessions.forget(write, now - IDLE, now - LONGEST)
            sessions.begin(write, digest_of(secret), member.id, agent, now)

        await self.inbox.database.transact(begin)
        response = web.Response(status=303, headers={"Location": onward(request)})
        response.set_cookie(
            COOKIE,
            secret,
            path="/inbox",
            max_age=int(LONGEST.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=self.inbox.is_public,
        )
        return response

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """Ends the session."""
        digest = her(request).digest
        await self.inbox.database.transact(lambda write: sessions.end(write, digest))
        response = web.Response(status=303, headers={"Location": "/inbox/login"})
        response.del_cookie(COOKIE, path="/inbox")
        return response


def named(rows: Connection, name: str) -> Member | None:
    """The member of that name, however it is written, who still works here."""
    return next((one for one in staff.everybody(rows) if one.active and fold(one.name) == fold(name)), None)


def shut_out(rows: Connection, marks: tuple[str, str], now: datetime) -> bool:
    """Whether logins failed too often of late, for this name or from this address."""
    found = sessions.tries(rows, marks)
    most = dict(zip(marks, (MOST_FOR_NAME, MOST_FROM_ADDRESS), strict=True))
    return any(count >= most[who] and now - since < WITHIN for who, (count, since) in found.items())


def failed(write: Connection, marks: tuple[str, str], now: datetime) -> None:
    """Counts a login that failed, anew where the last was long ago."""
    found = sessions.tries(write, marks)
    for mark in marks:
        count, since = found.get(mark, (0, now))
        if now - since >= WITHIN:
            count, since = 0, now
        sessions.tried(write, mark, count + 1, since)


def address(request: web.Request) -> str:
    """Where a request comes from: what our own proxy on this machine says, else the other end."""
    remote = request.remote or ""
    if remote in {"127.0.0.1", "::1"}:
        return request.headers.get("X-Forwarded-For", remote).rsplit(",", 1)[-1].strip()[:64]
    return remote


def onward(request: web.Request) -> str:
    """Where to go after the login: a page of the inbox, never elsewhere."""
    wanted = request.query.get("next", "")
    return wanted if wanted.startswith("/inbox/") and "\\" not in wanted and "//" not in wanted else "/inbox/"


def guessed(request: web.Request) -> str:
    """The language of who is not known yet: the first of ours that her browser asks for."""
    for part in request.headers.get("Accept-Language", "").lower().split(","):
        tag = part.strip()[:2]
        if tag in LANGUAGES:
            return tag
    return "en"
