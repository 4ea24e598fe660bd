"""Work: the sign that a ticket is in focus, and the page of what was done, per client and day."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.inbox.acting import field as filled
from bot.inbox.agenda import rail
from bot.inbox.booking import perform
from bot.inbox.her import Her, her
from bot.office import work
from bot.values import Client
from storage import queue
from storage import work as kept
from storage.work import Done

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

UNITS: Final = ("message", "booking", "call")
"""Kinds that are counted beside their time."""
OF_ROW: Final = ("id", "client", "day", "staff", "ticket", "kind", "from", "to")
COLUMNS: Final = (*OF_ROW, "seconds", "class", "counts", "corrects", "reason", "noted", "minutes of the day")
"""The columns of the table.

What was recorded stands to the second. Minutes are rounded once, of a client's whole day by class: they stand in its
last row that counts, so that their sum in a spreadsheet is the sum on the page.
"""


@dataclass(slots=True)
class Sum:
    """The work of one day for one client: its seconds by charge, and how many of each kind."""

    day: date
    client: Client
    seconds: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)

    def minutes(self, charge: str) -> int:
        """The day's minutes of a charge: rounded here, and nowhere before."""
        return (self.seconds[charge] + 30) // 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of work as the page shows it; ``counts`` unless another stands in its place."""

    done: Done
    client: Client
    day: date
    counts: bool
    mine: bool

    @property
    def seconds(self) -> int:
        """How long it was; a unit is none."""
        return round((self.done.ended_at - self.done.started_at).total_seconds())

    @property
    def length(self) -> str:
        """How long it was, as it reads: minutes and seconds."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}" if self.seconds else ""

    @property
    def minutes(self) -> int:
        """What its correction begins with: no stretch is none."""
        return max((self.seconds + 30) // 60, 1) if self.seconds else 0


class WorkPage:
    """The page, its forms, and the sign."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The page by a day of its month, the same as a table, and what adds to it."""
        return [
            web.post(r"/tickets/{client}/{number:\d{1,9}}/seen", self.seen),
            web.get("/work", self.page),
            web.get("/work.csv", self.table),
            web.post(r"/work/{client}/{id:\d{1,18}}", self.correct),
            web.post("/work/{client}", self.enter),
        ]

    async def seen(self, request: web.Request) -> web.StreamResponse:
        """The ticket is before her, or (``leaves``) not any more."""
        who, form, now = her(request), await request.post(), self.inbox.clock()
        client, number = who.client(request.match_info["client"]), int(request.match_info["number"])
        leaves = filled(form, "leaves") == "yes"

        def write(rows: Connection) -> bool:
            one = queue.by_number(rows, client.id, number)
            if one is not None:
                work.seen(rows, client.id, who.member.id, one.id, now, leaves=leaves)
            return one is not None

        if not await self.inbox.database.transact(write):
            raise web.HTTPNotFound
        return web.Response(status=204)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """What was done on a day, and the sums of its month."""
        return await self._page(request, chosen_day(request, self.inbox.clock()))

    async def _page(self, request: web.Request, day: date, problem: str = "", status: int = 200) -> web.Response:
        who, now = her(request), self.inbox.clock()
        wanted = request.query.get("client", "")

        def read(rows: Connection) -> tuple[dict[str, Any], list[Entry], Any]:
            return rail(rows, who, now), entries(rows, who, day, wanted), work.running(rows, who.member.id)

        railed, found, at = await self.inbox.database.read(read)
        values = {
            **railed,
            "day": day,
            "today": now.astimezone(who.zone).date(),
            "wanted": wanted,
            "entries": [one for one in found if one.day == day],
            "sums": sums(found),
            "running": at if at is not None and at.client_id in who.clients else None,
            "kinds": work.KINDS,
            "charges": work.CHARGES,
            "units": UNITS,
            "problem": problem,
        }
        return self.inbox.page("work.html", request, values, status=status)

    async def table(self, request: web.Request) -> web.StreamResponse:
        """The month as a table for a spreadsheet: every row, also those that another stands in the place of."""
        who, day = her(request), chosen_day(request, self.inbox.clock())
        wanted = request.query.get("client", "")
        found = await self.inbox.database.read(lambda rows: entries(rows, who, day, wanted))
        name = f"work-{day:%Y-%m}{'-' + wanted if wanted else ''}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(text=as_csv(found), content_type="text/csv", charset="utf-8", headers=headers)

    async def correct(self, request: web.Request) -> web.StreamResponse:
        """Adds what counts in the place of a row."""
        form = await request.post()
        data = {"work": int(request.match_info["id"]), "minutes": filled(form, "minutes")}
        return await self._act(request, "correct_work", data)

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """Adds what nothing recorded."""
        form = await request.post()
        names = ("at", "minutes", "ticket")
        return await self._act(request, "enter_work", {name: filled(form, name) for name in names})

    async def _act(self, request: web.Request, name: str, data: Mapping[str, Any]) -> web.StreamResponse:
        who, form = her(request), await request.post()
        client = who.client(request.match_info["client"])
        more = {**data, "charge": filled(form, "charge"), "reason": filled(form, "reason")}
        reply = await perform(self.inbox, who, client, name, form, more)
        day = chosen_day(request, self.inbox.clock())
        if reply.error:
            return await self._page(request, day, reply.error, status=409)
        raise web.HTTPSeeOther(f"/inbox/work?day={day}")


