"""A Telegram with one bot on loopback, a client library that calls it, and a bare caller beside it."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from telegram.ext import ExtBot

from sandbox.telegram import Person, Telegram

TOKEN = "11:dent"
Api = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


@pytest.fixture
def telegram() -> Telegram:
    """A Telegram that knows one bot, and tries webhooks again quickly."""
    telegram = Telegram(retry_pause=0.001)
    telegram.add_bot(TOKEN, "dent_bot", "Dentist")
    return telegram


@pytest.fixture
async def url(telegram: Telegram) -> AsyncIterator[str]:
    """Its address."""
    async with telegram.serve() as url:
        yield url


@asynccontextmanager
async def driven(url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ExtBot[None]]:
    """The bot as python-telegram-bot drives it, durations as it will give them in its next version."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with ExtBot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
        yield bot


@pytest.fixture
async def bot(url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ExtBot[None]]:
    """The bot, driven."""
    async with driven(url, monkeypatch) as bot:
        yield bot


@pytest.fixture
async def api(url: str) -> AsyncIterator[Api]:
    """Call a method with a JSON body; the answer is the parsed body."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, token: str = TOKEN, **fields: Any) -> dict[str, Any]:
            async with session.post(f"{url}/bot{token}/{method}", json=fields) as response:
                body: dict[str, Any] = await response.json()
                assert body["ok"] is (response.status == 200)
                assert body.get("error_code", 200) == response.status
                return body

        yield call


@pytest.fixture
def anna(telegram: Telegram, url: str) -> Person:
    """Somebody who has started the bot, and whose update is already confirmed."""
    anna = telegram.person(TOKEN, "Anna", "pl", last_name="Nowak")
    anna.start()
    anna.bot.updates.pending.clear()
    return anna
