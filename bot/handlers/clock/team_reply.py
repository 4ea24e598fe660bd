"""One of the client's people answers a customer, in her own name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import handoff, tickets
from bot.update import Face
from bot.values import Holder, Message
from storage import messages


@action("team_reply", Face.CLOCK)
async def team_reply(turn: Turn) -> None:
    """Says ``text`` in the name of ``by``, and takes the conversation: what the customer answers is for a person."""
    text, by = str(turn.given["text"]), str(turn.given["by"])
    if turn.conversation.holder is Holder.BOT:
        about = _("Answered by {name}"), {"name": by}
        turn.scene.conversation, chat = handoff.take_over(turn.write, turn.who, about)
        tickets.answered(turn.write, turn.client, chat, turn.conversation.id, turn.now)
    parts: list[tuple[Message, Mapping[str, Any]]] = [(_("{text}"), {"text": text})]
    if not messages.signed(turn.rows, turn.conversation, by):
        parts.insert(0, (_("{staff}, {client}:"), {"staff": by, "client": turn.client.name}))
    turn.say_lines(parts, speaker="team")