def chosen_day(request: web.Request, now: datetime) -> date:
    """The day that an address asks for, else today."""
    try:
        day = date.fromisoformat(request.query.get("day", ""))
    except ValueError:
        return now.astimezone(her(request).zone).date()
    return day if 2000 <= day.year <= 2200 else now.astimezone(her(request).zone).date()


def entries(rows: Connection, who: Her, day: date, wanted: str) -> list[Entry]:
    """The work of a day's month for her clients, or the one that is wanted, by each client's own days."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    clients = {one.id: one for one in who.clients.values() if wanted in ("", one.slug)}
    around = [datetime.combine(one, time(), tzinfo=UTC) for one in (first - timedelta(days=1), after + timedelta(1))]
    found = []
    for done in kept.between(rows, clients, *around):
        local = clients[done.client_id].local(done.started_at).date()
        if first <= local < after:
            mine = who.member.role == "admin" or done.staff_id == who.member.id
            found.append(Entry(done, clients[done.client_id], local, done.corrected_by is None, mine))
    return found


def sums(found: Iterable[Entry]) -> list[Sum]:
    """What counts, by day and client, the latest day first."""
    by: dict[tuple[date, int], Sum] = {}
    for one in found:
        if one.counts:
            total = by.setdefault((one.day, one.client.id), Sum(one.day, one.client))
            total.seconds[one.done.charge] += one.seconds
            total.units[one.done.kind] += 1
    return [by[key] for key in sorted(by, key=lambda key: (-key[0].toordinal(), by[key].client.name))]


def as_csv(found: Sequence[Entry]) -> str:
    """The rows of a month, as they are kept."""
    out = io.StringIO()
    last = {(one.day, one.client.id, one.done.charge): one for one in found if one.counts}
    days = {(total.day, total.client.id): total for total in sums(found)}
    table = csv.DictWriter(out, COLUMNS)
    table.writeheader()
    for one in found:
        done, local = one.done, one.client.local
        times = [local(at).isoformat(timespec="seconds") for at in (done.started_at, done.ended_at, done.noted_at)]
        whose = [done.id, one.client.slug, one.day, safe(done.staff), done.ticket or "", done.kind, *times[:2]]
        counts = [one.seconds, done.charge, "yes" if one.counts else "no", done.corrects or "", safe(done.reason)]
        ends = last.get((one.day, one.client.id, done.charge)) is one
        minutes = days[one.day, one.client.id].minutes(done.charge) if ends else ""
        table.writerow(dict(zip(COLUMNS, [*whose, *counts, times[2], minutes], strict=True)))
    return out.getvalue()


def safe(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words
