"""The road of a workspace over PostgreSQL."""

from __future__ import annotations

import pytest

from sandbox.slack import Member
from tests.slack import test_faults, test_road
from tests.slack.house import House


@pytest.fixture
def house_url(postgres_url: str) -> str:
    """PostgreSQL, in place of SQLite."""
    return postgres_url


async def test_the_road(house: House, anna: Member, bruno: Member) -> None:
    await test_road.test_a_press_edits_the_post_and_writes_in_its_thread(house, anna, bruno)


async def test_an_erasure(house: House, anna: Member) -> None:
    await test_faults.test_an_erased_customer_leaves_no_post_behind(house, anna)
