"""Which starts are free."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import slots
from bot.rules.hours import timetable
from bot.rules.spans import minute_of
from bot.values import DAY, Busy, Client, Closure, Hours, Invalid, Msgid, Resource, Service, Slot
from tests.rules.clients import (
    CHANGES,
    ZONES,
    a_client,
    a_service,
    at,
    clock,
    closures,
    minutes_of,
    open_by_the_wall,
    wall,
    weeks,
)

TUESDAY = date(2026, 3, 10)
NOW = at("2026-03-09 12:00")
MORNING = tuple(Hours(day, 540, 720) for day in range(7))
ALWAYS = tuple(Hours(day, 0, DAY) for day in range(7))
ONE = (Resource(1, "one", "One", "staff"),)
TWO_SEATS = (Resource(1, "one", "One", "room", seats=2),)


def taken(first: str, last: str, resource: int = 1, seat: int = 0, day: str = "2026-03-10") -> Busy:
    return Busy(resource, minute_of(at(f"{day} {first}")), minute_of(at(f"{day} {last}")), seat)


def starts(found: Iterable[Slot], zone: str = "Europe/Rome") -> str:
    minutes = [wall(zone, slot.starts_at)[1] for slot in found]
    return " ".join(f"{minute // 60}:{minute % 60:02}" for minute in minutes)


@pytest.mark.parametrize(
    ("client", "service", "busy", "expected"),
    [
        ({}, {}, [], "9:00 10:00 11:00"),
        ({}, {"step": 30}, [], "9:00 9:30 10:00 10:30 11:00"),
        ({}, {"minutes": 45, "step": 50}, [], "9:00 9:50 10:40"),
        ({}, {"minutes": 180}, [], "9:00"),
        ({}, {"minutes": 181}, [], ""),
        ({"hours": (Hours(1, 540, 600), Hours(1, 640, 700))}, {"step": 20, "minutes": 20}, [],
         "9:00 9:20 9:40 10:40 11:00 11:20"),
        ({"hours": (Hours(1, 540, 600), Hours(1, 600, 660))}, {"minutes": 90}, [], "9:00"),  # intervals that touch
        ({"closures": (Closure(TUESDAY, TUESDAY),)}, {}, [], ""),
        ({"closures": (Closure(TUESDAY, TUESDAY, 540, 570),)}, {}, [], "10:00 11:00"),  # the grid stays where it was
        ({"closures": (Closure(TUESDAY, TUESDAY, 630, 640),)}, {}, [], "9:00 11:00"),
        ({"closures": (Closure(TUESDAY, TUESDAY, 540, 600, resource_id=2),)}, {}, [], "9:00 10:00 11:00"),
        ({}, {}, [taken("10:00", "11:00")], "9:00 11:00"),
        ({}, {}, [taken("10:00", "11:00", resource=2)], "9:00 10:00 11:00"),
        ({}, {"step": 15}, [taken("10:00", "10:30")], "9:00 10:30 10:45 11:00"),
        ({}, {"step": 15, "after": 15}, [taken("10:15", "10:30")], "9:00 10:30 10:45 11:00"),
        ({}, {"step": 15, "before": 10}, [taken("09:00", "10:00")], "10:15 10:30 10:45 11:00"),
        ({}, {"before": 30, "after": 30}, [], "9:00 10:00 11:00"),  # buffers may lie outside the hours
        ({}, {"after": 30}, [taken("12:00", "13:00")], "9:00 10:00"),  # yet not in somebody else's time
        ({}, {"before": 30}, [taken("08:00", "08:45")], "10:00 11:00"),
        ({}, {}, [taken("09:00", "12:00"), taken("09:30", "09:40")], ""),
        ({"resources": TWO_SEATS}, {}, [taken("10:00", "11:00")], "9:00 10:00 11:00"),
        ({"resources": TWO_SEATS}, {}, [taken("10:00", "11:00"), taken("10:30", "11:30", seat=1)], "9:00 11:00"),
        ({"resources": TWO_SEATS}, {"minutes": 120}, [taken("09:00", "10:00"), taken("10:00", "11:00", seat=1)],
         "10:00"),  # nobody changes seats
        ({"resources": TWO_SEATS}, {}, [taken("10:00", "11:00", seat=2), taken("10:00", "11:00", seat=3)],
         "9:00 11:00"),  # there were more seats once
        ({"country": "IT"}, {"notice": 0}, [], "9:00 10:00 11:00"),
    ],
)  # fmt: skip
def test_free_slots(client: dict[str, Any], service: dict[str, Any], busy: list[Busy], expected: str) -> None:
    made = a_client(**({"hours": MORNING, "resources": ONE} | client))
    found = slots.free_slots(made, a_service(**({"resources": (1,)} | service)), busy, TUESDAY, 1, NOW)
    assert starts(found) == expected
    assert all(slot.resource_id == 1 and slot.service == "cut" for slot in found)


@pytest.mark.parametrize(
    ("service", "now", "days", "expected"),
    [
        ({}, "2026-03-10 10:00", 1, "10:00 11:00"),
        ({}, "2026-03-10 10:00:00.000001", 1, "11:00"),
        ({"notice": 60}, "2026-03-10 10:00", 1, "11:00"),
        ({"notice": 61}, "2026-03-10 10:00", 1, ""),
        ({"notice": 61}, "2026-03-10 10:00", 2, "9:00 10:00 11:00"),
        ({"notice": 24 * 60}, "2026-03-10 10:30", 2, "11:00"),
        ({"horizon": 0}, "2026-03-10 10:00", 5, "10:00 11:00"),
        ({"horizon": 1}, "2026-03-09 23:00", 5, "9:00 10:00 11:00"),
        ({"horizon": 1}, "2026-03-08 23:00", 5, ""),
        ({}, "2026-03-12 10:00", 1, ""),
        ({}, "2026-03-12 10:00", 0, ""),
    ],
)
def test_not_too_soon_nor_too_far(service: dict[str, Any], now: str, days: int, expected: str) -> None:
    client = a_client(hours=MORNING, resources=ONE)
    found = slots.free_slots(client, a_service(**({"resources": (1,)} | service)), (), TUESDAY, days, at(now))
    assert starts(found) == expected


def test_a_full_day_is_left_out() -> None:
    client, service = a_client(hours=MORNING), a_service(daily_cap=2)
    per_day = {TUESDAY: 2, TUESDAY + timedelta(days=1): 1}
    found = slots.free_slots(client, service, (), TUESDAY, 2, NOW, per_day=per_day)
    assert {slot.starts_at.date() for slot in found} == {TUESDAY + timedelta(days=1)}
    assert slots.free_days(client, service, (), TUESDAY, 2, NOW, per_day=per_day) == [TUESDAY + timedelta(days=1)]
    assert slots.free_days(client, a_service(daily_cap=0), (), TUESDAY, 5, NOW) == []


def test_an_appointment_may_last_over_midnight_where_the_doors_stay_open() -> None:
    client = a_client(hours=(Hours(1, 22 * 60, DAY), Hours(2, 0, 60)), resources=ONE)
    found = slots.free_slots(client, a_service(minutes=90, step=30, resources=(1,)), (), TUESDAY, 1, NOW)
    assert starts(found) == "22:00 22:30 23:00 23:30"
    nonstop = a_client(hours=ALWAYS, resources=ONE)
    found = slots.free_slots(nonstop, a_service(minutes=3 * DAY, step=720, resources=(1,)), (), TUESDAY, 1, NOW)
    assert starts(found) == "0:00 12:00"


def test_resources_stand_in_the_services_order_and_can_be_chosen() -> None:
    client, service = a_client(hours=MORNING), a_service(resources=(2, 1, 99))
    found = slots.free_slots(client, service, (), TUESDAY, 1, NOW)
    assert [slot.resource_id for slot in found] == [2, 1, 2, 1, 2, 1]
    assert [slot.starts_at for slot in found] == sorted(slot.starts_at for slot in found)
    only = slots.free_slots(client, service, (), TUESDAY, 1, NOW, resources={1})
    assert [slot.resource_id for slot in only] == [1, 1, 1]
    assert slots.free_slots(client, service, (), TUESDAY, 1, NOW, resources={7}) == []


def test_times_are_with_who_has_least_to_do() -> None:
    client, service = a_client(hours=MORNING), a_service(resources=(2, 1))

    def times(*busy: Busy) -> list[tuple[int, str]]:
        found = slots.free_times(client, service, busy, TUESDAY, 1, NOW)
        return [(slot.resource_id, starts([slot])) for slot in found]

    first, second = taken("09:00", "10:00", resource=2), taken("10:00", "11:00", resource=1)
    assert times() == [(2, "9:00"), (2, "10:00"), (2, "11:00")]
    assert times(first) == [(1, "9:00"), (1, "10:00"), (1, "11:00")]
    assert times(first, second) == [(1, "9:00"), (2, "10:00"), (2, "11:00")]


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Rome", "2026-03-29", "0:00 1:00 3:00 4:00"),
        ("Europe/Rome", "2026-10-25", "0:00 1:00 2:00 2:00 3:00 4:00"),
        ("Europe/Dublin", "2026-03-29", "0:00 2:00 3:00 4:00"),
        ("Europe/Dublin", "2026-10-25", "0:00 1:00 1:00 2:00 3:00 4:00"),
        ("Europe/Warsaw", "2026-03-29", "0:00 1:00 3:00 4:00"),
        ("Europe/Warsaw", "2026-10-25", "0:00 1:00 2:00 2:00 3:00 4:00"),
    ],
)
def test_days_that_change_the_clock(zone: str, day: str, expected: str) -> None:
    client = a_client(timezone=zone, hours=(Hours(6, 0, 300),), resources=ONE)
    first = date.fromisoformat(day)
    found = slots.free_slots(client, a_service(resources=(1,), horizon=400), (), first, 1, NOW)
    assert starts(found, zone) == expected
    assert all(late.starts_at - early.starts_at >= timedelta(hours=1) for early, late in zip(found, found[1:]))  # noqa: B905, RUF007


def test_blocked() -> None:
    service = a_service(before=10, after=5)
    ten = minute_of(at("2026-03-10 10:00"))
    assert slots.blocked(service, at("2026-03-10 10:00")) == (ten - 10, ten + 65)


@pytest.mark.parametrize(
    ("service", "start", "resource", "reason"),
    [
        ({}, "2026-03-10 09:00", 1, None),
        ({}, "2026-03-10 09:07", 1, None),  # off the grid is no harm
        ({}, "2026-03-09 11:59", 1, slots.PAST),
        ({"notice": 60}, "2026-03-09 12:59", 1, slots.TOO_SOON),
        ({"horizon": 1}, "2026-03-11 09:00", 1, slots.TOO_FAR),
        ({}, "2026-03-10 08:59", 1, slots.CLOSED),
        ({}, "2026-03-10 17:01", 1, slots.GONE),  # open then, but not for long enough
        ({}, "2026-03-14 09:00", 1, slots.CLOSED),
        ({}, "2026-03-10 09:00", 3, slots.GONE),
        ({"resources": (2,)}, "2026-03-10 09:00", 1, slots.GONE),
        ({"minutes": 45}, "2026-03-10 09:00", 1, slots.GONE),  # it takes less time now than when it was offered
        ({"daily_cap": 1}, "2026-03-10 09:00", 1, slots.FULL),
        ({}, "2026-03-10 12:30", 1, slots.TAKEN),
        ({}, "2026-03-10 11:01", 1, slots.TAKEN),
        ({}, "2026-03-10 11:00", 1, None),
        ({"after": 1}, "2026-03-10 11:00", 1, slots.TAKEN),
        ({}, "2026-03-10 12:30", 2, None),
    ],
)
def test_is_free(service: dict[str, Any], start: str, resource: int, reason: Msgid | None) -> None:
    slot = Slot(at(start), resource, "cut", 60)
    given_ = (a_client(), a_service(**service), slot, [taken("12:00", "13:00")], NOW, {TUESDAY: 1})
    if reason is None:
        slots.is_free(*given_)
        return
    with pytest.raises(Invalid) as raised:
        slots.is_free(*given_)
    assert raised.value.hint == reason


def test_free_seat() -> None:
    service, (room,) = a_service(), TWO_SEATS
    ten = at("2026-03-10 10:00")
    first, second = taken("10:00", "11:00"), taken("10:30", "11:30", seat=1)
    assert slots.free_seat(service, room, ten, []) == 0
    assert slots.free_seat(service, room, ten, [first]) == 1
    assert slots.free_seat(service, room, ten, [second]) == 0
    assert slots.free_seat(service, room, ten, [first, second]) is None
    assert slots.free_seat(service, room, ten, [taken("10:00", "11:00", resource=2)]) == 0


# --- against every minute ---------------------------------------------------------------------------------------------


@st.composite
def diaries(draw: st.DrawFn, around: date) -> list[Busy]:
    """What is taken near a day, of two resources, also on seats that are no longer there."""
    midnight = minute_of(at(f"{around} 00:00"))
    ranges = st.tuples(st.integers(-DAY // 4, 2 * DAY), st.integers(1, 300), st.integers(1, 2), st.integers(0, 3))
    drawn = draw(st.lists(ranges, max_size=12))
    return [Busy(who, midnight + start, midnight + start + length, seat) for start, length, who, seat in drawn]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Client, Service, list[Busy], date, datetime, dict[date, int]]:
    """A client, a service and a diary on two days near a change of the clock."""
    day = draw(st.sampled_from(CHANGES)) - timedelta(days=draw(st.integers(0, 1)))
    resources = tuple(
        Resource(id, str(id), str(id), "room", draw(st.integers(1, 3)), draw(st.just(()) | weeks())) for id in (1, 2)
    )
    service = a_service(
        minutes=draw(st.integers(1, 200)),
        step=draw(st.sampled_from((5, 15, 20, 60, 77))),
        before=draw(st.integers(0, 40)),
        after=draw(st.integers(0, 40)),
        notice=draw(st.integers(0, 2000)),
        horizon=draw(st.integers(0, 3)),
        daily_cap=draw(st.none() | st.just(1)),
    )
    client = a_client(
        timezone=draw(st.sampled_from(ZONES)),
        hours=draw(weeks() | st.just(ALWAYS)),
        closures=draw(closures(day)),
        resources=resources,
        services=(service,),
    )
    now = at(f"{day} 00:00") - timedelta(seconds=draw(st.integers(-DAY * 60, 2 * DAY * 60)))
    return client, service, draw(diaries(day)), day, now, draw(st.just({}) | st.just({day: 1}))


def by_every_minute(
    client: Client, service: Service, busy: list[Busy], first: date, now: datetime, per_day: dict[date, int]
) -> list[Slot]:
    """The oracle: each minute of two days is tried on its own, for each resource and seat."""
    earliest, furthest = now + timedelta(minutes=service.notice), wall(client.timezone, now)[0].toordinal()
    doors = {resource.id: _open_minutes(client, resource, first) for resource in client.resources}
    found = []
    for start in minutes_of(first, 2):
        day, minute = wall(client.timezone, start)[0], minute_of(start)
        full = service.daily_cap is not None and per_day.get(day, 0) >= service.daily_cap
        too_far = day.toordinal() > furthest + service.horizon
        if not 0 <= (day - first).days < 2 or full or too_far or start < earliest:
            continue
        for resource in client.resources:
            if (
                _on_the_grid(client, resource, start, service.step)
                and doors[resource.id].issuperset(range(minute, minute + service.minutes))
                and _has_seat(service, resource, minute, busy)
            ):
                found.append(Slot(start, resource.id, service.key, service.minutes))
    return found


def _open_minutes(client: Client, resource: Resource, first: date) -> set[int]:
    return {minute_of(moment) for moment in filter(open_by_the_wall(client, resource), minutes_of(first, 2))}


def _on_the_grid(client: Client, resource: Resource, start: datetime, step: int) -> bool:
    day, minute = wall(client.timezone, start)
    since = _since_opening(resource.hours or client.hours, day.weekday())[minute]
    return since is not None and since % step == 0


@lru_cache(maxsize=64)
def _since_opening(hours: tuple[Hours, ...], weekday: int) -> list[int | None]:
    """For each minute on the wall, how many it has been open without a break that day."""
    since: list[int | None] = []
    for minute in range(DAY):
        before = since[-1] if since else None
        is_open = any(h.weekday == weekday and h.opens <= minute < h.closes for h in hours)
        since.append((0 if before is None else before + 1) if is_open else None)
    return since


def _has_seat(service: Service, resource: Resource, start: int, busy: list[Busy]) -> bool:
    whole = range(start - service.before, start + service.minutes + service.after)
    near = [b for b in busy if b.resource_id == resource.id and b.start < whole.stop and b.end > whole.start]
    crowd = max(sum(b.start <= minute < b.end for b in near) for minute in whole)
    return crowd < resource.seats and any(all(b.seat != seat for b in near) for seat in range(resource.seats))


@given(cases())
@settings(max_examples=150)
def test_slots_are_those_that_every_minute_says(
    case: tuple[Client, Service, list[Busy], date, datetime, dict[date, int]],
) -> None:
    client, service, busy, first, now, per_day = case
    found = slots.free_slots(client, service, busy, first, 2, now, per_day=per_day)
    assert found == by_every_minute(client, service, busy, first, now, per_day)
    days = slots.free_days(client, service, busy, first, 2, now, per_day=per_day)
    assert days == sorted({wall(client.timezone, slot.starts_at)[0] for slot in found})


@given(cases(), st.integers(0, 2 * DAY), st.sampled_from((1, 2)))
def test_the_check_under_lock_is_the_same_rule(
    case: tuple[Client, Service, list[Busy], date, datetime, dict[date, int]], offset: int, resource: int
) -> None:
    client, service, busy, first, now, per_day = case
    found = slots.free_slots(client, service, busy, first, 2, now, per_day=per_day)
    for slot in found:
        slots.is_free(client, service, slot, busy, now, per_day)
    start = at(f"{first} 00:00", client.timezone) + timedelta(minutes=offset)
    tried = Slot(start, resource, service.key, service.minutes)
    who = client.resource(resource)
    assert who is not None
    within = (wall(client.timezone, start)[0] - first).days < 2
    if within and tried not in found and _on_the_grid(client, who, start, service.step):
        with pytest.raises(Invalid):
            slots.is_free(client, service, tried, busy, now, per_day)


@given(cases())
def test_booking_all_that_is_free_never_overlaps(
    case: tuple[Client, Service, list[Busy], date, datetime, dict[date, int]],
) -> None:
    """Who books whatever is free, one after the other, fills each seat and none twice, within the hours."""
    client, service, _, first, now, _ = case
    busy: list[Busy] = []
    for slot in slots.free_slots(client, service, (), first, 2, now):
        resource = client.resource(slot.resource_id)
        assert resource is not None
        while (seat := slots.free_seat(service, resource, slot.starts_at, busy)) is not None:
            slots.is_free(client, service, slot, busy, now, {})
            start, end = slots.blocked(service, slot.starts_at)
            busy.append(Busy(resource.id, start, end, seat))
            inside = (minute_of(slot.starts_at), minute_of(slot.ends_at))
            day = wall(client.timezone, slot.starts_at)[0]
            assert any(
                o.start <= inside[0] and inside[1] <= o.closes for o in timetable(client, resource).openings(day)
            )
    assert slots.free_slots(client, service, busy, first, 2, now) == []
    for one in busy:
        same = [b for b in busy if (b.resource_id, b.seat) == (one.resource_id, one.seat) and b is not one]
        assert not any(b.start < one.end and b.end > one.start for b in same)


def test_the_hours_of_a_day_are_wall_clock_minutes() -> None:
    client = a_client(hours=(Hours(1, clock("9:00"), clock("10:00")),), timezone="Europe/Dublin", resources=ONE)
    (slot,) = slots.free_slots(client, a_service(resources=(1,)), (), TUESDAY, 1, NOW)
    assert slot == Slot(at("2026-03-10 09:00", "Europe/Dublin"), 1, "cut", 60)
    assert slot.starts_at.utcoffset() == timedelta(0)
