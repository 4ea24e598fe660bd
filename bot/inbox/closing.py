"""Closing a day or an hour, which first shows what it hits; and the calendars that are kept elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _, plain
from bot.inbox.acting import Form, field
from bot.inbox.agenda import rail
from bot.inbox.booking import perform
from bot.inbox.her import Her, her
from bot.inbox.settling import Settling, settling
from bot.office import closures
from bot.office.client_edit import digest_of
from bot.office.clients import present
from bot.update import Json
from bot.values import DAY, Client, Closure, Msgid, Refusal, Resource
from storage import clashes, feeds
from storage import looks as kept_looks
from storage.agenda import Visit
from storage.feeds import Feed

if TYPE_CHECKING:
    from bot.inbox.site import Inbox


MOST_DIGITS: Final = 9
"""Of a ticket's number."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be closed, as it was filled in."""

    first: str = ""
    last: str = ""
    opens: str = ""
    closes: str = ""
    resource: str = ""
    reason: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Wish:
        """What an address, or a form, says."""
        given = {name: str(values.get(name, "")).strip()[:200] for name in cls.__slots__}
        return cls(**{**given, "first": given["first"] or str(values.get("day", ""))[:10]})

    def closure(self, client: Client) -> Closure:
        """The closure that is meant: whole days, where no time is said. Raises ValueError."""
        first = date.fromisoformat(self.first)
        last = date.fromisoformat(self.last) if self.last else first
        meant = next((one.id for one in client.resources if one.key == self.resource), None)
        if self.resource and meant is None:
            raise ValueError(self.resource)
        opens = minute_of(self.opens) if self.opens else 0
        closes = minute_of(self.closes) if self.closes else DAY
        return Closure(first, last, opens, closes, meant, self.reason)


def minute_of(said: str) -> int:
    """The minute of the day that a field says ("21:30"). Raises ValueError."""
    at = time.fromisoformat(said)
    return at.hour * 60 + at.minute


@dataclass(frozen=True, slots=True)
class Watched:
    """The calendars of one resource, and what its part of the client was like when it was shown."""

    resource: Resource
    feeds: Sequence[tuple[str, Feed, Msgid]]  # each with its server, and why it can't be read
    seen: str


