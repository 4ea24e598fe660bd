"""How updates reach a bot: by polling and by webhook."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from telegram.error import Conflict
from telegram.ext import ExtBot

from sandbox.telegram import Person, Telegram
from tests.sandbox.conftest import Api

Taken = list[tuple[dict[str, Any], str | None]]


def ids(updates: Any) -> list[int]:
    return [update.update_id for update in updates]


async def test_polling_confirms_by_offset(bot: ExtBot[None], anna: Person) -> None:
    first, second, third = (anna.write(text)["update_id"] for text in "abc")
    assert ids(await bot.get_updates(limit=2)) == [first, second]
    assert ids(await bot.get_updates()) == [first, second, third]
    assert ids(await bot.get_updates(offset=third)) == [third]
    assert ids(await bot.get_updates()) == [third]
    anna.write("d")
    assert ids(await bot.get_updates(offset=-1)) == [third + 1]
    await bot.get_updates(offset=third + 2)
    await anna.bot.updates.drained()


async def test_a_long_poll_waits_for_the_first_update(bot: ExtBot[None], anna: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0)
    update = anna.write("at last")
    assert ids(await poll) == [update["update_id"]]
    assert await bot.get_updates(offset=update["update_id"] + 1, timeout=0) == ()


async def test_a_second_poll_ends_the_first(api: Api, anna: Person) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=50))
    await anna.chat.bell.until(lambda: anna.bot.updates.polled)
    second = asyncio.create_task(api("getUpdates", timeout=50))
    ended = await first
    assert ended["error_code"] == 409
    assert "terminated by other getUpdates request" in ended["description"]
    anna.write("x")
    assert len((await second)["result"]) == 1


async def test_a_webhook_forbids_polling(bot: ExtBot[None], anna: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await anna.chat.bell.until(lambda: anna.bot.updates.polled)
    await bot.set_webhook("http://127.0.0.1:9/nobody")
    with pytest.raises(Conflict, match="setWebhook"):
        await poll
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_only_allowed_kinds_are_queued(bot: ExtBot[None], anna: Person) -> None:
    await bot.get_updates(allowed_updates=["edited_message"])
    anna.write("no")
    anna.edit(anna.write("neither")["message"]["message_id"], "yes")
    (update,) = await bot.get_updates()
    assert update.edited_message is not None
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=[])
    anna.bot.updates.put({"update_id": 1, "chat_member": {}})
    assert anna.bot.updates.pending == []


class Hook:
    """An application with a webhook: keeps what it took, and answers what it was told to."""

    def __init__(self) -> None:
        self.taken: Taken = []
        self.statuses: list[int] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.taken.append((await request.json(), request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def hook(aiohttp_server: Callable[..., Any]) -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    server = await aiohttp_server(app)
    hook.url = str(server.make_url("/hook"))
    yield hook


async def test_a_webhook_gets_updates_in_order_with_the_secret(bot: ExtBot[None], anna: Person, hook: Hook) -> None:
    early = anna.write("before the webhook")
    await bot.set_webhook(hook.url, secret_token="s3cret_-")
    sent = [early, *(anna.write(text) for text in "abc")]
    await anna.bot.updates.drained()
    assert hook.taken == [(update, "s3cret_-") for update in sent]


async def test_a_webhook_is_tried_again_with_the_same_update(bot: ExtBot[None], anna: Person, hook: Hook) -> None:
    hook.statuses = [500, 403, 200]
    await bot.set_webhook(hook.url)
    first, second = anna.write("a"), anna.write("b")
    await anna.bot.updates.drained()
    assert [update["update_id"] for update, _ in hook.taken] == [first["update_id"]] * 3 + [second["update_id"]]
    assert hook.taken[0][1] is None
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"
    assert info.pending_update_count == 0


async def test_each_update_can_be_posted_twice(bot: ExtBot[None], anna: Person, hook: Hook) -> None:
    anna.bot.updates.deliveries = 2
    await bot.set_webhook(hook.url)
    anna.write("a")
    anna.write("b")
    await anna.bot.updates.drained()
    assert [update["message"]["text"] for update, _ in hook.taken] == ["a", "a", "b", "b"]


async def test_webhook_info_counts_what_waits(bot: ExtBot[None], api: Api, anna: Person, hook: Hook) -> None:
    described = await api(
        "setWebhook", url="http://127.0.0.1:9/dead", max_connections=7, allowed_updates=["message", "callback_query"]
    )
    assert described["description"] == "Webhook was set"
    anna.write("a")
    anna.write("b")
    webhook = anna.bot.updates.webhook
    assert webhook is not None
    await anna.chat.bell.until(lambda: webhook.error)
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == ("http://127.0.0.1:9/dead", 2, 7)
    assert info.allowed_updates == ("message", "callback_query")
    assert info.last_error_message == "Connection refused"
    again = await api("setWebhook", url="http://127.0.0.1:9/dead", max_connections=7)
    assert again["description"] == "Webhook is already set"
    await bot.set_webhook(hook.url, drop_pending_updates=True)
    update = anna.write("c")
    await anna.bot.updates.drained()
    assert [taken for taken, _ in hook.taken] == [update]
    assert (await api("setWebhook", url=""))["description"] == "Webhook was deleted"
    assert (await api("deleteWebhook"))["description"] == "Webhook is already deleted"


async def test_shutdown_ends_a_poll_that_waits(telegram: Telegram) -> None:
    bot = telegram.bots["11:dent"]
    poll = asyncio.create_task(bot.updates.poll(None, 100, 50))
    await telegram.bell.until(lambda: bot.updates.polled)
    await telegram.close()
    with pytest.raises(Exception, match="terminated by shutdown"):
        await poll
