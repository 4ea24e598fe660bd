"""The HTTP under python-telegram-bot: one session for all, which nobody closes; errors that name no address."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram import InputFile
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.app import shared_session
from bot.channels.telegram import request
from bot.channels.telegram.request import Flooded, SharedRequest
from sandbox.telegram import Telegram
from tests.telegram.house import TOKEN


@pytest.fixture
async def url(telegram: Telegram) -> AsyncIterator[str]:
    async with telegram.serve() as url:
        yield url


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with shared_session() as session:
        yield session


def bot_at(url: str, session: aiohttp.ClientSession) -> ExtBot[None]:
    shared = SharedRequest(session)
    return ExtBot(TOKEN, base_url=f"{url}/bot", request=shared, get_updates_request=shared)


async def test_the_session_outlives_its_bots(url: str, session: aiohttp.ClientSession) -> None:
    async with bot_at(url, session) as one:
        assert one.username == "shop_bot"
    async with bot_at(url, session) as two:
        assert two.username == "shop_bot"
    assert not session.closed


async def test_a_file_is_sent_with_its_name_and_words(
    url: str, session: aiohttp.ClientSession, telegram: Telegram
) -> None:
    anna = telegram.person(TOKEN)
    anna.start()
    document = InputFile("zażółć".encode(), filename="gęślą jaźń.ics")
    await bot_at(url, session).send_document(anna.id, document, caption="ąę")
    assert anna.last.file is not None
    assert (anna.last.file.name, anna.last.file.data.decode()) == ("gęślą jaźń.ics", "zażółć")


@pytest.mark.parametrize(
    ("code", "retry_after", "kind"),
    [(400, None, BadRequest), (429, 7, Flooded), (429, None, Flooded), (502, None, NetworkError)],
)
async def test_a_refusal_is_an_error_of_its_kind(
    url: str, session: aiohttp.ClientSession, telegram: Telegram, code: int, retry_after: int | None, kind: type
) -> None:
    telegram.fail("getMe", code=code, retry_after=retry_after)
    with pytest.raises(kind) as caught:
        await bot_at(url, session).get_me()
    if isinstance(caught.value, Flooded):
        assert caught.value.seconds == (retry_after or 1)


async def test_no_error_names_the_address(
    url: str, session: aiohttp.ClientSession, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[TelegramError] = []
    telegram.drop("getMe")
    for at in (url, "http://127.0.0.1:1", "http://[broken"):
        with pytest.raises(NetworkError) as caught:
            await bot_at(at, session).get_me()
        errors.append(caught.value)
    monkeypatch.setattr(request, "READ_TIMEOUT", 0.0)
    monkeypatch.setattr(request, "CONNECT_TIMEOUT", 0.01)
    held = telegram.hold("getMe")
    with pytest.raises(TimedOut) as late:
        await bot_at(url, session).get_me()
    held.release()
    for error in (*errors, late.value):
        assert TOKEN not in repr(error) + repr(error.__cause__)
    await asyncio.sleep(0)
