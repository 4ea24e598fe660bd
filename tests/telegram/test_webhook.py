"""What the webhook answers: to Telegram, to strangers, to nonsense, and while the database is away."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram.webhook import HEADER
from bot.secrets import vault
from bot.settings import Listen
from sandbox.telegram import Person
from storage.database import Busy, LockTimeout
from tests.telegram.house import TOKEN, House, add_client, said

LARGEST = 1024 * 1024


@pytest.mark.parametrize("secret", ["", "wrong", "ż", "a" * 256])
async def test_a_stranger_is_refused(house: House, anna: Person, secret: str) -> None:
    async with house.built():
        assert await house.post(anna.unsent.start(), secret=secret) == 403
        assert await house.rows("select id from updates") == []


async def test_the_secret_of_one_account_opens_no_other(house: House, anna: Person) -> None:
    async with house.built():
        assert await house.post(anna.unsent.start(), secret=house.app.telegram.secret("other")) == 403


async def test_no_secret_at_all_is_refused(house: House, anna: Person) -> None:
    async with house.built(), aiohttp.ClientSession() as session:
        url = f"{house.app.url}/telegram/shop"
        async with session.post(url, json=anna.unsent.start()) as response:
            assert response.status == 403
        async with session.get(url, headers={HEADER: house.app.telegram.secret("shop")}) as response:
            assert response.status == 405


async def test_an_unknown_account_is_404(house: House, anna: Person) -> None:
    async with house.built():
        assert await house.post(anna.unsent.start(), account="nobody") == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"\xff\xfe",
        b"[]",
        b"7",
        b"null",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 7, "message": 5}',
        b'{"update_id": 7, "message": {}}',
        b'{"update_id": 7, "message": {"message_id": 1, "date": 1e99, "chat": {"id": 1, "type": "private"}}}',
        b'{"update_id": 7, "callback_query": {"id": "1"}}',
        b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_400(house: House, body: bytes) -> None:
    async with house.built():
        assert await house.post(body) == 400
        assert await house.rows("select id from updates") == []


async def test_an_update_that_means_nothing_to_us_is_taken(house: House) -> None:
    async with house.built():
        assert await house.post({"update_id": 7, "poll_answer_of_next_year": {}}) == 200


async def test_a_body_over_a_megabyte_is_413(house: House, anna: Person) -> None:
    update = anna.unsent.start()
    async with house.built():
        body = json.dumps(update).encode()
        assert await house.post(body + b" " * (LARGEST - len(body) + 1)) == 413
        assert await house.post(body + b" " * (LARGEST - len(body))) == 200


@pytest.mark.parametrize(
    ("error", "status"), [(Busy("full"), 503), (LockTimeout("held"), 500), (ValueError("bug"), 500)]
)
async def test_what_is_not_committed_is_not_acknowledged(
    house: House, anna: Person, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    update = anna.unsent.start()
    async with house.built():

        async def fail(update: Any) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(house.app.door, "handle", fail)
            assert await house.post(update) == status
        await house.take(update)
        assert said(anna) == ["Hello Anna"]


async def test_the_answer_waits_for_the_commit(house: House, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house.built():
        committed, entered, handle = asyncio.Event(), asyncio.Event(), house.app.door.handle

        async def slow(update: Any) -> Any:
            reply = await handle(update)
            entered.set()
            await committed.wait()
            return reply

        monkeypatch.setattr(house.app.door, "handle", slow)
        posting = asyncio.create_task(house.post(anna.unsent.start()))
        await entered.wait()
        await asyncio.sleep(0)
        assert not posting.done()
        committed.set()
        assert await posting == 200


async def test_a_client_loaded_a_moment_ago_is_served_and_a_removed_one_is_not(house: House) -> None:
    house.telegram.add_bot("12:new", "new_bot")
    ewa = house.telegram.person("12:new", "Ewa")
    key = house.settings.keys
    async with house.built():
        token = vault(house.settings.database_url, key).seal("12:new").cipher
        await house.app.database.transact(lambda write: add_client(write, "new", token))
        assert await house.post(ewa.unsent.start(), account="new") == 200
        await house.app.settle()
        assert said(ewa) == ["Hello Ewa"]
        await house.app.database.transact(lambda write: write.exec_driver_sql("update account set active = false"))
        await house.app.telegram.refresh()
        assert await house.post(ewa.unsent.start(), account="new") == 404


async def test_the_database_is_part_of_health(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house.built(), aiohttp.ClientSession() as session:
        async with session.get(f"{house.app.url}/health") as response:
            ready = {"status": "ok", "process": "alive", "database": "ready"}
            assert (response.status, await response.json()) == (200, ready)

        async def fail(work: Any) -> None:
            raise LockTimeout("held")

        with monkeypatch.context() as patch:
            patch.setattr(house.app.database, "transact", fail)
            async with session.get(f"{house.app.url}/health") as response:
                assert response.status == 503


# --- in the background ------------------------------------------------------------------------------------------------


def settings_of_webhook(house: House, url: str) -> None:
    house.settings = house.settings.model_copy(update={"public_url": url})


async def test_telegram_posts_to_us_and_all_runs_by_itself(house: House, anna: Person, unused_tcp_port: int) -> None:
    settings_of_webhook(house, f"http://127.0.0.1:{unused_tcp_port}")
    house.settings = house.settings.model_copy(update={"listen": Listen("127.0.0.1", unused_tcp_port)})
    async with house.running():
        anna.start()
        assert (await anna.hears()).message.text == "Hello Anna"  # type: ignore[union-attr]
        await anna.bot.updates.drained()
        await house.telegram.bell.until(lambda: anna.bot.texts)
        assert anna.bot.updates.webhook is not None
    assert anna.bot.updates.webhook is not None  # it stays: updates wait for the next start
    anna.command("say", "still there?")
    calls = len([call for call in house.telegram.calls if call.method == "setWebhook"])
    async with house.running():
        assert (await anna.hears()).message.text == "still there?"  # type: ignore[union-attr]
    assert [call.method for call in house.telegram.calls].count("setWebhook") == calls == 1


async def test_the_webhook_is_set_again_only_when_its_address_changes(house: House) -> None:
    bot = house.telegram.bots[TOKEN]

    def posted_to(where: str) -> Callable[[], bool]:
        return lambda: bot.updates.webhook is not None and bot.updates.webhook.url == where

    for url in ("http://127.0.0.1:1", "http://127.0.0.1:1", "http://127.0.0.1:2"):
        settings_of_webhook(house, url)
        async with house.running():
            await house.telegram.bell.until(posted_to(f"{url}/telegram/shop"))
    assert [call.fields["url"] for call in house.telegram.calls if call.method == "setWebhook"] == [
        "http://127.0.0.1:1/telegram/shop",
        "http://127.0.0.1:2/telegram/shop",
    ]
