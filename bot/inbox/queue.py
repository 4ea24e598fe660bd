"""The queue: what waits, over all the clients a member is given, and why this one is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox.entries import Entry, duty, entry
from bot.inbox.her import Her, her
from bot.reading import fold
from bot.reading.finding import wanted
from bot.values import Client
from storage import found, looks, queue, sessions
from storage.found import Person
from storage.last_done import last_done
from storage.queue import Listed
from storage.search import Said

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

MOST_DONE: Final = 100
MOST_FOUND: Final = 50
MOST_PEOPLE: Final = 20
VIEWS: Final = {
    "all": _("Everything"),
    "mine": _("Mine"),
    "free": _("Nobody's"),
    "today": _("Due today"),
    "snoozed": _("Put away"),
    "done": _("Done"),
}


@dataclass(slots=True)
class View:
    """What of the queue is looked at: a view, perhaps of one client, or what was searched for."""

    name: str = "all"
    client: str = ""
    words: str = ""

    @classmethod
    def of(cls, request: web.Request) -> View:
        """The view an address asks for."""
        name = request.query.get("view", "all")
        words = request.query.get("q", "").strip()[:100]
        return cls(name if name in VIEWS else "all", request.query.get("client", "")[:80], words)

    def query(self, **other: str) -> str:
        """The same view, or with something else of it, as the query of an address."""
        wanted = {"view": self.name, "client": self.client, "q": self.words, **other}
        parts = {name: value for name, value in wanted.items() if value and (name, value) != ("view", "all")}
        return f"?{urlencode(parts)}" if parts else ""


@dataclass(slots=True)
class Listing:
    """The list as it is shown, and how many tickets each view has."""

    view: View
    entries: list[Entry]
    counts: Counter[str] = field(default_factory=Counter)
    of_client: Counter[int] = field(default_factory=Counter)
    people: list[tuple[Person, Client]] = field(default_factory=list)  # found, and nobody's ticket


class Queue:
    """The page of the queue."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The queue is the first page."""
        return [web.get("/", self.page), web.get("", self.first)]

    async def first(self, _request: web.Request) -> web.StreamResponse:
        """The first page has a slash at its end."""
        raise web.HTTPSeeOther("/inbox/")

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The queue alone: no ticket is open yet. Whose customers it has shown is noted."""
        view, who, now = View.of(request), her(request), self.inbox.clock()

        def read(rows: Connection) -> tuple[Listing, list[int]]:
            found = listed(rows, who, view, now)
            return found, unnoted(rows, who, found, now)

        listing, fresh = await self.inbox.database.read(read)
        if view.words and "X-Again" not in request.headers:
            await self._searched(who, listing, now)
        else:
            await noted(self.inbox, who, listing, fresh, now)
        values: dict[str, Any] = {"listing": listing, "views": VIEWS, "open": None, "problem": "", "notice": ""}
        return self.inbox.page("desk.html", request, values)

    async def _searched(self, who: Her, listing: Listing, now: datetime) -> None:
        def note(write: Connection) -> None:
            for client_id in shown(listing):
                sessions.looked(write, client_id, who.member.id, "search", None, now)

        await self.inbox.database.transact(note)


def shown(listing: Listing) -> list[int]:
    """The clients whose customers a list shows."""
    found = {one.client.id for one in listing.entries if one.ticket.customer_id is not None}
    return sorted(found | {client.id for _one, client in listing.people})


def unnoted(rows: Connection, who: Her, listing: Listing, now: datetime) -> list[int]:
    """Of which of these clients it has still to be noted, once in a while, that a list shows their customers."""
    return looks.unnoted(rows, shown(listing), who.member.id, what(listing), now)


async def noted(inbox: Inbox, who: Her, listing: Listing, fresh: Sequence[int], now: datetime) -> None:
    """Notes that a list which stands, or is fetched again, shows the customers of these clients."""
    if fresh:
        await inbox.database.transact(lambda write: looks.goes_on(write, fresh, who.member.id, what(listing), now))


def what(listing: Listing) -> str:
    """What the log of looks calls a list."""
    return "search" if listing.view.words else "queue"


def listed(rows: Connection, who: Her, view: View, now: datetime) -> Listing:
    """The tickets of a view, and the counts of all views."""
    standing = queue.open_tickets(rows, who.clients, now)
    listing = Listing(view, [])
    ends = midnight(who, now)
    places = {one.id: belongs(one, who, ends) for one in standing}
    for one in standing:
        listing.counts.update(places[one.id])
        if "all" in places[one.id]:
            listing.of_client[one.client_id] += 1
    said: dict[int, Said] = {}
    if view.words:
        hits = found.find(rows, who.clients, fold(view.words), wanted(view.words), MOST_FOUND)
        chosen: Sequence[Listed] = [one.ticket for one in hits]
        said = {one.ticket.id: one.said for one in hits if one.said is not None}
        people = found.strangers(rows, who.clients, wanted(view.words), MOST_PEOPLE)
        listing.people = [(one, who.clients[one.client_id]) for one in people]
    elif view.name == "done":
        hers = [id for id, client in who.clients.items() if view.client in ("", client.slug)]
        chosen = last_done(rows, hers, MOST_DONE)
    else:
        chosen = [one for one in standing if view.name in places[one.id]]
    duties = {id: duty(who.clients[id], now) for id in {one.client_id for one in chosen}}
    for one in chosen:
        client = who.clients[one.client_id]
        if not view.client or client.slug == view.client:
            listing.entries.append(entry(one, client, who, now, said.get(one.id), duties[client.id]))
    return listing


def midnight(who: Her, now: datetime) -> datetime:
    """When the reader's day ends."""
    return datetime.combine(now.astimezone(who.zone).date() + timedelta(days=1), time(), tzinfo=who.zone).astimezone(
        UTC
    )


def belongs(one: Listed, who: Her, midnight: datetime) -> set[str]:
    """In which views an open ticket stands; ``midnight`` ends its reader's day."""
    if one.state == "snoozed":
        return {"snoozed"}
    places = {"all"}
    if one.owner_id is None:
        places.add("free")
    elif one.owner_id == who.member.id:
        places.add("mine")
    if one.due_at is not None and one.due_at < midnight:
        places.add("today")
    return places
