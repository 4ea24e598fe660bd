"""Who is alerted when: her quiet hours, her kinds, and that she is not at the page anyway."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.office.alerts import hears, wakes_at
from storage.links import Linked

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # noon in Rome
NIGHT = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # half past eleven
GIULIA = Linked(1, "Giulia", "it", "Europe/Rome", 1, 1, ("chat", "task"), (22 * 60, 7 * 60), None)


@pytest.mark.parametrize(
    ("quiet", "now", "wakes"),
    [
        ((22 * 60, 7 * 60), NOON, NOON),
        ((22 * 60, 7 * 60), NIGHT, datetime(2026, 11, 24, 6, 0, tzinfo=UTC)),
        ((22 * 60, 7 * 60), NIGHT + timedelta(hours=3), datetime(2026, 11, 24, 6, 0, tzinfo=UTC)),
        ((11 * 60, 14 * 60), NOON, datetime(2026, 11, 23, 13, 0, tzinfo=UTC)),
        ((11 * 60, 0), NOON, datetime(2026, 11, 23, 23, 0, tzinfo=UTC)),
        ((0, 0), NIGHT, NIGHT),
        ((22 * 60, 7 * 60), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
    ],
)
def test_her_quiet_hours_end_on_her_own_clock(quiet: tuple[int, int], now: datetime, wakes: datetime) -> None:
    assert wakes_at(replace(GIULIA, quiet=quiet), now) == wakes


def test_she_hears_of_her_kinds_while_she_is_awake_and_elsewhere() -> None:
    assert hears(GIULIA, "chat", NOON)
    assert not hears(GIULIA, "order", NOON)
    assert not hears(GIULIA, "chat", NIGHT)
    assert not hears(replace(GIULIA, seen_at=NOON - timedelta(minutes=1)), "chat", NOON)
    assert hears(replace(GIULIA, seen_at=NOON - timedelta(minutes=10)), "chat", NOON)
