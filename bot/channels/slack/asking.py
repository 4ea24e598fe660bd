"""Asks Slack who a token belongs to and whether we can write where we should, for the doctor."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.errors import ACCOUNT, TROUBLES, code_of
from bot.channels.slack.parse import NAME
from storage.clients import Account

TIMEOUT = 10


async def trouble_of(session: aiohttp.ClientSession, api: str, account: Account, token: str) -> str | None:
    """None where the workspace of this account answers to its token and has its channel, else what is wrong."""
    if account.channel != NAME:
        return None
    client = AsyncWebClient(token, base_url=api, timeout=TIMEOUT, session=session, retry_handlers=[])
    client.proxy = None
    try:
        await client.auth_test()
        return await channel_trouble(client, str(account.settings.get("channel") or ""))
    except SlackApiError as error:
        code = code_of(error)
        return f"Slack refuses the token ({code})" if code in ACCOUNT else f"Slack answers {code}"
    except TROUBLES as error:
        return f"Slack does not answer ({type(error).__name__})"


async def channel_trouble(client: AsyncWebClient, channel: str) -> str | None:
    """What is wrong with the client's channel."""
    if not channel:
        return "no channel is named for what its team shall see"
    cursor = ""
    while True:
        page = await client.conversations_list(
            types="public_channel,private_channel", exclude_archived=False, limit=1000, cursor=cursor or None
        )
        for one in page["channels"]:
            if channel in {one["id"], one["name"], f"#{one['name']}"}:
                if one.get("is_archived"):
                    return f"the channel {channel} is archived"
                return None if one.get("is_member") else f"the app is not in {channel}: invite it there"
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return f"there is no channel {channel} that the app sees: make it, or invite the app there"
