"""Troubles on demand."""

import asyncio

import aiohttp
import pytest
from telegram.error import NetworkError, RetryAfter
from telegram.ext import ExtBot

from sandbox.telegram import Person, Telegram
from tests.sandbox.conftest import TOKEN, Api


async def test_too_many_requests(telegram: Telegram, bot: ExtBot[None], api: Api, anna: Person) -> None:
    fault = telegram.fail("sendMessage", anna.id, 429, retry_after=3)
    answer = await api("sendMessage", chat_id=anna.id, text="x")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert (await bot.send_message(anna.id, "x")).text == "x"
    assert fault.hits == 1
    telegram.fail(code=429, retry_after=1)
    with pytest.raises(RetryAfter):
        await bot.get_me()


async def test_a_fault_meets_only_its_chat_its_bot_and_its_method(
    telegram: Telegram, bot: ExtBot[None], anna: Person
) -> None:
    telegram.add_bot("12:bike", "bike_bot")
    piotr = telegram.person(TOKEN, "Piotr")
    piotr.start()
    telegram.fail("sendMessage", anna.id, 502, times=None)
    telegram.fail("getMe", bot="12:bike", times=None)
    await bot.send_message(piotr.id, "x")
    await bot.get_me()
    await bot.send_chat_action(anna.id, "typing")
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.send_message(anna.id, "x")
    telegram.lift_faults()
    await bot.send_message(anna.id, "x")


async def test_a_held_call_waits_and_others_pass(telegram: Telegram, bot: ExtBot[None], anna: Person) -> None:
    piotr = telegram.person(TOKEN, "Piotr")
    piotr.start()
    fault = telegram.hold("sendMessage", anna.id)
    held = asyncio.create_task(bot.send_message(anna.id, "slow"))
    await fault.reached()
    await bot.send_message(piotr.id, "quick")
    assert not held.done()
    assert anna.unread() == []
    fault.release()
    assert (await held).text == "slow"


async def test_a_slow_call_is_taken_in_the_end(telegram: Telegram, bot: ExtBot[None], anna: Person) -> None:
    fault = telegram.slow("sendMessage", seconds=0.01)
    assert (await bot.send_message(anna.id, "x")).text == "x"
    assert fault.hits == 1


@pytest.mark.parametrize("after_taking", [False, True])
async def test_a_dropped_connection(telegram: Telegram, url: str, anna: Person, after_taking: bool) -> None:
    telegram.drop("sendMessage", after_taking=after_taking)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await session.post(f"{url}/bot{TOKEN}/sendMessage", json={"chat_id": anna.id, "text": "x"})
    assert len(anna.unread()) == (1 if after_taking else 0)
    assert telegram.calls[-1].code == 0
