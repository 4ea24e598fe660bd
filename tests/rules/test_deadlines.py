"""Until when, and when words that nobody asked for may be sent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import deadlines
from bot.values import DAY
from tests.rules.clients import CHANGES, ZONES, a_client, a_service, at, wall

NIGHT = (21 * 60, 8 * 60)
NOON = (13 * 60, 15 * 60)


@pytest.mark.parametrize(
    ("until", "now", "expected"),
    [
        (24 * 60, "2026-03-09 15:00", True),  # "until 15:00" holds 15:00
        (24 * 60, "2026-03-09 15:00:01", False),
        (0, "2026-03-10 15:00", True),
        (60, "2026-03-10 14:30", False),
    ],
)
def test_in_time(until: int, now: str, expected: bool) -> None:
    assert deadlines.in_time(a_service(cancel_until=until), at("2026-03-10 15:00"), at(now)) == expected


def test_a_days_notice_is_24_hours_also_over_a_change_of_the_clock() -> None:
    until = deadlines.cancel_until(a_service(cancel_until=DAY), at("2026-03-29 15:00"))
    assert until == at("2026-03-28 14:00")


@pytest.mark.parametrize(
    ("quiet", "reminders", "starts", "now", "expected"),
    [
        (NIGHT, (1440, 120), "2026-03-10 15:00", "2026-03-01 12:00", ("2026-03-09 15:00", "2026-03-10 13:00")),
        (NIGHT, (120,), "2026-03-10 08:30", "2026-03-01 12:00", ("2026-03-09 20:45",)),  # 6:30: the evening before
        (NIGHT, (120,), "2026-03-10 10:00", "2026-03-01 12:00", ("2026-03-10 08:00",)),  # quiet ends at 8:00
        (NIGHT, (120,), "2026-03-10 23:00", "2026-03-01 12:00", ("2026-03-10 20:45",)),  # and begins at 21:00
        (NIGHT, (120,), "2026-03-10 22:59", "2026-03-01 12:00", ("2026-03-10 20:59",)),
        (NIGHT, (120,), "2026-03-10 08:30", "2026-03-09 22:00", ()),  # the evening has passed: no reminder, no noise
        (NIGHT, (1440, 120), "2026-03-10 15:00", "2026-03-10 10:00", ("2026-03-10 13:00",)),
        (NIGHT, (120,), "2026-03-10 15:00", "2026-03-10 13:00", ()),
        (NIGHT, (120, 60), "2026-03-10 08:30", "2026-03-01 12:00", ("2026-03-09 20:45",)),  # two that fall together
        (NIGHT, (), "2026-03-10 15:00", "2026-03-01 12:00", ()),
        (NOON, (60,), "2026-03-10 15:00", "2026-03-01 12:00", ("2026-03-10 12:45",)),
        ((0, 0), (120,), "2026-03-10 05:00", "2026-03-01 12:00", ("2026-03-10 03:00",)),  # no quiet hours
        ((480, 475), (60,), "2026-03-10 12:00", "2026-03-01 12:00", ("2026-03-10 07:55",)),  # five minutes a day
    ],
)
def test_reminder_times(
    quiet: tuple[int, int], reminders: tuple[int, ...], starts: str, now: str, expected: tuple[str, ...]
) -> None:
    client = a_client(quiet=quiet, reminders=reminders)
    assert deadlines.reminder_times(client, at(starts), at(now)) == tuple(at(time) for time in expected)


@pytest.mark.parametrize(
    ("quiet", "moment", "expected"),
    [
        (NIGHT, "2026-03-10 20:59:59", "2026-03-10 20:59:59"),
        (NIGHT, "2026-03-10 21:00", "2026-03-11 08:00"),
        (NIGHT, "2026-03-11 00:30", "2026-03-11 08:00"),
        (NIGHT, "2026-03-11 07:59:59", "2026-03-11 08:00"),
        (NIGHT, "2026-03-11 08:00", "2026-03-11 08:00"),
        (NIGHT, "2026-03-28 22:00", "2026-03-29 08:00"),
        (NIGHT, "2026-10-24 22:00", "2026-10-25 08:00"),
        (NOON, "2026-03-10 14:00", "2026-03-10 15:00"),
        ((0, 0), "2026-03-10 03:00", "2026-03-10 03:00"),
    ],
)
def test_outside_quiet(quiet: tuple[int, int], moment: str, expected: str) -> None:
    assert deadlines.outside_quiet(a_client(quiet=quiet), at(moment)) == at(expected)


@pytest.mark.parametrize(
    ("minutes", "now", "expected"),
    [
        (60, "2026-03-10 15:00", "2026-03-10 16:00"),
        (60, "2026-03-10 20:00", "2026-03-10 21:00"),
        (60, "2026-03-10 20:30", "2026-03-11 08:30"),
        (60, "2026-03-10 23:00", "2026-03-11 09:00"),
        (60, "2026-03-10 20:30:30", "2026-03-11 08:30:30"),
        (26 * 60, "2026-03-10 08:00", "2026-03-11 21:00"),
        (60, "2026-03-28 20:30", "2026-03-29 08:30"),
    ],
)
def test_offer_until(minutes: int, now: str, expected: str) -> None:
    assert deadlines.offer_until(a_client(quiet=NIGHT, offer_minutes=minutes), at(now)) == at(expected)


CLOCKS = st.sampled_from((0, 90, 120, 150, 180, 480, 1260, 1439)) | st.integers(0, DAY - 1)


@given(st.sampled_from(ZONES), st.sampled_from(CHANGES), CLOCKS, CLOCKS, st.integers(0, 2 * DAY), st.integers(1, 200))
def test_nothing_unasked_is_sent_in_quiet_hours(
    zone: str, day: date, begins: int, ends: int, offset: int, minutes: int
) -> None:
    client = a_client(timezone=zone, quiet=(begins, ends), reminders=(1440, 120, 45), offer_minutes=minutes)
    moment = at(f"{day - timedelta(days=1)} 00:00") + timedelta(minutes=offset)

    def quiet(minute: int) -> bool:
        return begins <= minute < ends if begins <= ends else minute >= begins or minute < ends

    reminders = deadlines.reminder_times(client, moment, moment - timedelta(days=9))
    assert reminders
    assert not any(quiet(wall(zone, time)[1]) for time in reminders)

    asked = deadlines.outside_quiet(client, moment)
    waited = int((asked - moment).total_seconds()) // 60
    assert not quiet(wall(zone, asked)[1])
    assert all(quiet(wall(zone, moment + timedelta(minutes=minute))[1]) for minute in range(waited))

    until = deadlines.offer_until(client, moment)
    spent = [wall(zone, moment + timedelta(minutes=m))[1] for m in range(int((until - moment).total_seconds()) // 60)]
    assert sum(not quiet(minute) for minute in spent) == minutes
    assert not quiet(spent[-1])
