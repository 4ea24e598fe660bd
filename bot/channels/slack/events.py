"""What happened in a workspace, as the Events API tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.channels.slack.payload import Workspace, files_of, made, said_at
from bot.channels.slack.text import written
from bot.update import Json, Kind, Update

SPOKEN: Final = {None, "file_share", "thread_broadcast", "me_message"}
"""The kinds of message that a member writes."""


def event(event: Json, id: str, workspace: Workspace) -> Update | None:
    """What happened in the workspace."""
    reader = EVENTS.get(event["type"])
    return reader(event, id, workspace) if reader is not None else None


def message(event: Json, id: str, workspace: Workspace) -> Update | None:
    """What a member wrote, changed or took back."""
    subtype = event.get("subtype")
    if subtype == "message_changed":
        return edited(event, id, workspace)
    if subtype == "message_deleted":
        return deleted(event, id, workspace)
    if subtype not in SPOKEN or event.get("bot_id") or not event.get("user"):
        return None
    direct = event.get("channel_type") in {"im", "mpim"}
    if not direct and f"<@{workspace.bot_user}>" in event.get("text", ""):
        return None  # comes as a mention too
    return spoken(event, id, workspace, direct=direct, mention=False)


def mention(event: Json, id: str, workspace: Workspace) -> Update | None:
    """What a member wrote to us in a channel."""
    if event.get("bot_id") or not event.get("user") or event.get("edited"):
        return None
    return spoken(event, id, workspace, direct=False, mention=True)


def spoken(event: Json, id: str, workspace: Workspace, *, direct: bool, mention: bool) -> Update:
    """A member's words."""
    said = str(event.get("text") or "").replace(f"<@{workspace.bot_user}>", "")
    return made(
        id, Kind.TEXT, event["user"], workspace,
        text=written(said, workspace.name_of).strip(), message=event["ts"],
        attachments=files_of(event, workspace.account),
        data=where(event, event["channel"]) | {"mention": mention, "direct": direct},
    )  # fmt: skip


def where(said: Json, place: str) -> dict[str, Json]:
    """The place of a message and the thread it is in; what begins a thread is in none."""
    thread = said.get("thread_ts", "")
    return {"place": place, "thread": thread if thread != said.get("ts") else ""}


def edited(event: Json, id: str, workspace: Workspace) -> Update | None:
    """Only the words of a member: Slack also says so when a link unfolds or a thread grows."""
    now, before = event["message"], event.get("previous_message") or {}
    if not now.get("user") or now.get("bot_id") or now.get("text") == before.get("text"):
        return None
    if now.get("subtype") == "tombstone":
        return None
    return made(
        id, Kind.EDITED, now["user"], workspace,
        text=written(now.get("text", ""), workspace.name_of).strip(), message=now["ts"],
        data=where(now, event["channel"]),
    )  # fmt: skip


def deleted(event: Json, id: str, workspace: Workspace) -> Update | None:
    """A member's message, or one of ours that somebody took away."""
    before = event.get("previous_message") or {}
    return made(
        id, Kind.ACT, str(before.get("user", "")), workspace, name="message_deleted", message=event["deleted_ts"],
        data=where(before, event["channel"]) | {"ours": bool(before.get("bot_id"))},
    )  # fmt: skip


def reacted(event: Json, id: str, workspace: Workspace) -> Update | None:
    """The emoji that delegates; what it stands on is added by who can ask for it."""
    item = event["item"]
    if event["reaction"].partition("::")[0] != workspace.emoji or item.get("type") != "message":
        return None
    data = {"emoji": event["reaction"], "place": item["channel"], "thread": "", "link": "", "by": "", **said_at(item)}
    return made(id, Kind.ACT, event["user"], workspace, name="reaction", message=item["ts"], data=data)


def home(event: Json, id: str, workspace: Workspace) -> Update | None:
    """A member looks at the app."""
    if event.get("tab") != "home":
        return None
    return made(id, Kind.ACT, event["user"], workspace, name="home")


def left(event: Json, id: str, workspace: Workspace) -> Update | None:
    """A member who is no longer one."""
    user = event["user"]
    if not user.get("deleted"):
        return None
    return made(id, Kind.ACT, user["id"], workspace, name="member_left", data={"user": user["id"]})


EVENTS: Final[Mapping[str, Callable[[Json, str, Workspace], Update | None]]] = {
    "message": message,
    "app_mention": mention,
    "reaction_added": reacted,
    "app_home_opened": home,
    "user_change": left,
}