class Closing:
    """The two pages, by client."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """Closing, and calendars kept elsewhere."""
        return [
            web.get("/agenda/{client}/close", self.page),
            web.post("/agenda/{client}/close", self.close),
            web.post("/agenda/{client}/open", self.open_again),
            web.post("/agenda/{client}/offer", self.offer),
            web.get("/agenda/{client}/calendars", self.calendars),
            web.post("/agenda/{client}/calendars/{resource}", self.keep),
        ]

    # --- closing

    async def page(self, request: web.Request) -> web.StreamResponse:
        """What is to be closed, and, once that is said, what it hits."""
        return await self._page(request, Wish.of(request.query), looks=bool(request.query.get("look")))

    async def _page(
        self, request: web.Request, wish: Wish, problem: str = "", *, looks: bool = False, status: int = 200
    ) -> web.Response:
        who, client, now = *self._who(request), self.inbox.clock()
        closed = None
        try:
            closed = wish.closure(client) if looks else None
            if closed is not None:
                closures.check(client, closed, now)
        except ValueError:
            problem, closed = problem or said(who, client, Refusal(_("From which day to which?"))), None
        except Refusal as refused:
            problem, closed = problem or said(who, client, refused), None

        def read(rows: Connection) -> tuple[dict[str, Any], list[Visit], list[Settling]]:
            hit = closures.hits(rows, client, closed, now) if closed is not None else []
            return rail(rows, who, now), hit, unsettled(rows, client, now)

        railed, struck, left = await self.inbox.database.read(read)
        if struck:
            await self.inbox.database.transact(
                lambda write: kept_looks.goes_on(write, [client.id], who.member.id, "closing", now)
            )
        names = {one.id: one.name for one in client.resources}
        today = client.local(now).date()
        standing = [(place, one) for place, one in enumerate(client.closures) if one.last >= today]
        values = {
            **railed,
            "client": client,
            "wish": wish,
            "closed": closed,
            "struck": struck,
            "left": left,
            "names": names,
            "standing": standing,
            "problem": problem,
            "clock": clock,
        }
        return self.inbox.page("closing.html", request, values, status=409 if problem else status)

    async def close(self, request: web.Request) -> web.StreamResponse:
        """Closes, with a ticket for each appointment that can't stand."""
        form = await request.post()
        wish = Wish.of(form)
        data: dict[str, Json] = {name: getattr(wish, name) for name in Wish.__slots__}
        data["offer"] = field(form, "offer") == "yes"
        return await self._act(request, wish, "close_hours", form, data)

    async def offer(self, request: web.Request) -> web.StreamResponse:
        """Offers a customer other times for an appointment that can't stand."""
        self._who(request)
        form = await request.post()
        number = field(form, "ticket")
        if not number.isdecimal() or len(number) > MOST_DIGITS:
            raise web.HTTPBadRequest
        return await self._act(request, Wish(), "offer_times", form, {"ticket": int(number)})

    async def open_again(self, request: web.Request) -> web.StreamResponse:
        """Takes a closure back."""
        form = await request.post()
        return await self._act(request, Wish(), "open_hours", form, {"closure": field(form, "closure")})

    async def _act(
        self, request: web.Request, wish: Wish, name: str, form: Form, data: Mapping[str, Json]
    ) -> web.StreamResponse:
        who, client = self._who(request)
        reply = await perform(self.inbox, who, client, name, form, data)
        if reply.error:
            return await self._page(request, wish, reply.error, looks=name == "close_hours", status=409)
        raise web.HTTPSeeOther(f"/inbox/agenda/{client.slug}/close")

    # --- calendars kept elsewhere

    async def calendars(self, request: web.Request) -> web.StreamResponse:
        """The calendars of each resource, and how they stand."""
        return await self._calendars(request)

    async def _calendars(
        self, request: web.Request, problem: str = "", typed: Mapping[str, str] | None = None
    ) -> web.Response:
        who, client, now = *self._who(request), self.inbox.clock()

        def read(rows: Connection) -> dict[str, Any]:
            content, known = present(rows, client.id), feeds.of_clients(rows, [client.id])
            watched = [
                Watched(
                    one,
                    [
                        (urlsplit(feed.address).hostname or "", feed, Msgid(feed.trouble))
                        for feed in known
                        if feed.resource_id == one.id
                    ],
                    digest_of(content, ("resources", one.key)),
                )
                for one in client.resources
            ]
            return {**rail(rows, who, now), "watched": watched}

        values = {"client": client, "problem": problem, "typed": typed or {}, **await self.inbox.database.read(read)}
        return self.inbox.page("calendars.html", request, values, status=409 if problem else 200)

    async def keep(self, request: web.Request) -> web.StreamResponse:
        """Keeps the addresses of a resource's calendars, one a line."""
        who, client = self._who(request)
        form, key = await request.post(), request.match_info["resource"]
        if all(one.key != key for one in client.resources):
            raise web.HTTPNotFound
        text = field(form, "addresses")
        busy: Json = [line.strip() for line in text.splitlines() if line.strip()]
        data = {"path": ["resources", key], "said": {"busy": busy or None}, "seen": field(form, "seen")}
        reply = await perform(self.inbox, who, client, "edit_client", form, data)
        if reply.error:
            reasons = [str(one) for one in reply.data.get("reasons", ())]
            return await self._calendars(request, " ".join([reply.error, *reasons]), {key: text})
        raise web.HTTPSeeOther(f"/inbox/agenda/{client.slug}/calendars")

    def _who(self, request: web.Request) -> tuple[Her, Client]:
        who = her(request)
        return who, who.client(request.match_info["client"])


def unsettled(rows: Connection, client: Client, now: datetime) -> list[Settling]:
    """The client's appointments that can't stand, by start."""
    found = [settling(rows, one, client, now, looks=False) for one in clashes.standing(rows, [client.id])]
    return sorted((one for one in found if one is not None), key=lambda one: one.visit.appointment.starts_at)


def said(who: Her, client: Client, refused: Refusal) -> str:
    """A reason in her language."""
    return plain(refused.hint, refused.values, who.member.language, client.zone)


def clock(minute: int) -> str:
    """A minute of the day as a field takes it."""
    return f"{minute // 60:02}:{minute % 60:02}"
