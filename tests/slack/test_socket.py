"""Socket Mode: without a public address everything comes over a connection of ours."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot import app
from bot.delivery import UNPACED
from bot.secrets import vault
from sandbox.slack import Member
from storage.types import dump
from tests.slack.abilities import HEARD
from tests.slack.house import SECRET, House, seen
from tests.slack.test_road import FORM, POSTED

APP_TOKEN = "xapp-1-shop"


@pytest.fixture
async def connected(house: House) -> House:
    """The shop's account has an app token as well."""
    from storage.database import open_database

    house.space.app_token = APP_TOKEN
    keys = vault(house.settings.database_url, house.settings.keys)
    sealed = {"app_token": keys.seal(APP_TOKEN).cipher, "signing_secret": keys.seal(SECRET).cipher}
    settings = dump({"channel": "#desk", "sealed": sealed})
    database = open_database(house.settings.database_url)
    await database.transact(lambda write: write.execute(text("update account set settings = :s"), {"s": settings}))
    await database.close()
    return house


async def test_everything_comes_over_a_socket_and_again_after_it_broke(
    connected: House, anna: Member, bruno: Member
) -> None:
    house = connected
    postman = house.slack.postmen[house.space.token]
    async with app.running(house.settings, pace=UNPACED, clock=lambda: house.now):
        await house.slack.bell.until(lambda: postman.sockets)
        anna.command("/va", "desk", "book me a train")
        await house.slack.bell.until(lambda: anna.modal)
        anna.submit(title="Train", kind="Alpha")
        await house.slack.bell.until(lambda: [one for one in anna.channel("desk").messages if one.labels])
        assert [one for one in seen(anna) if one.startswith(("opened: A task / What: book", "posted"))] == [
            FORM,
            POSTED,
        ]
        await postman.sockets[0].close()
        await house.slack.bell.until(lambda: postman.sockets)
        bruno.write(f"<@{house.space.bot.id}> hello", "desk")
        await house.slack.bell.until(lambda: [one for one in HEARD if one[1] == "hello"])
