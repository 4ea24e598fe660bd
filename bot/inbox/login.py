"""Logging in and out: a name and a password, a few tries, a session."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox import codes, passwords
from bot.inbox.guard import COOKIE
from bot.inbox.her import HER, IDLE, LONGEST, digest_of, her, new_secret
from bot.reading import fold
from bot.values import LANGUAGES, Msgid
from storage import factors, sessions, staff
from storage.staff import Member

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

WITHIN: Final = timedelta(minutes=15)
"""Within which failed logins count, and for how long a name or an address is shut out."""
MOST_FOR_NAME: Final = 6
MOST_FROM_ADDRESS: Final = 30

HALF: Final = timedelta(minutes=5)
"""How long a code may be given after the password."""

WRONG_CODE: Final = _("That code is not right, or was used already.")
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
            web.get("/login/code", self.ask_code),
            web.post("/login/code", self.prove),
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
        if member.factor:
            return await self.admit(request, member, proved=False)
        return await self.admit(request, member, marks[0])

    async def ask_code(self, request: web.Request) -> web.StreamResponse:
        """Asks who gave her password for the code."""
        if await self._half(request) is None:
            raise web.HTTPSeeOther("/inbox/login")
        return self._code_page(request)

    def _code_page(self, request: web.Request, problem: Msgid | None = None, status: int = 200) -> web.Response:
        values = {"problem": problem, "next": onward(request)}
        return self.inbox.page("code.html", request, values, language=guessed(request), status=status)

    async def _half(self, request: web.Request) -> tuple[str, Member] | None:
        """Who gave her password and still has to give a code, and what she is known by until then."""
        digest, now = digest_of(request.cookies.get(COOKIE, "")), self.inbox.clock()
        found = await self.inbox.database.read(lambda rows: sessions.find(rows, digest, proved=False))
        return (digest, found.member) if found is not None and now - found.created_at <= HALF else None

    async def prove(self, request: web.Request) -> web.StreamResponse:
        """Opens the session of who gives a code that was not taken before, or one of her recovery codes."""
        form, half, now = await request.post(), await self._half(request), self.inbox.clock()
        if half is None:
            raise web.HTTPSeeOther("/inbox/login")
        digest, member = half
        marks = (f"code:{member.id}", f"address:{address(request)}")
        if await self.inbox.database.read(lambda rows: shut_out(rows, marks, now)):
            return self._code_page(request, TOO_OFTEN, 429)
        code, secret = str(form.get("code", "")).strip()[:40], self.inbox.vault.open(member.factor)

        def taken(write: Connection) -> bool:
            step = codes.step_of(secret, code, now)
            proved = factors.take_step(write, member.id, step) if step is not None else False
            proved = proved or factors.take_code(write, member.id, codes.digest_of(code))
            if proved:
                sessions.end(write, digest)
                for mark in (marks[0], f"name:{fold(member.name)[:80]}"):
                    sessions.clear_tries(write, mark)
            else:
                failed(write, marks, now)
            return proved

        if not await self.inbox.database.transact(taken):
            return self._code_page(request, WRONG_CODE, 403)
        return await self.admit(request, member)

    async def both(self, request: web.Request) -> web.StreamResponse:
        """The demo's page: the customer's phone, and the inbox beside it."""
        return self.inbox.page("demo.html", request, {"phone": self.inbox.demo}, language=guessed(request))

    async def enter_demo(self, request: web.Request) -> web.StreamResponse:
        """Lets everybody in as who looks after the desk: in the demo only."""
        everybody = await self.inbox.database.read(staff.everybody)
        working = sorted((one for one in everybody if one.active), key=lambda one: one.role != "admin")
        return await self.admit(request, working[0])

    async def admit(self, request: web.Request, member: Member, mark: str = "", *, proved: bool = True) -> web.Response:
        """Opens a session for a member, and sends her on; where she has still to give a code, to where it is asked."""
        secret, now = new_secret(), self.inbox.clock()
        agent = request.headers.get("User-Agent", "")

        def begin(write: Connection) -> None:
            if mark:
                sessions.clear_tries(write, mark)
            sessions.forget(write, now - IDLE, now - LONGEST)
            sessions.begin(write, digest_of(secret), member.id, agent, now, proved=proved)

        await self.inbox.database.transact(begin)
        code = f"/inbox/login/code?next={quote(onward(request), safe='')}"
        response = web.Response(status=303, headers={"Location": onward(request) if proved else code})
        response.set_cookie(
            COOKIE,
            secret,
            path="/inbox",
            max_age=int((LONGEST if proved else HALF).total_seconds()),
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
