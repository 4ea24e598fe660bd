"""What the clock does every night it does once a night, also where the hour comes twice or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.office import privacy
from tests.rules.clients import CHANGES, ZONES, a_client


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("change", CHANGES)
def test_every_night_has_one(zone: str, change: date) -> None:
    client = a_client(timezone=zone)
    now = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(days=2)
    nights = [now]
    for _ in range(5):
        nights.append(privacy.tonight(client, nights[-1]).astimezone(UTC))
    assert all(one < other for one, other in pairwise(nights))
    shown = [client.local(one) for one in nights[1:]]
    assert {one.time() for one in shown} == {privacy.NIGHT}
    assert [one.date() - shown[0].date() for one in shown] == [timedelta(days=number) for number in range(5)]
