"""Long polling: what is confirmed is committed, one process polls, and troubles pass."""

import asyncio
from typing import Any

import pytest

from bot.channels import accounts
from bot.channels.telegram import polling
from sandbox.telegram import Person
from storage.database import LockTimeout
from tests.telegram.house import TOKEN, House, said


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses after troubles are short."""
    monkeypatch.setattr(polling, "grown", lambda pause: 0.01)
    monkeypatch.setattr(polling, "TAKEN_ELSEWHERE", 0.01)


async def test_updates_are_polled_answered_and_confirmed(house: House, anna: Person) -> None:
    async with house.running():
        anna.start()
        assert (await anna.hears()).message.text == "Hello Anna"  # type: ignore[union-attr]
        await anna.bot.updates.drained()
        anna.command("say", "again")
        assert (await anna.hears()).message.text == "again"  # type: ignore[union-attr]


async def test_a_webhook_that_was_set_is_taken_away(house: House, anna: Person) -> None:
    from sandbox.telegram.webhook import Webhook

    bot = anna.bot
    hook = Webhook("http://127.0.0.1:9/", "", 40, bot.clock, 10, bot.bell)
    await bot.updates.set_webhook(hook)
    async with house.running():
        anna.start()
        assert (await anna.hears()).message.text == "Hello Anna"  # type: ignore[union-attr]
    assert bot.updates.webhook is None


async def test_an_update_is_not_confirmed_before_it_is_committed(
    house: House, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house.running() as app:
        handle, failures, tried = app.door.handle, 3, asyncio.Event()

        async def flaky(update: Any) -> Any:
            nonlocal failures
            if update.name == "say" and failures:
                failures -= 1
                assert anna.bot.updates.pending
                tried.set()
                raise LockTimeout("held")
            return await handle(update)

        monkeypatch.setattr(app.door, "handle", flaky)
        anna.command("say", "one")
        anna.command("say", "two")
        await tried.wait()
        await anna.bot.updates.drained()
        assert failures == 0
        await house.telegram.bell.until(lambda: len(anna.messages) == 4)
        assert said(anna) == ["one", "two"]


async def test_a_slow_chat_holds_up_no_other_of_the_same_batch(
    house: House, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ewa = house.telegram.person(TOKEN, "Ewa")
    anna.start()
    ewa.start()
    released = asyncio.Event()
    from bot.turn import Door

    handle = Door.handle

    async def slow(door: Door, update: Any) -> Any:
        if update.writer.name == "Anna":
            await released.wait()
        return await handle(door, update)

    monkeypatch.setattr(Door, "handle", slow)
    async with house.running():
        assert (await ewa.hears()).message.text == "Hello Ewa"  # type: ignore[union-attr]
        assert len(anna.bot.updates.pending) == 2  # not confirmed, for Anna's is not committed
        released.set()
        assert (await anna.hears()).message.text == "Hello Anna"  # type: ignore[union-attr]
        await anna.bot.updates.drained()


async def test_what_is_no_update_stops_nothing(house: House, anna: Person) -> None:
    anna.bot.updates.put({"update_id": anna.bot.updates.number(), "message": {"text": "no chat"}})
    async with house.running():
        anna.start()
        assert (await anna.hears()).message.text == "Hello Anna"  # type: ignore[union-attr]


@pytest.mark.parametrize("code", [500, 429, 401, 409])
async def test_troubles_pass(house: House, anna: Person, code: int) -> None:
    retry_after = 0 if code == 429 else None
    house.telegram.fail("getUpdates", code=code, times=3, retry_after=retry_after)
    async with house.running():
        anna.start()
        assert (await anna.hears()).message.text == "Hello Anna"  # type: ignore[union-attr]


async def test_a_new_client_is_polled_within_seconds_and_a_removed_one_no_more(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.secrets import vault
    from tests.telegram.house import add_client

    monkeypatch.setattr(accounts, "REFRESH", 0.01)
    house.telegram.add_bot("12:new", "new_bot")
    ewa = house.telegram.person("12:new", "Ewa")
    async with house.running() as app:
        token = vault(house.settings.database_url, house.settings.keys).seal("12:new").cipher
        await app.database.transact(lambda write: add_client(write, "new", token))
        ewa.start()
        assert (await ewa.hears()).message.text == "Hello Ewa"  # type: ignore[union-attr]
        polling = next(task for task in asyncio.all_tasks() if task.get_name() == "poll-new")
        await app.database.transact(
            lambda write: write.exec_driver_sql("update account set active = false where name = 'new'")
        )
        await polling


async def test_a_stop_leaves_nothing_behind(house: House, anna: Person) -> None:
    for _ in range(3):
        async with house.running():
            anna.command("say", "x")
            await anna.hears()
    ours = ("poll", "present", "deliver", "telegram", "job")
    assert [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith(ours)] == []
