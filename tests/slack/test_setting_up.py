"""What it takes to set a workspace up: the manifest of its app, and what the doctor finds."""

from __future__ import annotations

import aiohttp
import pytest

from bot.channels.slack.asking import trouble_of
from bot.channels.slack.manifest import EVENTS, manifest
from storage.clients import accounts, all_clients
from tests.slack.house import TOKEN, House


@pytest.mark.parametrize("url", ["https://desk.example.org", None])
async def test_the_manifest_names_everything_the_channel_needs(house: House, url: str | None) -> None:
    async with house.built() as app:
        [client] = await app.database.read(all_clients)
        made = manifest(client, "shop", url)
        where = "https://desk.example.org/slack/shop"
        settings = made["settings"]
        assert settings["socket_mode_enabled"] is (url is None)
        assert settings["event_subscriptions"].get("request_url") == (where if url else None)
        assert settings["interactivity"].get("request_url") == (where if url else None)
        assert set(EVENTS) == set(settings["event_subscriptions"]["bot_events"])
        assert all(len(one["name"]) <= 24 for one in made["features"]["shortcuts"])
        assert len(made["display_information"]["description"]) <= 140
        assert len(made["display_information"]["name"]) <= 35


async def test_the_doctor_tries_the_token_and_the_channel(house: House) -> None:
    async with house.built() as app, aiohttp.ClientSession() as session:
        [account] = await app.database.read(lambda rows: accounts(rows, "slack"))
        desk = house.space.channel("desk")

        async def found(token: str = TOKEN) -> str | None:
            return await trouble_of(session, house.settings.slack_api, account, token)

        assert await found() is None
        desk.has_app = False
        assert "invite it there" in str(await found())
        desk.has_app, desk.archived = True, True
        assert "archived" in str(await found())
        house.space.channels.clear()
        assert "no channel #desk" in str(await found())
        assert "refuses the token (invalid_auth)" in str(await found("xoxb-wrong"))
        house.space.revoked = "token_revoked"
        assert "token_revoked" in str(await found())
        house.slack.down()
        house.space.revoked = ""
        assert await found() is not None
