"""By when somebody answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import promises
from bot.values import DAY, Client, Closure, Cover, Hours
from tests.rules.clients import (
    CHANGES,
    ZONES,
    a_client,
    at,
    closures,
    coverages,
    covered_by_the_wall,
    open_by_the_wall,
    weeks,
)

DESK = tuple(Cover("ada", day, 600, 1200, "Europe/Rome") for day in range(7))  # 10 to 20; the client is open 9 to 18


def desk_client(**changes: Any) -> Client:
    return a_client(**({"coverage": DESK} | changes))


@pytest.mark.parametrize(
    ("changes", "kind", "urgent", "now", "expected"),
    [
        ({}, "chat", False, "2026-03-10 15:00", "2026-03-10 15:20"),
        ({}, "chat", False, "2026-03-10 15:00:30", "2026-03-10 15:20:30"),
        ({}, "chat", False, "2026-03-10 08:00", "2026-03-10 10:20"),  # open from 9, somebody answers from 10
        ({}, "chat", False, "2026-03-10 17:40", "2026-03-10 18:00"),
        ({}, "chat", False, "2026-03-10 17:50", "2026-03-11 10:10"),
        ({}, "chat", False, "2026-03-13 17:50", "2026-03-16 10:10"),
        ({}, "chat", True, "2026-03-10 17:50", "2026-03-10 18:10"),  # urgent: covered is enough
        ({}, "chat", True, "2026-03-14 12:00", "2026-03-14 12:20"),
        ({}, "chat", True, "2026-03-10 19:50", "2026-03-11 10:10"),
        ({"answer_within": {"default": 30, "chat": 10}}, "chat", False, "2026-03-10 15:00", "2026-03-10 15:10"),
        ({"answer_within": {"default": 30, "chat": 10}}, "order", False, "2026-03-10 15:00", "2026-03-10 15:30"),
        ({"answer_within": {"chat": 10}}, "order", False, "2026-03-10 15:00", "2026-03-10 15:20"),
        ({"answer_within": {"urgent": 5, "chat": 10}}, "chat", True, "2026-03-10 15:00", "2026-03-10 15:05"),
        ({"answer_within": {"urgent": 5, "chat": 10}}, "chat", False, "2026-03-10 15:00", "2026-03-10 15:10"),
        ({"answer_within": {"default": 30, "chat": 10}}, "chat", True, "2026-03-10 15:00", "2026-03-10 15:10"),
        ({"answer_within": {"default": 0}}, "chat", False, "2026-03-10 15:00", "2026-03-10 15:00"),
        ({"answer_within": {"default": 10 * 60}}, "chat", False, "2026-03-10 15:00", "2026-03-11 17:00"),
        ({"coverage": ()}, "chat", False, "2026-03-10 15:00", None),
        ({"coverage": ()}, "chat", True, "2026-03-10 15:00", None),
        ({"hours": ()}, "chat", False, "2026-03-10 15:00", None),
        ({"hours": ()}, "chat", True, "2026-03-10 15:00", "2026-03-10 15:20"),
        ({"country": "IT"}, "chat", False, "2026-12-24 17:50", "2026-12-28 10:10"),
        ({"closures": (Closure(date(2026, 3, 10), date(2026, 3, 23)),)}, "chat", False, "2026-03-10 15:00",
         "2026-03-24 10:20"),
        ({"closures": (Closure(date(2026, 3, 10), date(2026, 3, 23)),)}, "chat", False, "2026-03-10 10:19", None),
    ],
)  # fmt: skip
def test_answer_by(changes: dict[str, Any], kind: str, urgent: bool, now: str, expected: str | None) -> None:
    promised = promises.answer_by(desk_client(**changes), kind, at(now), urgent=urgent)
    assert promised == (at(expected) if expected else None)


@given(
    st.data(),
    st.sampled_from(ZONES),
    st.sampled_from(CHANGES),
    st.integers(0, 2 * DAY),
    st.integers(1, 300),
    st.booleans(),
)
def test_a_promise_counts_the_minutes_somebody_answers(
    data: st.DataObject, zone: str, day: date, offset: int, minutes: int, urgent: bool
) -> None:
    client = desk_client(
        timezone=zone,
        hours=data.draw(weeks()),
        closures=data.draw(closures(day)),
        coverage=data.draw(coverages()),
        answer_within={"default": minutes},
    )
    now = at(f"{day - timedelta(days=1)} 00:00") + timedelta(minutes=offset)
    assert promises.answer_by(client, "chat", now, urgent=urgent) == _minute_by_minute(client, now, minutes, urgent)


def _minute_by_minute(client: Client, now: datetime, minutes: int, urgent: bool) -> datetime | None:
    moment, is_open = now, open_by_the_wall(client)
    for _ in range(14 * DAY):
        answers = (urgent or is_open(moment)) and covered_by_the_wall(client, moment)
        moment += timedelta(minutes=1)
        minutes -= answers
        if not minutes:
            return moment
    return None


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("2026-03-10 15:00", "2026-03-11 15:00", "2026-03-10 17:00"),
        ("2026-03-10 17:00", "2026-03-11 15:00", "2026-03-11 11:00"),
        ("2026-03-10 17:00", "2026-03-11 09:30", "2026-03-11 09:30"),  # never past what it is about
        ("2026-03-10 15:00", "2026-03-10 17:00", "2026-03-10 17:00"),
    ],
)
def test_decide_by(now: str, before: str, expected: str) -> None:
    assert promises.decide_by(desk_client(), at(now), at(before)) == at(expected)


def test_a_decision_nobody_can_take_falls_due_with_what_it_is_about() -> None:
    client = desk_client(coverage=())
    assert promises.decide_by(client, at("2026-03-10 15:00"), at("2026-05-10 15:00")) == at("2026-05-10 15:00")


@pytest.mark.parametrize(
    ("moment", "latest", "expected"),
    [
        ("2026-03-10 15:20", None, "2026-03-10 15:20"),
        ("2026-03-10 15:20:00.000001", None, "2026-03-10 15:25"),
        ("2026-03-10 15:16", None, "2026-03-10 15:20"),
        ("2026-03-10 23:59", None, "2026-03-11 00:00"),
        ("2026-03-10 15:16", "2026-03-10 15:18", "2026-03-10 15:18"),
        ("2026-03-10 15:16", "2026-03-10 15:30", "2026-03-10 15:20"),
    ],
)
def test_said_by(moment: str, latest: str | None, expected: str) -> None:
    assert promises.said_by(at(moment), at(latest) if latest else None) == at(expected)


def test_the_hours_of_the_desk_are_not_moved_by_the_clients_clock() -> None:
    """Ada answers from 9 in Warsaw, which is 8 in Dublin, before and after both clocks change."""
    desk = tuple(Cover("ada", day, 540, 600, "Europe/Warsaw") for day in range(7))
    always = tuple(Hours(day, 0, DAY) for day in range(7))
    client = desk_client(timezone="Europe/Dublin", coverage=desk, hours=always)
    for day in ("2026-03-28", "2026-03-29", "2026-10-25"):
        asked, promised = at(f"{day} 00:00", "Europe/Dublin"), at(f"{day} 08:20", "Europe/Dublin")
        assert promises.answer_by(client, "chat", asked) == promised
