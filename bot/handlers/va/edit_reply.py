"""The desk mends what it has said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.ability import action
from bot.dialog import Spoken, Turn
from bot.i18n import _, encode
from bot.questions.guarded import stopped
from bot.update import Face
from bot.values import Message, Refusal
from storage import messages


@action("edit_reply", Face.VA)
async def edit_reply(turn: Turn) -> None:
    """Lets ``message`` (a row id), sent by the desk in this talk, read ``text``; its signature stays.

    Words that belong to another client or customer stop it as they stop a new reply, unless it is sent ``anyway``.
    """
    text = str(turn.given.get("text", "")).strip()
    found = messages.said_by_desk(turn.rows, turn.conversation.id, int(turn.given["message"])) if turn.talks else None
    if found is None or not found.external_id:
        raise Refusal(_("This message can't be changed."))
    if not text:
        raise Refusal(_("A message can't be made empty."))
    if stopped(turn, text, int(turn.given["ticket"])):
        return
    parts: list[tuple[Message, Mapping[str, Any]]] = [(_("{text}"), {"text": text})]
    signature = next((values["staff"] for _message, values in found.parts or () if "staff" in values), None)
    if signature:
        parts.insert(0, (_("{staff}, {client}:"), {"staff": signature, "client": turn.client.name}))
    messages.set_parts(turn.write, found.id, [[str(message), encode(values)] for message, values in parts])
    turn.scene.spoken.append(Spoken(parts, edits=found.external_id, speaker="va"))
