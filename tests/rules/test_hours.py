"""When a client is open, and when the desk is covered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import hours
from bot.rules.hours import Stretches
from bot.values import DAY, Closure, Cover, Hours, Resource
from tests.rules.clients import (
    AUTUMN,
    CHANGES,
    SPRING,
    WEEK,
    ZONES,
    a_client,
    at,
    clock,
    closures,
    coverages,
    covered_by_the_wall,
    minutes_of,
    open_by_the_wall,
    wall,
    weeks,
)

TUESDAY, SATURDAY = date(2026, 3, 10), date(2026, 3, 14)
LUNCH = tuple(Hours(day, *times) for day in range(7) for times in ((840, 1140), (540, 780)))
NIGHT = (Hours(4, 1320, DAY), Hours(5, 0, 120))  # Friday 22 to Saturday 2
ALWAYS = tuple(Hours(day, 0, DAY) for day in range(7))


def shown(stretches: Stretches, zone: str = "Europe/Rome") -> str:
    """Stretches as a wall clock shows them."""
    ends = [[wall(zone, moment)[1] for moment in stretch] for stretch in stretches]
    return " ".join(f"{a // 60}:{a % 60:02}-{b // 60}:{b % 60:02}" for a, b in ends)


@pytest.mark.parametrize(
    ("changes", "day", "expected"),
    [
        ({}, TUESDAY, "9:00-18:00"),
        ({}, SATURDAY, ""),
        ({"hours": LUNCH}, TUESDAY, "9:00-13:00 14:00-19:00"),
        ({"hours": (Hours(1, 540, 780), Hours(1, 780, 900), Hours(1, 840, 960))}, TUESDAY, "9:00-16:00"),
        ({"hours": (Hours(1, 1200, DAY),)}, TUESDAY, "20:00-0:00"),
        ({"closures": (Closure(TUESDAY, TUESDAY),)}, TUESDAY, ""),
        ({"closures": (Closure(date(2026, 3, 1), date(2026, 3, 9)),)}, TUESDAY, "9:00-18:00"),
        ({"closures": (Closure(date(2026, 3, 1), TUESDAY),)}, TUESDAY, ""),
        ({"closures": (Closure(TUESDAY, TUESDAY, 720, 780),)}, TUESDAY, "9:00-12:00 13:00-18:00"),
        ({"closures": (Closure(TUESDAY, TUESDAY, 0, 600), Closure(TUESDAY, TUESDAY, 960))}, TUESDAY, "10:00-16:00"),
        ({"closures": (Closure(TUESDAY, TUESDAY, resource_id=1),)}, TUESDAY, "9:00-18:00"),
        ({"country": "IT", "region": "MI"}, date(2026, 12, 7), ""),  # Saint Ambrose, in Milan only
        ({"country": "IT"}, date(2026, 12, 7), "9:00-18:00"),
        ({"country": "PL", "timezone": "Europe/Warsaw"}, date(2026, 12, 24), ""),
        ({"country": "IE", "timezone": "Europe/Dublin"}, date(2026, 3, 17), ""),
        ({"country": "IT", "closed_on_holidays": False}, date(2026, 12, 25), "9:00-18:00"),
        ({"country": "XX"}, date(2026, 12, 25), "9:00-18:00"),
        ({"country": "IT", "region": "XX"}, date(2026, 12, 25), "9:00-18:00"),
    ],
)
def test_open_stretches(changes: dict[str, Any], day: date, expected: str) -> None:
    client = a_client(**changes)
    assert shown(hours.open_stretches(client, day), client.timezone) == expected


@pytest.mark.parametrize(
    ("own", "closed", "day", "expected"),
    [
        ((), (), TUESDAY, "9:00-18:00"),
        ((Hours(1, 600, 720), Hours(5, 600, 720)), (), TUESDAY, "10:00-12:00"),
        ((Hours(1, 600, 720), Hours(5, 600, 720)), (), SATURDAY, "10:00-12:00"),  # open when the client is not
        ((Hours(5, 600, 720),), (), TUESDAY, ""),  # its own hours replace the client's
        ((), (Closure(TUESDAY, TUESDAY, 600, 660, resource_id=1),), TUESDAY, "9:00-10:00 11:00-18:00"),
        ((), (Closure(TUESDAY, TUESDAY, 600, 660, resource_id=2),), TUESDAY, "9:00-18:00"),
        ((Hours(1, 600, 720),), (Closure(TUESDAY, TUESDAY),), TUESDAY, ""),
        ((Hours(2, 600, 720),), (), date(2026, 1, 7 - 1), ""),
    ],
)
def test_hours_of_a_resource(own: tuple[Hours, ...], closed: tuple[Closure, ...], day: date, expected: str) -> None:
    resource = Resource(1, "one", "One", "staff", hours=own)
    client = a_client(resources=(resource,), closures=closed, country="IT")
    assert shown(hours.open_stretches(client, day, resource)) == expected


@pytest.mark.parametrize(
    ("zone", "day", "opens", "closes", "minutes"),
    [
        ("Europe/Rome", SPRING, "0:00", "24:00", 23 * 60),
        ("Europe/Rome", AUTUMN, "0:00", "24:00", 25 * 60),
        ("Europe/Dublin", SPRING, "0:00", "24:00", 23 * 60),
        ("Europe/Dublin", AUTUMN, "0:00", "24:00", 25 * 60),
        ("Europe/Rome", SPRING, "1:00", "2:30", 60),  # 2:30 does not come: closed at the change
        ("Europe/Rome", SPRING, "2:30", "4:00", 60),  # nor here: open from the change
        ("Europe/Rome", SPRING, "2:15", "2:45", 0),
        ("Europe/Dublin", SPRING, "1:15", "1:45", 0),
        ("Europe/Rome", AUTUMN, "1:00", "2:00", 60),
        ("Europe/Rome", AUTUMN, "2:00", "3:00", 120),
        ("Europe/Warsaw", AUTUMN, "2:15", "2:45", 60),  # both times the clock reads it
        ("Europe/Dublin", AUTUMN, "1:00", "2:00", 120),
        ("Europe/Rome", AUTUMN, "9:00", "18:00", 9 * 60),
    ],
)
def test_days_that_change_the_clock(zone: str, day: date, opens: str, closes: str, minutes: int) -> None:
    client = a_client(timezone=zone, hours=(Hours(6, clock(opens), clock(closes)),))
    open_for = sum((end - start for start, end in hours.open_stretches(client, day)), timedelta())
    assert open_for == timedelta(minutes=minutes)


def test_an_opening_that_ends_in_the_repeated_hour_is_two() -> None:
    client = a_client(hours=(Hours(6, clock("1:00"), clock("2:30")),))
    assert hours.open_stretches(client, AUTUMN) == (
        (at("2026-10-25 01:00"), at("2026-10-25 02:30")),
        (at("2026-10-25 02:00", fold=1), at("2026-10-25 02:30", fold=1)),
    )


@given(st.data(), st.sampled_from(ZONES), st.sampled_from(CHANGES), st.integers(-1, 1))
def test_open_is_what_the_clock_on_the_wall_says(data: st.DataObject, zone: str, change: date, ahead: int) -> None:
    day = change + timedelta(days=ahead)
    resource = Resource(1, "one", "One", "staff", hours=data.draw(weeks()))
    client = a_client(timezone=zone, hours=data.draw(weeks()), closures=data.draw(closures(day)))
    for who in (None, resource):
        stretches, is_open = hours.open_stretches(client, day, who), open_by_the_wall(client, who)
        for moment in minutes_of(day, 1):
            expected = wall(zone, moment)[0] == day and is_open(moment)
            assert any(start <= moment < end for start, end in stretches) == expected


@pytest.mark.parametrize(
    ("changes", "now", "is_open", "closes", "opens"),
    [
        ({}, "2026-03-10 12:00", True, "2026-03-10 18:00", "2026-03-11 09:00"),
        ({}, "2026-03-10 08:59:59", False, None, "2026-03-10 09:00"),
        ({}, "2026-03-10 09:00", True, "2026-03-10 18:00", "2026-03-11 09:00"),
        ({}, "2026-03-10 17:59:59", True, "2026-03-10 18:00", "2026-03-11 09:00"),
        ({}, "2026-03-10 18:00", False, None, "2026-03-11 09:00"),
        ({}, "2026-03-13 20:00", False, None, "2026-03-16 09:00"),
        ({"hours": LUNCH}, "2026-03-10 12:00", True, "2026-03-10 13:00", "2026-03-10 14:00"),
        ({"hours": NIGHT}, "2026-03-13 23:00", True, "2026-03-14 02:00", "2026-03-20 22:00"),
        ({"hours": NIGHT}, "2026-03-14 01:00", True, "2026-03-14 02:00", "2026-03-20 22:00"),
        ({"hours": ALWAYS}, "2026-03-10 12:00", True, None, None),
        ({"hours": ALWAYS, "country": "IT"}, "2026-03-10 12:00", True, "2026-04-05 00:00", "2026-04-07 00:00"),
        ({"hours": ()}, "2026-03-10 12:00", False, None, None),
        ({"country": "IT"}, "2026-12-24 20:00", False, None, "2026-12-28 09:00"),
        ({"closures": (Closure(TUESDAY, date(2026, 5, 8)),)}, "2026-03-10 12:00", False, None, None),
        ({"closures": (Closure(TUESDAY, date(2026, 5, 7)),)}, "2026-03-10 12:00", False, None, "2026-05-08 09:00"),
    ],
)
def test_open_now(changes: dict[str, Any], now: str, is_open: bool, closes: str | None, opens: str | None) -> None:
    client = a_client(**changes)
    assert hours.is_open(client, at(now)) == is_open
    assert hours.closes_at(client, at(now)) == (at(closes) if closes else None)
    assert hours.opens_at(client, at(now)) == (at(opens) if opens else None)


@given(weeks(), st.sampled_from(ZONES), st.sampled_from(CHANGES), st.integers(0, 2 * DAY))
def test_closing_and_opening_are_the_next_change(week: tuple[Hours, ...], zone: str, day: date, minute: int) -> None:
    client = a_client(timezone=zone, hours=week)
    now = at(f"{day - timedelta(days=1)} 00:00") + timedelta(minutes=minute)
    is_open = open_by_the_wall(client)
    assert hours.is_open(client, now) == is_open(now)
    closes, opens = hours.closes_at(client, now), hours.opens_at(client, now)
    if closes:
        assert not is_open(closes)
        assert _every_minute(now, min(closes, now + timedelta(days=8)), is_open)
    if opens:
        assert is_open(opens)
        assert _every_minute(closes or now, opens, lambda moment: not is_open(moment))
    else:  # it never changes
        week_later, state = now + timedelta(days=8), hours.is_open(client, now)
        assert closes is None
        assert _every_minute(now, week_later, lambda moment: is_open(moment) == state)


def _every_minute(start: datetime, end: datetime, holds: Any) -> bool:
    return all(holds(start + timedelta(minutes=minute)) for minute in range(int((end - start).total_seconds()) // 60))


@pytest.mark.parametrize(
    ("cover", "day", "expected"),
    [
        (Cover("ada", 1, 540, 1020, "Europe/Rome"), TUESDAY, "9:00-17:00"),
        (Cover("ada", 1, 540, 1020, "Europe/Dublin"), TUESDAY, "10:00-18:00"),
        (Cover("ada", 1, 540, 1020, "Pacific/Auckland"), TUESDAY, "0:00-5:00"),  # her Tuesday begins on our Monday
        (Cover("ada", 2, 540, 1020, "Pacific/Auckland"), TUESDAY, "21:00-0:00"),
        (Cover("ada", 1, 1200, DAY, "America/Los_Angeles"), TUESDAY, ""),
        (Cover("ada", 1, 1200, DAY, "America/Los_Angeles"), TUESDAY + timedelta(days=1), "4:00-8:00"),
        (Cover("ada", 1, 540, 1020, "Europe/Rome"), SATURDAY, ""),
    ],
)
def test_coverage_is_in_each_ones_own_time(cover: Cover, day: date, expected: str) -> None:
    assert shown(hours.covered(a_client(coverage=(cover,)), day)) == expected


def test_several_people_cover_together_and_holidays_are_not_theirs() -> None:
    morning = Cover("ada", 4, 480, 720, "Europe/Rome")
    noon = Cover("eva", 4, 660, 840, "Europe/Warsaw")
    client = a_client(coverage=(noon, morning), country="IT", hours=WEEK)
    christmas = date(2026, 12, 25)
    assert hours.open_stretches(client, christmas) == ()
    assert shown(hours.covered(client, christmas)) == "8:00-14:00"
    assert hours.is_covered(client, at("2026-12-25 13:59"))
    assert not hours.is_covered(client, at("2026-12-25 14:00"))
    assert not hours.is_covered(a_client(), at("2026-12-25 12:00"))


@given(coverages(), st.sampled_from(ZONES), st.sampled_from(CHANGES), st.integers(-1, 1))
def test_covered_is_what_somebodys_clock_says(desk: tuple[Cover, ...], zone: str, change: date, ahead: int) -> None:
    day = change + timedelta(days=ahead)
    client = a_client(timezone=zone, coverage=desk)
    stretches = hours.covered(client, day)
    for moment in minutes_of(day, 1):
        expected = wall(zone, moment)[0] == day and covered_by_the_wall(client, moment)
        assert any(start <= moment < end for start, end in stretches) == expected


def test_holidays() -> None:
    assert hours.is_holiday(a_client(country="IT"), date(2026, 4, 6))
    assert not hours.is_holiday(a_client(country="IT"), date(2026, 4, 7))
    assert not hours.is_holiday(a_client(), date(2026, 4, 6))
    assert hours.knows_holidays("IT", "MI")
    assert hours.knows_holidays("IE")
    assert not hours.knows_holidays("IT", "Atlantis")
    assert not hours.knows_holidays("XX")


def test_a_timetable_outlives_any_number_of_days() -> None:
    client = a_client()
    for ahead in range(2500):
        day = TUESDAY + timedelta(days=ahead)
        assert bool(hours.open_stretches(client, day)) == (day.weekday() < 5)
