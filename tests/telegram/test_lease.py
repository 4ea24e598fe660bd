"""Two processes over one PostgreSQL: one of them polls."""

from typing import Any

import pytest

from bot import app
from bot.channels.telegram import polling
from sandbox.telegram import Person
from tests.telegram.house import House


@pytest.fixture
def house_url(migrated_postgres: str) -> str:
    """SQLite has one process."""
    return migrated_postgres


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another's lease is looked at again soon."""
    monkeypatch.setattr(polling, "TAKEN_ELSEWHERE", 0.01)


async def test_one_process_polls_and_another_takes_over_when_it_stops(house: House, anna: Person) -> None:
    async with app.running(house.settings) as second:
        async with house.running():
            anna.start()
            await anna.bot.updates.drained()
            rows = await second.database.read(lambda rows: rows.exec_driver_sql("select polled_by from account").all())
            assert len(rows) == 1
            assert rows[0][0]
        anna.command("say", "still here")
        await anna.bot.updates.drained()
    assert await _polled_by(house) == [("",)]


async def _polled_by(house: House) -> list[tuple[Any, ...]]:
    async with house.built():
        return await house.rows("select polled_by from account")
