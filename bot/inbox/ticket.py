"""The page of one ticket: the list, the talk and the card beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _, plain
from bot.inbox.canned import Canned, offered
from bot.inbox.card import STANDINGS, Card, card
from bot.inbox.entries import Entry, entry
from bot.inbox.her import Her, her
from bot.inbox.presence import others
from bot.inbox.queue import VIEWS, Listing, View, listed, noted, unnoted
from bot.inbox.talk import ALL, MOST, Talk, talk
from bot.inbox.task_sheet import Sheet, sheet
from bot.office.tickets import KINDS
from bot.values import Client
from storage import canned_files, looks, notes, presence, queue, sessions
from storage.presence import Seen

if TYPE_CHECKING:
    from bot.inbox.site import Inbox


BOXES: Final = ("reply", "note", "team")
"""What is written into."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket that is looked at."""

    entry: Entry
    talk: Talk
    card: Card
    canned: list[Canned]
    drafts: Mapping[str, str]
    snoozes: list[tuple[str, str]]
    seen: list[Seen]
    task: Sheet | None

    @property
    def path(self) -> str:
        """Its address."""
        return path_of(self.entry.client, self.entry.ticket.number)


class TicketPage:
    """The page of one ticket."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """A ticket by its client and number."""
        return [web.get(r"/tickets/{client}/{number:\d{1,9}}", self.page)]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The ticket; that it was looked at is noted, once in a while where the page only fetches what is new."""
        who, now = her(request), self.inbox.clock()
        client, number = who.client(request.match_info["client"]), int(request.match_info["number"])
        if "X-Again" not in request.headers:
            await self.inbox.database.transact(
                lambda write: sessions.looked(write, client.id, who.member.id, "ticket", number, now)
            )
        return await self.show(request, client, number)

    async def show(
        self,
        request: web.Request,
        client: Client,
        number: int,
        *,
        problem: str = "",
        notice: str = "",
        typed: Mapping[str, str] | None = None,
        seen: int | None = None,
        stopped: str = "",
        status: int = 200,
    ) -> web.Response:
        """The page, perhaps with what went wrong, and what was typed and could not be sent.

        ``seen`` is the last message that was read when it was typed. ``typed`` and ``stopped``, which lets it be sent
        all the same, name a box, or the message that was to be changed.
        """
        who, now, view = her(request), self.inbox.clock(), View.of(request)
        same = request.query.get("same", "").strip()[:80]
        asked = request.query.get("most", "")
        most = min(max(int(asked), MOST), ALL) if asked.isdecimal() and len(asked) < 9 else MOST

        def read(rows: Connection) -> tuple[Listing, Opened | None, list[int], list[int]]:
            listing = listed(rows, who, view, now)
            fresh = unnoted(rows, who, listing, now)
            still = looks.unnoted(rows, [client.id], who.member.id, "ticket", now, number)
            return listing, opened(rows, who, client, number, now, seen, same, most), fresh, still

        listing, found, fresh, still = await self.inbox.database.read(read)
        if found is None:
            raise web.HTTPNotFound
        await noted(self.inbox, who, listing, fresh, now)
        if still:
            await self.inbox.database.transact(
                lambda write: looks.goes_on(write, still, who.member.id, "ticket", now, number)
            )
        ticket = found.entry.ticket
        await self.inbox.presence.looks(ticket, who.member, found.seen, now)
        values: dict[str, Any] = {
            "others": others(found.seen, who.member, now),
            "listing": listing,
            "views": VIEWS,
            "kinds": KINDS,
            "standings": STANDINGS,
            "open": found,
            "problem": problem,
            "notice": notice,
            "typed": typed or {},
            "stopped": stopped,
            "box": next((box for box in typed or {} if box in BOXES), "reply"),
            "same": same,
        }
        return self.inbox.page("desk.html", request, values, status=status)


def path_of(client: Client, number: int) -> str:
    """The address of a ticket."""
    return f"/inbox/tickets/{client.slug}/{number}"


def opened(
    rows: Connection,
    who: Her,
    client: Client,
    number: int,
    now: datetime,
    seen: int | None,
    same: str,
    most: int = MOST,
) -> Opened | None:
    """A client's ticket, with all that is shown of it."""
    one = queue.by_number(rows, client.id, number)
    if one is None:
        return None
    beside = card(rows, one, client, who, now, same)
    return Opened(
        entry(one, client, who, now),
        talk(rows, one, client, who, seen, now, most),
        beside,
        offered(one, client, beside, canned_files.of_client(rows, client.id), who, now),
        notes.drafts(rows, who.member.id, one.id),
        snoozes(who, client, now),
        presence.of_ticket(rows, one.id),
        sheet(rows, one, client, who),
    )


def snoozes(who: Her, client: Client, now: datetime) -> list[tuple[str, str]]:
    """Times until which a ticket can be put away by one click: (ISO, as it reads)."""
    local = now.astimezone(who.zone)
    morning = local.replace(hour=9, minute=0, second=0, microsecond=0)
    times = [
        now + timedelta(hours=1),
        now + timedelta(hours=3),
        morning + timedelta(days=1),
        morning + timedelta(days=7 - local.weekday()),
    ]
    return [(at.isoformat(), plain(_("{at:near}"), {"at": at}, who.member.language, who.zone, now)) for at in times]
