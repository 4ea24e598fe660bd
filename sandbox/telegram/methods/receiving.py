"""The methods by which a bot hears: who it is, its updates, its webhook, files."""

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram.bots import Bot
from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.fields import Fields
from sandbox.telegram.files import MAX_DOWNLOAD
from sandbox.telegram.methods.registry import Described, method
from sandbox.telegram.webhook import Webhook

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@method("getMe")
async def get_me(bot: Bot, fields: Fields) -> object:
    """The bot itself."""
    return bot.user | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getUpdates", "offset", "limit", "timeout", "allowed_updates")
async def get_updates(bot: Bot, fields: Fields) -> object:
    """The updates that wait, held back up to `timeout` seconds while there are none."""
    _allow(bot, fields)
    limit = fields.integer("limit")
    limit = 100 if limit is None or not 1 <= limit <= 100 else limit
    timeout = min(max(fields.integer("timeout") or 0, 0), 50)
    return await bot.updates.poll(fields.integer("offset"), limit, timeout)


@method("setWebhook", "url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates")
async def set_webhook(bot: Bot, fields: Fields) -> object:
    """Have updates posted to an address: https, or http on loopback; an empty one ends it."""
    url, secret = fields.text("url") or "", fields.text("secret_token") or ""
    if not url:
        return await delete_webhook(bot, fields)
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = fields.integer("max_connections") or 40
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    _allow(bot, fields)
    old = bot.updates.webhook
    drop = fields.flag("drop_pending_updates")
    if old and (old.url, old.secret, old.connections) == (url, secret, connections) and not drop:
        return Described(True, "Webhook is already set")
    webhook = Webhook(url, secret, connections, bot.clock, bot.retry_pause, bot.bell)
    await bot.updates.set_webhook(webhook, drop=drop)
    return Described(True, "Webhook was set")


@method("deleteWebhook", "drop_pending_updates")
async def delete_webhook(bot: Bot, fields: Fields) -> object:
    """Post nowhere; what waits stays for getUpdates unless it is dropped."""
    was = bot.updates.webhook
    await bot.updates.set_webhook(None, drop=fields.flag("drop_pending_updates"))
    return Described(True, "Webhook was deleted" if was else "Webhook is already deleted")


@method("getWebhookInfo")
async def get_webhook_info(bot: Bot, fields: Fields) -> object:
    """The webhook, what waits for it, and its last trouble."""
    webhook = bot.updates.webhook
    info: dict[str, Any] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(bot.updates.pending),
    }
    if webhook:
        info["max_connections"] = webhook.connections
        if webhook.error:
            info["last_error_date"], info["last_error_message"] = webhook.error
    if bot.updates.allowed:
        info["allowed_updates"] = bot.updates.allowed
    return info


@method("getFile", "file_id")
async def get_file(bot: Bot, fields: Fields) -> object:
    """Where to download a file; over 20 MB there is no way."""
    file_id = fields.text("file_id") or ""
    try:
        file = bot.files.get(file_id)
    except ApiError:
        raise bad_request("invalid file_id") from None
    if file.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return file.json() | {"file_path": file.path}


def _allow(bot: Bot, fields: Fields) -> None:
    allowed = fields.structure("allowed_updates", list)
    if allowed is not None:
        bot.updates.allowed = [str(kind) for kind in allowed]
