"""When a client is open, and when somebody at the desk answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from bot import countries
from bot.rules.spans import Span, Spans, common, merged, minus, minute_of, moment_of
from bot.rules.wall import Piece, day_of, shown
from bot.values import DAY, Client, Closure, Cover, Hours, Resource

LOOKAHEAD: Final = 60
"""Days within which an opening or a closing is looked for."""
LONGEST: Final = 7
"""Days that one appointment may last at most, where the client never closes."""
KEPT: Final = 1000
"""Days of one timetable that are remembered."""

_T = TypeVar("_T")
Stretches = tuple[tuple[datetime, datetime], ...]


class Opening(NamedTuple):
    """Open epoch minutes in which starts stand on one grid, counted from ``grid``; the doors close at ``closes``."""

    start: int
    end: int
    grid: int
    closes: int


# --- public -----------------------------------------------------------------------------------------------------------


def open_stretches(client: Client, day: date, resource: Resource | None = None) -> Stretches:
    """When the client, or one of its resources, is open on a local day, in UTC.

    A resource's own hours replace the client's; closures of the whole client and public holidays close it all the same.
    Hours are wall-clock time: what begins or ends in the hour that spring skips does so at the change, and in the hour
    that autumn repeats it is open whenever the clock reads a time within the hours, both times.
    """
    return _moments(open_spans(client, day, resource))


def is_open(client: Client, now: datetime) -> bool:
    """Whether the client is open at this moment."""
    return _holding(timetable(client).spans(day_of(client.zone, now)), minute_of(now)) is not None


def closes_at(client: Client, now: datetime) -> datetime | None:
    """When the doors close that are open now, intervals that touch counting as one, also across midnight.

    None while closed, and for a client that does not close within 60 days.
    """
    if not is_open(client, now):
        return None
    closes = moment_of(timetable(client).closes(day_of(client.zone, now), minute_of(now), LOOKAHEAD))
    return closes if closes <= now + timedelta(days=LOOKAHEAD) else None


def opens_at(client: Client, now: datetime) -> datetime | None:
    """When the client next opens within 60 days: if it is open now, the first time after it has closed. Else None."""
    table, today = timetable(client), day_of(client.zone, now)
    after = table.closes(today, minute_of(now), LOOKAHEAD)
    starts = (start for ahead in range(LOOKAHEAD + 2) for start, _ in table.spans(today + timedelta(days=ahead)))
    opens = next((moment_of(start) for start in starts if start > after), None)
    return opens if opens is not None and opens <= now + timedelta(days=LOOKAHEAD) else None


def covered(client: Client, day: date) -> Stretches:
    """When somebody at the desk answers for the client on its local day, in UTC.

    Coverage is wall-clock time of each staff member's own zone, so one day here can hold parts of two days there.
    Holidays and closures of the client are not the desk's.
    """
    return _moments(covered_spans(client, day))


def is_covered(client: Client, now: datetime) -> bool:
    """Whether somebody at the desk answers for the client at this moment."""
    return _holding(covered_spans(client, day_of(client.zone, now)), minute_of(now)) is not None


def on_duty(client: Client, now: datetime) -> frozenset[str]:
    """Who at the desk answers for the client at this moment, by name."""
    names = set()
    for cover in client.coverage:
        local = now.astimezone(ZoneInfo(cover.timezone))
        if cover.weekday == local.weekday() and cover.start <= local.hour * 60 + local.minute < cover.end:
            names.add(cover.staff)
    return frozenset(names)


def duties(client: Client, day: date) -> list[tuple[datetime, datetime, str]]:
    """Who at the desk answers for the client on its local day, by name, from when to when (UTC), in order of time."""
    names = {cover.staff for cover in client.coverage}
    own = {name: tuple(cover for cover in client.coverage if cover.staff == name) for name in names}
    return sorted(
        (start, end, name)
        for name, coverage in own.items()
        for start, end in _moments(_covered(coverage, client.zone, day))
    )


def covered_spans(client: Client, day: date) -> Spans:
    """``covered`` in epoch minutes."""
    return _covered(client.coverage, client.zone, day)


def open_spans(client: Client, day: date, resource: Resource | None = None) -> Spans:
    """``open_stretches`` in epoch minutes."""
    return timetable(client, resource).spans(day)


def is_holiday(client: Client, day: date) -> bool:
    """Whether a day is a public holiday where the client is; never where its country is not known."""
    return bool(client.country) and day in _holidays(client.country, client.region, day.year)


def knows_holidays(country: str, region: str = "") -> bool:
    """Whether public holidays are known for a country (ISO 3166-1: "IT") and region (ISO 3166-2: "MI"), if given."""
    return countries.is_known(country) and (not region or region in countries.regions(country))


# --- the timetable ----------------------------------------------------------------------------------------------------


class Timetable:
    """The opening hours of one client or resource, day by day, each day worked out once."""

    def __init__(self, zone: ZoneInfo, where: tuple[str, str], hours: tuple[Hours, ...], closed: tuple[Closure, ...]):
        self._zone = zone
        self._where = where
        self._closed = closed
        self._week = [merged((h.opens, h.closes) for h in hours if h.weekday == weekday) for weekday in range(7)]
        self._spans: dict[date, Spans] = {}
        self._openings: dict[date, tuple[Opening, ...]] = {}

    def spans(self, day: date) -> Spans:
        """The open stretches of a local day."""
        spans = self._spans.get(day)
        if spans is None:
            spans = merged((piece.start, piece.end) for piece, _ in self._pieces(day))
            _keep(self._spans, day, spans)
        return spans

    def openings(self, day: date) -> tuple[Opening, ...]:
        """The open stretches of a local day with the grids that starts stand on.

        A grid counts from where an interval of the hours opens, on the wall clock: neither a closure nor a change of
        the clock moves it.
        """
        openings = self._openings.get(day)
        if openings is None:
            openings = tuple(
                Opening(piece.start, piece.end, piece.zero + opens, self.closes(day, piece.start, LONGEST))
                for piece, opens in self._pieces(day)
            )
            _keep(self._openings, day, openings)
        return openings

    def closes(self, day: date, minute: int, days: int) -> int:
        """When the opening that holds a minute of a day ends, followed over midnights for some days at most."""
        for ahead in range(days + 1):
            span = _holding(self.spans(day + timedelta(days=ahead)), minute)
            if span is None:
                break
            minute = span[1]
        return minute

    def _pieces(self, day: date) -> Iterator[tuple[Piece, int]]:
        """The open pieces of a day in order of time, each with the minute its interval opens on the wall."""
        if self._where[0] and day in _holidays(*self._where, day.year):
            return
        closed = merged((c.opens, c.closes) for c in self._closed if c.first <= day <= c.last)
        pieces = [
            (piece, opens)
            for opens, closes in self._week[day.weekday()]
            for left in minus(((opens, closes),), closed)
            for piece in shown(self._zone, day, *left)
        ]
        yield from sorted(pieces)


def timetable(client: Client, resource: Resource | None = None) -> Timetable:
    """The timetable of a client or of one of its resources; the same object for the same hours."""
    where = (client.country, client.region) if client.closed_on_holidays else ("", "")
    if resource is None:
        return _timetable(client.zone, where, client.hours, client.closures, None)
    return _timetable(client.zone, where, resource.hours or client.hours, client.closures, resource.id)


@lru_cache(maxsize=1024)
def _timetable(
    zone: ZoneInfo, where: tuple[str, str], hours: tuple[Hours, ...], closures: tuple[Closure, ...], id: int | None
) -> Timetable:
    return Timetable(zone, where, hours, tuple(c for c in closures if c.resource_id is None or c.resource_id == id))


@lru_cache(maxsize=256)
def _holidays(country: str, region: str, year: int) -> frozenset[date]:
    """The public holidays of a year; none where the country or region is not known (``knows_holidays`` tells)."""
    if not knows_holidays(country, region):
        return frozenset()
    return frozenset(countries.public(country, year, region=region))


@lru_cache(maxsize=4096)
def _covered(coverage: tuple[Cover, ...], zone: ZoneInfo, day: date) -> Spans:
    whole = merged((piece.start, piece.end) for piece in shown(zone, day, 0, DAY))
    there = (day + timedelta(days=ahead) for ahead in range(-2, 3))  # zones lie up to 26 hours apart
    return common(
        whole,
        merged(
            (piece.start, piece.end)
            for local in there
            for cover in coverage
            if cover.weekday == local.weekday()
            for piece in shown(ZoneInfo(cover.timezone), local, cover.start, cover.end)
        ),
    )


def _keep(days: dict[date, _T], day: date, value: _T) -> None:
    if len(days) > KEPT:
        days.clear()
    days[day] = value


def _holding(spans: Spans, minute: int) -> Span | None:
    return next((span for span in spans if span[0] <= minute < span[1]), None)


def _moments(spans: Spans) -> Stretches:
    return tuple((moment_of(start), moment_of(end)) for start, end in spans)
