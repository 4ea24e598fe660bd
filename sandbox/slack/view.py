"""What the page shows of workspaces, as JSON."""

from __future__ import annotations

from typing import Any

from sandbox.slack.server import Slack
from sandbox.slack.things import Channel, Message, User, View
from sandbox.slack.workspace import Workspace

MOST = 80
"""Messages of a channel that are shown: the newest."""


def everything(slack: Slack) -> list[dict[str, Any]]:
    """All workspaces."""
    return [space_view(space) for space in slack.spaces.values()]


def space_view(space: Workspace) -> dict[str, Any]:
    """A workspace: its members with what is on their screens, and its channels."""
    members = [user for user in space.users.values() if not user.bot]
    return {
        "name": space.name,
        "title": space.bot.name,
        "members": [member_view(space, user) for user in members],
        "channels": [channel_view(space, channel) for channel in space.channels.values()],
    }


def member_view(space: Workspace, user: User) -> dict[str, Any]:
    """A member, the modal on top of her screen and her home page."""
    stack, home = space.stack(user.id), space.homes.get(user.id)
    return {
        "id": user.id,
        "name": user.name,
        "language": user.locale[:2],
        "modal": modal_view(stack[-1]) if stack else None,
        "home": home.view["blocks"] if home else None,
    }


def modal_view(view: View) -> dict[str, Any]:
    """A modal, with what is wrong with it."""
    labels = {name: (view.view.get(name) or {}).get("text", "") for name in ("title", "submit", "close")}
    return {"id": view.id, "hash": view.hash, **labels, "blocks": view.view["blocks"], "errors": view.errors}


def channel_view(space: Workspace, channel: Channel) -> dict[str, Any]:
    """A channel and its newest messages."""
    shown = [message_view(space, message) for message in channel.messages[-MOST:]]
    return {"id": channel.id, "name": channel.name, "with": channel.with_user, "messages": shown}


def message_view(space: Workspace, message: Message) -> dict[str, Any]:
    """A message."""
    user = space.users[message.user]
    return {
        "ts": message.ts,
        "by": user.name,
        "app": user.bot,
        "mine": user.id,
        "text": message.text,
        "blocks": message.blocks,
        "thread": message.thread,
        "only": message.only,
        "edited": message.edited,
        "files": [file.name for file in message.files],
        "reactions": {name: len(users) for name, users in message.reactions.items()},
    }
