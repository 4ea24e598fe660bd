"""The agenda's board: what stands when beside what, in rows of five minutes on the clock of its reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.i18n import _
from bot.inbox.stretches import bounds, covered_minutes, open_minutes, within
from bot.rules.spans import Span, Spans, merged, minus, minute_of, moment_of
from bot.values import Client, Resource, Service
from storage.agenda import Visit

ROW: Final = 5
"""Minutes of a row."""
ROWS: Final = 25 * 60 // ROW
"""Rows that a day can have: one in autumn has an hour more."""
COLUMNS: Final = 60
PARTS: Final = 60
"""Of the width of a column: what stands beside one another shares it."""
NOBODY: Final[Mapping[int, Spans]] = {}
EARLY, LATE = 8, 18
"""Hours that are shown in any case."""


@dataclass(frozen=True, slots=True)
class Block:
    """An appointment on the board: its first row and how many, and the same of the parts of its column's width."""

    visit: Visit
    client: Client
    service: Service | None
    resource: Resource | None
    top: int
    rows: int
    left: int
    parts: int


@dataclass(frozen=True, slots=True)
class Shade:
    """A stretch that is ``closed``, taken by a foreign calendar (``busy``), or has nobody at the desk (``gap``)."""

    kind: str
    top: int
    rows: int


@dataclass(slots=True)
class Column:
    """A column: of a day, or of one resource of a client's on a day."""

    day: date
    client: Client | None = None
    resource: Resource | None = None
    blocks: Sequence[Block] = ()
    shades: Sequence[Shade] = ()
    times: Sequence[tuple[str, datetime, datetime]] = ()  # the same in words: open, gap, busy


@dataclass(slots=True)
class Board:
    """The whole of it: ``hours`` are the moments at which an hour begins; ``closed`` the clients without a column."""

    columns: list[Column]
    hours: list[datetime]
    rows: int
    closed: list[Client] = field(default_factory=list)
    now_row: int = 0


# --- boards -----------------------------------------------------------------------------------------------------------


def day_board(
    visits: Sequence[Visit],
    clients: Sequence[Client],
    day: date,
    zone: ZoneInfo,
    now: datetime,
    busy: Mapping[int, Spans] = NOBODY,
) -> Board:
    """A day: a column for each resource that is open or has something to do; ``busy`` is what else takes its time."""
    limits = bounds(zone, day)
    opened: list[tuple[Column, Spans, Spans]] = []
    closed = []
    for client in clients:
        mine = [one for one in visits if one.client_id == client.id]
        shown = 0
        for resource in client.resources:
            open_here = open_minutes(client, day, limits, resource)
            if open_here or any(one.appointment.resource_id == resource.id for one in mine):
                gaps = minus(open_here, covered_minutes(client, day, limits))
                opened.append((Column(day, client, resource), open_here, gaps))
                shown += 1
        if not shown:
            closed.append(client)
    extent = reach([spans for _column, spans, _gaps in opened], visits, [limits], zone)
    for column, open_here, gaps in opened:
        assert column.client is not None and column.resource is not None
        hers = [
            one
            for one in visits
            if (one.client_id, one.appointment.resource_id) == (column.client.id, column.resource.id)
        ]
        taken = busy.get(column.resource.id, ())
        fill(column, hers, clients, (limits[0] + extent[0], limits[0] + extent[1]), open_here, gaps, taken)
    return framed([column for column, *_ in opened], day, extent, zone, closed, now)


def week_board(
    visits: Sequence[Visit],
    clients: Sequence[Client],
    first: date,
    zone: ZoneInfo,
    now: datetime,
    busy: Mapping[int, Spans] = NOBODY,
) -> Board:
    """A week: a column a day, over all the clients.

    Closed is what is closed for each of them, and ``busy`` what else takes the time of everybody who is open then.
    """
    days = [first + timedelta(days=ahead) for ahead in range(7)]
    limits = [bounds(zone, day) for day in days]
    opened = [
        merged(span for client in clients for span in open_minutes(client, day, limit))
        for day, limit in zip(days, limits, strict=True)
    ]
    extent = reach(opened, visits, limits, zone)
    columns = []
    for day, limit, open_here in zip(days, limits, opened, strict=True):
        gaps = merged(
            span
            for client in clients
            for span in minus(open_minutes(client, day, limit), covered_minutes(client, day, limit))
        )
        column = Column(day)
        hers = [one for one in visits if limit[0] <= minute_of(one.appointment.starts_at) < limit[1]]
        away = elsewhere(clients, day, limit, busy)
        fill(column, hers, clients, (limit[0] + extent[0], limit[0] + extent[1]), open_here, gaps, away)
        columns.append(column)
    return framed(columns, first, extent, zone, [], now)


