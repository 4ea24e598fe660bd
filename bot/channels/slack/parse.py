"""Slack's payloads as updates; what no member did is None."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from bot.channels.slack.events import event
from bot.channels.slack.payload import NAME, Workspace, files_of, link, made, said_at
from bot.channels.slack.text import written
from bot.update import Attachment, Json, Kind, Update

__all__ = ["NAME", "Workspace", "link", "parse", "who"]


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
        **said_at(message),
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
