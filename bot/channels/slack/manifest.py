"""The manifest of a client's Slack app: what is pasted at api.slack.com to make it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from bot.channels.slack.text import clipped
from bot.i18n import _, plain
from bot.update import Json
from bot.values import Client, Msgid

NAME: Final = 35
"""Letters that the name of an app may have."""
SHORTCUT: Final = 24
COMMAND: Final = "/va"
DELEGATE: Final = _("Delegate to the desk")
DESCRIPTION: Final = _("The assistant of your front desk: delegate, decide, and hear at once what was taken for you.")
COMMAND_SAYS: Final = _("Give the assistant a task, or tell the front desk something")
HINT: Final = _("what is to be done, or help")
SCOPES: Final = (
    "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read", "files:write",
    "groups:history", "groups:read", "im:history", "im:read", "im:write", "reactions:read", "users:read",
)  # fmt: skip
EVENTS: Final = (
    "app_home_opened", "app_mention", "message.channels", "message.groups", "message.im", "reaction_added",
    "user_change",
)  # fmt: skip


def manifest(client: Client, account: str, public_url: str | None) -> Json:
    """The manifest, in the client's first language; without a public address the app uses Socket Mode."""

    def said(message: Msgid, most: int) -> str:
        return clipped(plain(message, {}, client.languages[0], client.zone, datetime.now(UTC)), most)

    url = f"{public_url}/slack/{account}" if public_url else None
    posts: dict[str, Any] = {"request_url": url} if url else {}
    hook: dict[str, Any] = {"url": url} if url else {}
    name = clipped(client.name, NAME)
    shortcut = {"name": said(DELEGATE, SHORTCUT), "callback_id": "delegate", "description": said(DESCRIPTION, 150)}
    command = {
        "command": COMMAND,
        **hook,
        "description": said(COMMAND_SAYS, 100),
        "usage_hint": said(HINT, 100),
        "should_escape": True,
    }
    return {
        "display_information": {"name": name, "description": said(DESCRIPTION, 140)},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name, "always_online": True},
            "shortcuts": [{**shortcut, "type": kind} for kind in ("global", "message")],
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**posts, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **posts},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }
