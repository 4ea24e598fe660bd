"""What Slack tells our app of what happened, as the Events API says it."""

from __future__ import annotations

from typing import Any

from sandbox.slack.things import Channel, File, Message
from sandbox.slack.workspace import Workspace


def file_json(file: File) -> dict[str, Any]:
    """A file as Slack tells of it."""
    return {"id": file.id, "name": file.name, "title": file.name, "mimetype": file.mime, "size": len(file.data),
            "url_private": file.url, "url_private_download": file.url, "user": file.user, "mode": "hosted"}  # fmt: skip


def message_json(space: Workspace, message: Message) -> dict[str, Any]:
    """A message as Slack tells of it."""
    told: dict[str, Any] = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts,
                            "team": space.team}  # fmt: skip
    if message.user == space.bot.id:
        told |= {"bot_id": f"B{space.bot.id[1:]}", "app_id": space.app_id}
    if message.blocks:
        told["blocks"] = message.blocks
    if message.thread:
        told["thread_ts"] = message.thread
    if message.files:
        told |= {"files": [file_json(file) for file in message.files], "subtype": "file_share"}
    return told


def where(channel: Channel) -> dict[str, Any]:
    """The place of an event."""
    kind = "im" if channel.direct else "group" if channel.private else "channel"
    return {"channel": channel.id, "channel_type": kind}


def tell(space: Workspace, event: dict[str, Any]) -> None:
    """Has an event delivered."""
    body = {
        "token": "x", "team_id": space.team, "api_app_id": space.app_id, "event": event, "type": "event_callback",
        "event_id": space.new_id("Ev"), "event_time": int(space.clock()), "is_ext_shared_channel": False,
        "authorizations": [{"enterprise_id": None, "team_id": space.team, "user_id": space.bot.id, "is_bot": True,
                            "is_enterprise_install": False}],
    }  # fmt: skip
    space.outbox.append(("event", body, None))
    space.bell.ring()


def posted(space: Workspace, channel: Channel, message: Message) -> None:
    """A message was posted where our app is."""
    if not channel.has_app or channel.archived:
        return
    stamp = {"event_ts": message.ts}
    tell(space, message_json(space, message) | where(channel) | stamp)
    if not channel.direct and f"<@{space.bot.id}>" in message.text and message.user != space.bot.id:
        mention = message_json(space, message) | {"type": "app_mention", "channel": channel.id} | stamp
        mention.pop("subtype", None)
        tell(space, mention)


def changed(space: Workspace, channel: Channel, message: Message, before: str) -> None:
    """A message reads otherwise."""
    now = message_json(space, message)
    if message.user != space.bot.id:
        now["edited"] = {"user": message.user, "ts": space.stamp()}
    tell(space, {"type": "message", "subtype": "message_changed", "message": now,
                 "previous_message": now | {"text": before}, "hidden": True, "ts": space.stamp(),
                 "event_ts": message.ts} | where(channel))  # fmt: skip


def removed(space: Workspace, channel: Channel, message: Message) -> None:
    """A message is gone."""
    before = message_json(space, message)
    tell(space, {"type": "message", "subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before,
                 "hidden": True, "ts": space.stamp(), "event_ts": message.ts} | where(channel))  # fmt: skip
