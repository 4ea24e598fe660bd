"""Modals and home pages."""

from typing import Any

from sandbox.slack.blocks import check_view
from sandbox.slack.errors import SlackError
from sandbox.slack.fields import Fields
from sandbox.slack.methods.registry import method
from sandbox.slack.things import View
from sandbox.slack.workspace import Workspace


def view_json(space: Workspace, view: View) -> dict[str, Any]:
    """A view as Slack tells of it."""
    values = {
        block["block_id"]: {block["element"].get("action_id", "a"): view.values[block["block_id"]]}
        for block in view.view["blocks"]
        if block["type"] == "input" and block.get("block_id") in view.values
    }
    known = {name: view.view.get(name, "") for name in ("private_metadata", "callback_id")}
    return {
        "id": view.id, "team_id": space.team, "app_id": space.app_id, "bot_id": f"B{space.bot.id[1:]}", **view.view,
        **known, "hash": view.hash, "root_view_id": view.root or view.id, "previous_view_id": view.previous or None,
        "state": {"values": values},
    }  # fmt: skip


@method("views.open", "trigger_id", "interactivity_pointer", "view")
def open_view(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Open a modal."""
    view = check_view(fields.structure("view"), ("modal",))
    return {"view": view_json(space, space.open(space.redeem(fields.text("trigger_id", "invalid_trigger_id")), view))}


@method("views.push", "trigger_id", "interactivity_pointer", "view")
def push_view(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Open a modal above the one that is there."""
    view = check_view(fields.structure("view"), ("modal",))
    user = space.redeem(fields.text("trigger_id", "invalid_trigger_id"))
    return {"view": view_json(space, space.open(user, view, push=True))}


@method("views.update", "view_id", "external_id", "hash", "view")
def update_view(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Show another modal in place of one."""
    view = check_view(fields.structure("view"), ("modal",))
    known = space.views.get(fields.text("view_id"))
    if known is None or known.id not in space.stacks.get(known.user, ()):
        raise SlackError("not_found")
    if fields.text("hash") not in ("", known.hash):
        raise SlackError("hash_conflict")
    return {"view": view_json(space, space.replace(known, view))}


@method("views.publish", "user_id", "hash", "view")
def publish_view(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Show a member another home page."""
    view = check_view(fields.structure("view"), ("home",))
    user = fields.text("user_id", "invalid_arguments")
    if user not in space.users or space.users[user].deleted:
        raise SlackError("user_not_found")
    return {"view": view_json(space, space.publish(user, view))}
