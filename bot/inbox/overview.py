"""The overview: what waits, what is late, whether promises are kept, and how much there is, per client and week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.inbox.agenda import rail
from bot.inbox.charts import Bars, Stack, bars, stacks
from bot.inbox.her import Her, her
from bot.rules.promises import answering_minutes
from bot.values import Client
from storage import overview
from storage.overview import Dealt, Visit, Waiting

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

WEEKS: Final = 8
"""Weeks that are looked at, this one included; of appointments also the two that come."""
AHEAD: Final = 2
UNPROMISED: Final = frozenset({"call", "task"})
"""Kinds of ticket of which no customer waits for an answer."""


@dataclass(slots=True)
class Record:
    """How a client was served: promises kept of all that ended, and working minutes until answered and until done."""

    client: Client
    kept: int = 0
    promised: int = 0
    answers: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    missed: int = 0

    @property
    def share(self) -> int | None:
        """Of a hundred promises, how many were kept."""
        return round(100 * self.kept / self.promised) if self.promised else None

    @property
    def first_answer(self) -> timedelta | None:
        """The middle one of the times until the first answer."""
        return timedelta(minutes=round(median(self.answers))) if self.answers else None

    @property
    def resolution(self) -> timedelta | None:
        """The middle one of the times until it was done."""
        return timedelta(minutes=round(median(self.ends))) if self.ends else None


@dataclass(frozen=True, slots=True)
class Weekly:
    """Something counted by week and client, as a table, and as bars of the same."""

    weeks: Sequence[date]
    rows: Sequence[tuple[Client, Sequence[int]]]
    chart: Stack


class Overview:
    """The page."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The page alone."""
        return [web.get("/overview", self.page)]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The overview of her clients."""
        who, now = her(request), self.inbox.clock()
        today = now.astimezone(who.zone).date()
        monday = today - timedelta(days=today.weekday())
        past = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
        coming = [*past, *(monday + timedelta(weeks=ahead) for ahead in range(1, AHEAD + 1))]
        first = datetime.combine(past[0], time(), tzinfo=who.zone)
        after = datetime.combine(coming[-1] + timedelta(weeks=1), time(), tzinfo=who.zone)

        def read(rows: Connection) -> tuple[dict[str, Any], dict[int, Waiting], list[Dealt], list[Visit]]:
            ids = list(who.clients)
            visits = overview.visits(rows, ids, first, after)
            return rail(rows, who, now), overview.standing(rows, ids, now), overview.dealt(rows, ids, first), visits

        railed, waiting, dealt, visits = await self.inbox.database.read(read)
        clients = list(who.clients.values())
        kept = records(clients, dealt, visits)
        values = {
            "clients": clients,
            "waiting": [(one, waiting.get(one.id, Waiting(one.id, 0, 0, 0, 0, 0))) for one in clients],
            "waits": waits(clients, waiting),
            "records": kept,
            "promises": shares(kept),
            "tickets": weekly(clients, past, ((one.client_id, one.opened_at) for one in dealt), who),
            "visits": weekly(clients, coming, ((one.client_id, one.starts_at) for one in visits), who),
            "this_week": monday,
        }
        return self.inbox.page("overview.html", request, {**railed, **values})


def waits(clients: Sequence[Client], waiting: Mapping[int, Waiting]) -> Bars:
    """What waits and what of it is late, as bars."""
    counts = [(one, waiting.get(one.id)) for one in clients]
    return bars([(one, found.open if found else 0, found.late if found else 0) for one, found in counts])


def shares(kept: Iterable[Record]) -> Bars:
    """Promises kept of a hundred, as bars."""
    return bars([(one.client, one.share, 0) for one in kept], most=100)


def records(clients: Sequence[Client], dealt: Iterable[Dealt], visits: Iterable[Visit]) -> list[Record]:
    """How each client was served: what was answered, or done, against what was promised, in its own working time."""
    found = {one.id: Record(one) for one in clients}
    for one in dealt:
        record = found[one.client_id]
        answered = one.answered_at or one.done_at
        if one.kind not in UNPROMISED and answered is not None:
            record.answers.append(answering_minutes(record.client, one.opened_at, answered))
            if one.promised_at is not None:
                record.promised += 1
                record.kept += answered <= one.promised_at
        if one.done_at is not None and one.kind != "call":
            record.ends.append(answering_minutes(record.client, one.opened_at, one.done_at))
    for visit in visits:
        found[visit.client_id].missed += visit.status == "missed"
    return list(found.values())


def weekly(clients: Sequence[Client], weeks: Sequence[date], found: Iterable[tuple[int, datetime]], who: Her) -> Weekly:
    """Moments counted by the week in which they lie and their client, on her clock."""
    counts: Counter[tuple[int, date]] = Counter()
    for client_id, at in found:
        day = at.astimezone(who.zone).date()
        counts[client_id, day - timedelta(days=day.weekday())] += 1
    rows = [(one, [counts[one.id, week] for week in weeks]) for one in clients]
    return Weekly(weeks, rows, stacks([(one.id, numbers) for one, numbers in rows], len(weeks)))
