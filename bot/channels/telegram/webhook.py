"""The webhook: where Telegram posts, how we know that it is Telegram, and what it is answered."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from bot.channels.telegram.parse import TAKEN
from bot.channels.telegram.request import read_json
from bot.channels.telegram.served import Served
from bot.secrets import Vault
from storage import account_state
from storage.database import Busy, Database, Unavailable

log = logging.getLogger("centralino.telegram")

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
Find = Callable[[str], Awaitable[Served | None]]


def secret_of(vault: Vault, account: str) -> str:
    """What Telegram has to show to post for an account."""
    return vault.mac("telegram webhook", account)


def route(find: Find) -> web.RouteDef:
    """The route that all bots share."""

    async def post(request: web.Request) -> web.Response:
        served = await find(request.match_info["account"])
        if served is None:
            return web.Response(status=404)
        shown = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(shown, served.secret.encode()):
            return web.Response(status=403)
        return web.Response(status=await taken(served, await request.read()))

    return web.post("/telegram/{account}", post)


async def taken(served: Served, body: bytes) -> int:
    """Takes what was posted, and gives the status: 200 once it is committed, else the reason to post it again."""
    try:
        update, press = served.read(read_json(body))
    except (ValueError, RecursionError):  # no JSON, or NotAnUpdate
        return 400
    try:
        await served.take(update, press)
    except Busy:
        return 503
    except Unavailable as error:
        log.warning("an update for %s has to come again: %s", served.account.name, error)
        return 500
    except Exception:
        log.exception("an update for %s could not be taken", served.account.name)
        return 500
    return 200


async def point(served: Served, database: Database, vault: Vault, public_url: str) -> None:
    """Has Telegram post to us, unless it does so already. Raises TelegramError."""
    account = served.account
    where = f"{public_url}/telegram/{account.name}"
    digest = vault.mac("digest", served.secret)
    if (account.address, account.secret) == (where, digest):
        return
    await served.bot.set_webhook(where, secret_token=served.secret, allowed_updates=TAKEN)
    await database.transact(lambda write: account_state.note_webhook(write, account.id, where, digest))
    log.info("telegram posts to %s", where)


async def withdraw(served: Served, database: Database) -> None:
    """Has Telegram post nowhere, so that the bot can be polled. Raises TelegramError."""
    await served.bot.delete_webhook()
    await database.transact(lambda write: account_state.note_webhook(write, served.account.id, "", ""))
