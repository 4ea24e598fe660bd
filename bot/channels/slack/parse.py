"""Slack's payloads as updates; what no member did is None."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.channels.slack.text import written
from bot.update import Attachment, Face, Json, Kind, OfClient, Update, Writer

NAME: Final = "slack"
"""What the channel is called in threads, accounts and lanes."""
SPOKEN: Final = {None, "file_share", "thread_broadcast", "me_message"}
"""The kinds of message that a member writes."""
MOST_FILES: Final = 20
KINDS: Final = {"image": "photo", "audio": "audio", "video": "video"}


@dataclass(frozen=True, slots=True)
class Workspace:
    """What reading a payload needs to know: whose workspace it is, who we are there, and what members are called."""

    account: str
    client_id: int
    bot_user: str
    emoji: str
    now: datetime
    name_of: Callable[[str], str]
    language_of: Callable[[str], str]


def who(body: Json) -> str:
    """The id of the member who did this, empty where it was nobody."""
    event = body.get("event")
    if isinstance(event, dict):
        changed = event.get("message") or event.get("previous_message") or {}
        user = event.get("user") or changed.get("user") or ""
        return str(user.get("id", "") if isinstance(user, dict) else user)
    return str(body.get("user_id") or (body.get("user") or {}).get("id") or "")


def parse(body: Json, workspace: Workspace) -> Update | None:
    """The update of a payload. Raises KeyError, TypeError or ValueError where it is not as Slack makes them."""
    if "command" in body:
        return command(body, workspace)
    kind = body.get("type")
    if kind == "event_callback":
        return event(body["event"], str(body["event_id"]), workspace)
    reader = INTERACTIONS.get(str(kind))
    return reader(body, workspace) if reader is not None else None


def made(id: str, kind: Kind, user: str, workspace: Workspace, **fields: Any) -> Update:
    """An update of this member's."""
    return Update(
        id=id,
        channel=NAME,
        account=workspace.account,
        face=Face.TEAM,
        kind=kind,
        target=OfClient(workspace.client_id),
        at=workspace.now,
        writer=Writer(user, workspace.name_of(user), workspace.language_of(user)),
        **fields,
    )


# --- commands and interactions ----------------------------------------------------------------------------------------


def command(body: Json, workspace: Workspace) -> Update:
    """``/va word and the rest``."""
    said = written(str(body.get("text", "")), workspace.name_of).strip()
    name, _space, rest = said.partition(" ")
    data = {"trigger": body["trigger_id"], "place": body["channel_id"], "command": body["command"]}
    return made(
        str(body["trigger_id"]), Kind.COMMAND, body["user_id"], workspace,
        name=name.lower(), text=rest.strip(), data=data,
    )  # fmt: skip


def pressed(body: Json, workspace: Workspace) -> Update | None:
    """A press of ours, in a message, a modal or on the home page."""
    action, box = body["actions"][0], body["container"]
    if action.get("url"):
        return None
    view = body.get("view") or {}
    carried = private_of(view)
    data = {
        "trigger": body["trigger_id"],
        "place": box.get("channel_id") or carried["place"],
        "thread": box.get("thread_ts", ""),
        "view": view.get("id", ""),
        "in": view.get("type", "message"),
        "private": carried["private"],
        "values": values_of(view, workspace.account),
    }
    return made(
        str(body["trigger_id"]), Kind.PRESS, body["user"]["id"], workspace,
        name=str(action["action_id"]), message=str(box.get("message_ts", "")), data=data,
    )  # fmt: skip


