"""The house as a whole: its roles, its start and its end."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot import app
from sandbox.telegram import Person
from storage.database import Occupied
from tests.telegram.house import House, said


async def test_a_stop_finishes_the_turn_and_the_send_in_hand(house: House, anna: Person) -> None:
    held = house.telegram.hold("sendMessage")
    async with house.running():
        first, second = anna.command("say", "one"), anna.command("say", "two")
        await held.reached()
        stopping = asyncio.create_task(house.app.stop())
        await asyncio.sleep(0)
        held.release()
        await stopping
        house.app.stop = closed  # type: ignore[method-assign]
    assert first["update_id"] < second["update_id"]
    assert said(anna)[:1] == ["one"]
    async with house.built():
        await house.app.settle()
        assert await house.rows("select distinct state from job") == [("done",)]


async def closed() -> None:
    """It was stopped already."""


async def test_sqlite_serves_one_process(house: House) -> None:
    async with house.running():
        with pytest.raises(Occupied):
            await app.build(house.settings, alone=True)


async def test_an_address_in_use_is_an_error_and_leaves_nothing_open(house: House) -> None:
    async with house.built() as first:
        assert first.runner is not None
        host, port = first.runner.addresses[0][:2]
        house.settings = house.settings.model_copy(update={"listen": (host, port)})
        with pytest.raises(OSError, match="in use"):
            async with app.running(house.settings):
                pass
    again = await app.build(house.settings, alone=True)
    await again.stop()


class TestRoles:
    """On PostgreSQL what networks bring and what leaves may be the work of two processes."""

    @pytest.fixture
    def house_url(self, migrated_postgres: str) -> str:
        return migrated_postgres

    async def test_one_process_listens_and_another_sends(self, house: House, anna: Person) -> None:
        async with (
            app.running(house.settings, role="web") as web,
            app.running(house.settings, role="delivery") as delivery,
        ):
            anna.start()
            assert (await anna.hears()).message.text == "Hello Anna"  # type: ignore[union-attr]
            assert delivery.runner is None
            async with aiohttp.ClientSession() as session, session.get(f"{web.url}/health") as response:
                assert response.status == 200

    async def test_who_only_listens_sends_nothing(self, house: House, anna: Person) -> None:
        async with app.running(house.settings, role="web") as web:
            anna.start()
            await anna.bot.updates.drained()
            assert said(anna) == []
            states: list[Any] = await web.database.read(
                lambda rows: [row[0] for row in rows.exec_driver_sql("select state from job")]
            )
            assert states == ["due"]