def elsewhere(clients: Sequence[Client], day: date, limits: Span, busy: Mapping[int, Spans]) -> Spans:
    """When everybody who would work is taken by foreign calendars."""
    works = [
        (open_minutes(client, day, limits, one), busy.get(one.id, ())) for client in clients for one in client.resources
    ]
    if not any(taken for _here, taken in works):
        return ()
    free = merged(span for here, taken in works for span in minus(here, taken))
    return minus(merged(span for here, _taken in works for span in here), free)


def reach(opened: Sequence[Spans], visits: Sequence[Visit], limits: Sequence[Span], zone: ZoneInfo) -> Span:
    """From which to which minute of the day the board goes, in whole hours."""
    earliest, latest = EARLY * 60, LATE * 60
    spans = [span for spans in opened for span in spans]
    spans += [(minute_of(one.appointment.starts_at), minute_of(one.appointment.ends_at)) for one in visits]
    for first, after in limits:
        for start, end in within(spans, (first, after)):
            earliest, latest = min(earliest, start - first), max(latest, end - first)
    return earliest // 60 * 60, -(-latest // 60) * 60


def framed(
    columns: list[Column], day: date, extent: Span, zone: ZoneInfo, closed: list[Client], now: datetime
) -> Board:
    """A board with its hours, and the row of this very moment where it is among them."""
    midnight = datetime.combine(day, time(), tzinfo=zone)
    hours = [midnight + timedelta(minutes=minute) for minute in range(extent[0], extent[1], 60)]
    local = now.astimezone(zone)
    row = (local.hour * 60 + local.minute - extent[0]) // ROW + 1
    rows = (extent[1] - extent[0]) // ROW
    return Board(columns, hours, rows, closed, row if 1 <= row <= rows else 0)


def fill(
    column: Column,
    visits: Sequence[Visit],
    clients: Sequence[Client],
    limits: Span,
    open_here: Spans,
    gaps: Spans,
    taken: Spans = (),
) -> None:
    """Puts into a column what stands in it, and what is shaded."""
    shut = minus((limits,), open_here)
    column.shades = [
        Shade(kind, (start - limits[0]) // ROW + 1, max(1, (end - start) // ROW))
        for kind, spans in (("closed", shut), ("gap", within(gaps, limits)), ("busy", within(taken, limits)))
        for start, end in spans
    ]
    column.times = [
        (kind, moment_of(start), moment_of(end))
        for kind, spans in (("open", open_here), ("gap", gaps), ("busy", taken))
        for start, end in within(spans, limits)
    ]
    by_id = {client.id: client for client in clients}
    blocks: list[Block] = []
    for one, start, stop, lane, lanes in beside([(one, *rows_of(one, limits)) for one in visits]):
        client, booked = by_id[one.client_id], one.appointment
        service, resource = client.service(booked.service), client.resource(booked.resource_id)
        width = max(PARTS // lanes, 1)
        left = min(lane * width, PARTS - width) + 1
        blocks.append(Block(one, client, service, resource, start + 1, stop - start, left, width))
    column.blocks = blocks


def rows_of(visit: Visit, limits: Span) -> Span:
    """From which row to which a visit stands, with room for a line of words at least."""
    first, last = minute_of(visit.appointment.starts_at), minute_of(visit.appointment.ends_at)
    start = (max(first, limits[0]) - limits[0]) // ROW
    return start, max(start + 3, -((limits[0] - min(last, limits[1])) // ROW))


def beside(placed: Sequence[tuple[Visit, int, int]]) -> list[tuple[Visit, int, int, int, int]]:
    """Each visit with its lane, and how many lanes there are among those it overlaps with, directly or by others."""
    found: list[tuple[Visit, int, int, int, int]] = []
    cluster: list[tuple[Visit, int, int, int]] = []
    ends: list[int] = []
    for visit, start, stop in placed:
        if ends and start >= max(ends):
            found += [(*one, len(ends)) for one in cluster]
            cluster, ends = [], []
        lane = next((place for place, end in enumerate(ends) if end <= start), len(ends))
        ends[lane : lane + 1] = [stop]
        cluster.append((visit, start, stop, lane))
    return found + [(*one, len(ends)) for one in cluster]


STANDINGS: Final = {
    "held": _("Kept for a moment"),
    "requested": _("Asked for"),
    "booked": _("Booked"),
    "done": _("Was here"),
    "missed": _("Did not come"),
    "cancelled": _("Called off"),
}


def stylesheet() -> str:
    """The places of a board, since no page may hold a style of its own."""
    rules = [f".t{row}{{grid-row-start:{row}}}" for row in range(1, ROWS + 1)]
    rules += [f".d{rows}{{grid-row-end:span {rows}}}" for rows in range(1, ROWS + 1)]
    rules += [f".r{rows}{{--rows:{rows}}}" for rows in range(12, ROWS + 1, 12)]
    rules += [f".k{columns}{{--columns:{columns}}}" for columns in range(1, COLUMNS + 1)]
    rules += [
        f".a{part}{{grid-column-start:{part}}}.w{part}{{grid-column-end:span {part}}}" for part in range(1, PARTS + 1)
    ]
    return "\n".join(rules)
