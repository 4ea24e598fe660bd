"""Clients, services and moments that the rules are tried on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.values import DAY, Client, ClientText, Closure, Cover, Hours, Resource, Service

ZONES = ("Europe/Rome", "Europe/Dublin", "Europe/Warsaw")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
CHANGES = (SPRING, AUTUMN)
WEEKDAYS = st.sampled_from((6, 5, 0, 1, 2, 3, 4))  # clocks change on Sundays: those, and their neighbours, first
WEEK = tuple(Hours(weekday, 9 * 60, 18 * 60) for weekday in range(5))


def a_client(**changes: Any) -> Client:
    """A client in Rome, open from Monday to Friday, 9 to 18, with two chairs."""
    chairs = (Resource(1, "one", "One", "room"), Resource(2, "two", "Two", "room"))
    base: dict[str, Any] = {"timezone": "Europe/Rome", "hours": WEEK, "resources": chairs, "services": (a_service(),)}
    return Client(1, "salon", 1, "Salon", ("it",), **(base | changes))


def a_service(**changes: Any) -> Service:
    """A haircut of an hour, on the hour."""
    base: dict[str, Any] = {"minutes": 60, "resources": (1, 2), "step": 60, "notice": 0}
    return Service(1, "cut", ClientText((("it", "Taglio"),)), **(base | changes))


def at(text: str, zone: str = "Europe/Rome", fold: int = 0) -> datetime:
    """What a wall clock shows, "2026-03-10 09:00", as a moment."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def clock(text: str) -> int:
    """Minutes after midnight of "9:30"."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


@lru_cache(maxsize=32)
def minutes_of(first: date, days: int) -> list[datetime]:
    """Every minute of some UTC days, with a day to spare on both sides."""
    start = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1)
    return [start + timedelta(minutes=minute) for minute in range((days + 2) * DAY)]


@lru_cache(maxsize=200_000)
def wall(zone: str, moment: datetime) -> tuple[date, int]:
    """The local day of a moment and the minute that the wall clock shows."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.date(), local.hour * 60 + local.minute


def open_by_the_wall(client: Client, resource: Resource | None = None) -> Callable[[datetime], bool]:
    """The oracle: tells of a moment whether the clock on the wall reads a minute of the hours and of no closure."""
    hours = (resource.hours if resource else ()) or client.hours
    closures = [c for c in client.closures if c.resource_id is None or (resource and c.resource_id == resource.id)]

    @cache
    def minutes(day: date) -> set[int]:
        opened = {m for h in hours if h.weekday == day.weekday() for m in range(h.opens, h.closes)}
        return opened - {m for c in closures if c.first <= day <= c.last for m in range(c.opens, c.closes)}

    def is_open(moment: datetime) -> bool:
        day, minute = wall(client.timezone, moment)
        return minute in minutes(day)

    return is_open


def covered_by_the_wall(client: Client, moment: datetime) -> bool:
    """The oracle: whether some staff member's own clock reads a time at which she answers."""
    for cover in client.coverage:
        day, minute = wall(cover.timezone, moment)
        if day.weekday() == cover.weekday and cover.start <= minute < cover.end:
            return True
    return False


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, int]:
    """Minutes of a day, often near the hours at which clocks change and near midnight."""
    edges = st.sampled_from((0, 60, 90, 120, 150, 180, 210, 600, 1380, DAY)) | st.integers(0, DAY)
    first, last = sorted((draw(edges), draw(edges)))
    return first, last


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Hours, ...]:
    """Opening hours, several intervals a day, that may touch and overlap."""
    return tuple(Hours(day, *draw(stretches())) for day in draw(st.lists(WEEKDAYS, max_size=14)))


@st.composite
def closures(draw: st.DrawFn, around: date) -> tuple[Closure, ...]:
    """Closures near a day, of the client or of one of its chairs."""
    found = []
    for _ in range(draw(st.integers(0, 2))):
        first = around + timedelta(days=draw(st.integers(-2, 2)))
        last = first + timedelta(days=draw(st.integers(0, 2)))
        times = draw(st.just((0, DAY)) | stretches())
        found.append(Closure(first, last, *times, resource_id=draw(st.sampled_from((None, 1, 2)))))
    return tuple(found)


@st.composite
def coverages(draw: st.DrawFn) -> tuple[Cover, ...]:
    """A desk of people near and far."""
    zones = st.sampled_from((*ZONES, "Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu"))
    days = draw(st.lists(WEEKDAYS, max_size=10))
    return tuple(Cover("ada", day, *draw(stretches()), draw(zones)) for day in days)
