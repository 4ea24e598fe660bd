"""What a member hears at once: in the acknowledgement, or by a call right behind it."""

from __future__ import annotations

import html
from collections.abc import Coroutine
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack import blocks
from bot.update import Json, Kind, Reply, Update

LONGEST_ERROR: Final = 2000
Call = Coroutine[Any, Any, Any]


def acknowledgement(update: Update, reply: Reply) -> Json:
    """The body of the acknowledgement, None for an empty one."""
    if update.kind is Kind.COMMAND:
        told = ephemeral(reply)
        return {"response_type": "ephemeral", **blocks.message(told)} if told is not None else None
    if update.kind is not Kind.FORM:
        return None
    errors = {name: text[:LONGEST_ERROR] for name, text in reply.errors.items() if name in update.data["fields"]}
    if reply.error and not errors and update.data["fields"]:
        errors = {update.data["fields"][0]: reply.error[:LONGEST_ERROR]}
    if errors:
        return {"response_action": "errors", "errors": errors}
    if reply.modal is not None:
        how = "push" if reply.how == "push" else "update"
        return {"response_action": how, "view": blocks.modal(reply.modal, str(update.data.get("place", "")))}
    return {"response_action": "clear"} if reply.how == "clear" else None


def calls(client: AsyncWebClient, update: Update, reply: Reply) -> list[Call]:
    """The calls that show the rest of a reply."""
    place, found = str(update.data.get("place", "")), list[Call]()
    if reply.modal is not None and update.kind is not Kind.FORM:
        view = blocks.modal(reply.modal, place)
        trigger, standing = str(update.data.get("trigger", "")), str(update.data.get("view", ""))
        if standing and update.data.get("in") == "modal" and reply.how == "update":
            found.append(client.views_update(view_id=standing, view=view))
        elif standing and update.data.get("in") == "modal":
            found.append(client.views_push(trigger_id=trigger, view=view))
        elif trigger:
            found.append(client.views_open(trigger_id=trigger, view=view))
    told = ephemeral(reply)
    if told is not None and update.kind is not Kind.COMMAND and not acknowledged(update, reply):
        found += whispers(client, update, told, place)
    return found


def acknowledged(update: Update, reply: Reply) -> bool:
    """Whether what went wrong stands over a field of the form already."""
    return update.kind is Kind.FORM and bool(reply.error) and bool(update.data["fields"])


def whispers(client: AsyncWebClient, update: Update, told: Json, place: str) -> list[Call]:
    """Something only she sees: where she acted, else in her direct messages."""
    shown, user = blocks.message(told), update.writer.id
    if not user:
        return []
    if place and not place.startswith("D"):
        thread = str(update.data.get("thread", "")) or None
        return [client.chat_postEphemeral(channel=place, user=user, thread_ts=thread, **shown)]
    return [client.chat_postMessage(channel=place or user, **shown)]


def ephemeral(reply: Reply) -> Json:
    """What only she sees: a post, or what she did wrong."""
    if reply.ephemeral is not None:
        return reply.ephemeral
    said = reply.error or reply.toast
    if not said:
        return None
    return {
        "title": "",
        "lines": [html.escape(said, quote=False)],
        "fields": [],
        "quote": "",
        "small": "",
        "buttons": [],
    }
