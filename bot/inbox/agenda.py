"""The agenda: a day or a week of all the clients that a member is given, and the same for print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import Connection

from bot.inbox.board import STANDINGS, Board, day_board, stylesheet, week_board
from bot.inbox.her import Her, her
from bot.inbox.queue import VIEWS, Listing, View, listed
from bot.inbox.stretches import bounds
from bot.rules.spans import Span, Spans, merged, moment_of
from bot.values import Client, Resource
from storage import agenda, clashes, feeds, sessions
from storage.agenda import Visit
from storage.feeds import Feed

if TYPE_CHECKING:
    from bot.inbox.site import Inbox


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the agenda is looked at: a day or the week around it, perhaps of one client."""

    day: date
    week: bool
    client: str = ""

    @classmethod
    def of(cls, request: web.Request, today: date) -> Shown:
        """What an address asks for."""
        try:
            day = date.fromisoformat(request.query.get("day", ""))
        except ValueError:
            day = today
        if not 2000 <= day.year <= 2200:
            day = today
        return cls(day, request.query.get("view") == "week", request.query.get("client", "")[:80])

    @property
    def first(self) -> date:
        """The first day of it."""
        return self.day - timedelta(days=self.day.weekday()) if self.week else self.day

    @property
    def days(self) -> list[date]:
        """Its days."""
        return [self.first + timedelta(days=ahead) for ahead in range(7 if self.week else 1)]

    def beside(self, steps: int) -> date:
        """The day that is so many steps away."""
        return self.day + timedelta(days=steps * (7 if self.week else 1))

    def query(self, **other: Any) -> str:
        """The same, or with something else of it, as the query of an address."""
        wanted = {"day": self.day.isoformat(), "view": "week" if self.week else "", "client": self.client, **other}
        return f"?{urlencode({name: str(value) for name, value in wanted.items() if value})}"


class Agenda:
    """The pages of the agenda."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The agenda, and where things stand on it."""
        return [web.get("/agenda", self.page), web.get("/agenda.css", self.places)]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The agenda."""
        who, now = her(request), self.inbox.clock()
        today = now.astimezone(who.zone).date()
        shown = Shown.of(request, today)
        clients = [one for one in who.clients.values() if not shown.client or one.slug == shown.client]
        first, after = bounds(who.zone, shown.days[0])[0], bounds(who.zone, shown.days[-1])[1]
        ids = [one.id for one in clients]

        def read(write: Connection) -> tuple[Mapping[str, Any], list[Visit], dict[int, Spans], dict[str, Any]]:
            for id in ids:
                sessions.looked(write, id, who.member.id, "agenda", None, now)
            visits = agenda.between(write, ids, moment_of(first), moment_of(after), now)
            kept = {"keys": agenda.keys(write, ids), "broken": broken(write, who, ids)}
            kept["struck"] = {one.appointment_id for one in clashes.standing(write, ids)}
            return rail(write, who, now), visits, busy(write, clients, first, after), kept

        railed, visits, taken, kept = await self.inbox.database.transact(read)
        values = {**railed, **kept, "shown": shown, "clients": clients, "today": today, "standings": STANDINGS}
        if "print" in request.query:
            return self.inbox.page("agenda_print.html", request, {**values, "days": by_day(visits, shown, who)})
        return self.inbox.page(
            "agenda.html", request, {**values, "board": board(visits, clients, shown, who, now, taken)}
        )

    async def places(self, _request: web.Request) -> web.StreamResponse:
        """The style sheet of the board's rows and columns."""
        return web.Response(text=stylesheet(), content_type="text/css", headers={"Cache-Control": "max-age=86400"})


def board(
    visits: Sequence[Visit],
    clients: Sequence[Client],
    shown: Shown,
    who: Her,
    now: datetime,
    taken: Mapping[int, Spans],
) -> Board:
    """The board of what is looked at."""
    if shown.week:
        return week_board(visits, clients, shown.first, who.zone, now, taken)
    return day_board(visits, clients, shown.first, who.zone, now, taken)


def busy(rows: Connection, clients: Sequence[Client], first: int, after: int) -> dict[int, Spans]:
    """What foreign calendars take of each resource of these clients."""
    read = [one.id for client in clients for one in client.resources if one.busy]
    found: dict[int, list[Span]] = {}
    for resource, start, end in feeds.busy(rows, read, first, after) if read else ():
        found.setdefault(resource, []).append((start, end))
    return {resource: merged(spans) for resource, spans in found.items()}


def broken(rows: Connection, who: Her, ids: Sequence[int]) -> list[tuple[Client, Resource | None, Feed]]:
    """The foreign calendars that can't be read."""
    found = feeds.of_clients(rows, ids)
    failing = [(who.clients[one.client_id], one) for one in found if one.failing_since is not None]
    return [(client, client.resource(one.resource_id), one) for client, one in failing]


def by_day(visits: Sequence[Visit], shown: Shown, who: Her) -> list[tuple[date, list[tuple[Visit, Client]]]]:
    """What stands on each day, for print."""
    return [
        (
            day,
            [
                (one, who.clients[one.client_id])
                for one in visits
                if one.appointment.starts_at.astimezone(who.zone).date() == day
            ],
        )
        for day in shown.days
    ]


def rail(rows: Connection, who: Her, now: datetime) -> dict[str, Any]:
    """What the rail beside a page needs: the counts of the queue's views."""
    listing: Listing = listed(rows, who, View(""), now)
    return {"listing": listing, "view": listing.view, "views": VIEWS}
