"""Asks Telegram who a token belongs to, for the doctor."""

from __future__ import annotations

import aiohttp
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.parse import NAME
from bot.channels.telegram.request import SharedRequest
from storage.clients import Account


async def trouble_of(session: aiohttp.ClientSession, api: str, account: Account, token: str) -> str | None:
    """None where the network of this account answers to its token, else what is wrong (never the token)."""
    if account.channel != NAME:
        return None
    request = SharedRequest(session)
    bot = Bot(token, base_url=f"{api}/bot", request=request, get_updates_request=request)
    try:
        await bot.get_me()
    except InvalidToken:
        return "Telegram refuses the token"
    except TelegramError as error:
        return f"Telegram does not answer ({type(error).__name__})"
    return None
