"""Channels and members."""

from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.events import message_json
from sandbox.slack.fields import Fields
from sandbox.slack.methods.registry import method
from sandbox.slack.things import Channel, User
from sandbox.slack.workspace import Workspace


def channel_json(channel: Channel) -> dict[str, Any]:
    """A channel as Slack tells of it."""
    if channel.direct:
        return {"id": channel.id, "is_im": True, "user": channel.with_user, "is_archived": channel.archived}
    return {"id": channel.id, "name": channel.name, "is_channel": True, "is_private": channel.private,
            "is_archived": channel.archived, "is_member": channel.has_app}  # fmt: skip


def user_json(space: Workspace, user: User, *, locale: bool) -> dict[str, Any]:
    """A member as Slack tells of her."""
    told = {"id": user.id, "team_id": space.team, "name": user.name.lower().replace(" ", "."), "deleted": user.deleted,
            "real_name": user.name, "is_bot": user.bot, "is_restricted": user.guest, "is_ultra_restricted": False,
            "profile": {"real_name": user.name, "display_name": user.name}}  # fmt: skip
    return told | ({"locale": user.locale} if locale else {})


@method("users.info", "user", "include_locale")
def users_info(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Who a member is."""
    user = space.users.get(fields.text("user", "user_not_found"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": user_json(space, user, locale=fields.flag("include_locale"))}


@method("conversations.open", "users", "channel", "return_im", "prevent_creation")
def open_talk(space: Workspace, fields: Fields) -> dict[str, Any]:
    """The talk with a member."""
    user = fields.text("users", "users_list_not_supplied")
    if user not in space.users:
        raise SlackError("user_not_found")
    return {"channel": {"id": space.channel(user).id}}


@method("conversations.list", "types", "exclude_archived", "limit", "cursor", "team_id")
def list_channels(space: Workspace, fields: Fields) -> dict[str, Any]:
    """The channels that our app sees, a page at a time."""
    kinds = fields.text("types") or "public_channel"
    seen = [
        channel
        for channel in space.channels.values()
        if not channel.direct
        and ("private_channel" in kinds if channel.private else "public_channel" in kinds)
        and (channel.has_app or not channel.private)
        and not (channel.archived and fields.flag("exclude_archived"))
    ]
    limit, start = min(fields.number("limit", 100), 1000), int(fields.text("cursor") or 0)
    after = str(start + limit) if start + limit < len(seen) else ""
    page = [channel_json(channel) for channel in seen[start : start + limit]]
    return {"channels": page, "response_metadata": {"next_cursor": after}}


@method("conversations.info", "channel", "include_locale", "include_num_members")
def channel_info(space: Workspace, fields: Fields) -> dict[str, Any]:
    """A channel."""
    return {"channel": channel_json(space.channel(fields.text("channel", "channel_not_found")))}


@method("conversations.history", "channel", "latest", "oldest", "inclusive", "limit", "cursor")
def history(space: Workspace, fields: Fields) -> dict[str, Any]:
    """The messages of a channel between two moments, newest first; replies in threads are none."""
    channel = space.writable(fields.text("channel", "channel_not_found"))
    latest, oldest = fields.text("latest") or "~", fields.text("oldest") or "0"
    found = [
        message_json(space, message)
        for message in reversed(channel.messages)
        if not message.only
        and not message.thread
        and (oldest < message.ts < latest or (fields.flag("inclusive") and message.ts in (oldest, latest)))
    ]
    return {"messages": found[: fields.number("limit", 100)], "has_more": False}


@method("conversations.replies", "channel", "ts", "latest", "oldest", "inclusive", "limit", "cursor")
def replies(space: Workspace, fields: Fields) -> dict[str, Any]:
    """A thread: its first message and the replies."""
    channel = space.writable(fields.text("channel", "channel_not_found"))
    first = space.message(channel, fields.text("ts", "thread_not_found"))
    return {"messages": [message_json(space, one) for one in (first, *space.in_thread(channel, first.ts))]}