def submitted(body: Json, workspace: Workspace) -> Update:
    """A form."""
    view = body["view"]
    carried = private_of(view)
    data = {
        "values": values_of(view, workspace.account),
        "private": carried["private"],
        "place": carried["place"],
        "view": view["id"],
        "trigger": body["trigger_id"],
        "fields": [block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input"],
    }
    return made(
        str(body["trigger_id"]), Kind.FORM, body["user"]["id"], workspace, name=str(view["callback_id"]), data=data
    )


def closed(body: Json, workspace: Workspace) -> Update:
    """A modal that was left."""
    view = body["view"]
    data = {"form": view["callback_id"], "private": private_of(view)["private"]}
    id = f"{view['id']}:{view['hash']}"
    return made(id, Kind.ACT, body["user"]["id"], workspace, name="closed", data=data)


def shortcut(body: Json, workspace: Workspace) -> Update:
    """A shortcut that is everywhere."""
    data = {"name": body["callback_id"], "trigger": body["trigger_id"]}
    return made(str(body["trigger_id"]), Kind.ACT, body["user"]["id"], workspace, name="shortcut", data=data)


def message_shortcut(body: Json, workspace: Workspace) -> Update:
    """A shortcut on a message: what it says, who wrote it, and where it stands."""
    message, place = body["message"], body["channel"]["id"]
    by = str(message.get("user", ""))
    data = {
        "name": body["callback_id"],
        "trigger": body["trigger_id"],
        "place": place,
        "thread": message.get("thread_ts", ""),
        "link": link(body["team"].get("domain", ""), place, message["ts"]),
        "by": workspace.name_of(by) if by else "",
    }
    return made(
        str(body["trigger_id"]), Kind.ACT, body["user"]["id"], workspace, name="message_shortcut",
        text=written(message.get("text", ""), workspace.name_of), message=message["ts"], data=data,
        attachments=files_of(message, workspace.account),
    )  # fmt: skip


INTERACTIONS: Final[Mapping[str, Callable[[Json, Workspace], Update | None]]] = {
    "block_actions": pressed,
    "view_submission": submitted,
    "view_closed": closed,
    "shortcut": shortcut,
    "message_action": message_shortcut,
}


def link(domain: str, place: str, ts: str) -> str:
    """Where a message is read in a browser."""
    return f"https://{domain}.slack.com/archives/{place}/p{ts.replace('.', '')}" if domain else ""


def private_of(view: Json) -> Json:
    """What a modal of ours carried, and where it was opened."""
    return json.loads(view.get("private_metadata") or "null") or {"private": {}, "place": ""}


def values_of(view: Json, account: str) -> dict[str, Json]:
    """What stands in the fields of a form, by their names."""
    state = (view.get("state") or {}).get("values") or {}
    return {name: value_of(element, account) for name, elements in state.items() for element in elements.values()}


def value_of(element: Json, account: str) -> Json:
    """What stands in one field, in the shape that bot.posts.Input says."""
    kind = element["type"]
    if kind == "static_select":
        return (element.get("selected_option") or {}).get("value")
    if kind == "multi_static_select":
        return [one["value"] for one in element.get("selected_options") or ()]
    if kind == "file_input":
        return [plain(one) for one in files_of(element, account)]
    value = element.get(CHOSEN.get(kind, "value"))
    return bool(value) if kind == "checkboxes" else value


CHOSEN: Final = {
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
}
"""Under which name an element says what was chosen in it, where that is no value."""


def plain(one: Attachment) -> dict[str, Json]:
    return {"name": one.name, "mime": one.mime, "size": one.size, "remote": one.remote}


def files_of(message: Json, account: str) -> tuple[Attachment, ...]:
    """The files of a message or of a field; one that was deleted has no bytes any more.

    What they are fetched by names the account too: only its token opens them.
    """
    return tuple(
        Attachment(
            KINDS.get(str(file.get("mimetype", "")).partition("/")[0], "document"),
            str(file.get("name") or file.get("title") or file["id"]),
            str(file.get("mimetype") or "application/octet-stream"),
            int(file.get("size") or 0),
            f"{account}:{file.get('url_private_download') or file.get('url_private') or ''}",
        )
        for file in (message.get("files") or ())[:MOST_FILES]
        if file.get("mode") not in {"tombstone", "hidden_by_limit"}
    )


# --- events -----------------------------------------------------------------------------------------------------------


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
    data = {"emoji": event["reaction"], "place": item["channel"], "thread": "", "link": "", "by": ""}
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
