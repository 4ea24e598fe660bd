"""What a customer is told at her next contact, whatever she writes."""

from __future__ import annotations

from bot.dialog import Spoken, Turn
from bot.i18n import _
from bot.office import relays
from bot.questions.greeting import Part
from bot.values import Holder


def news(turn: Turn, *, anew: bool) -> list[Part]:
    """The relays that wait for this customer, a line each; they are thereby told."""
    if not turn.client.relays:
        return []
    words = relays.due(turn.write, turn.who, turn.language, anew=anew)
    return [(_("{text}"), {"text": text}) for text in words]


def arrive(turn: Turn) -> None:
    """Tells what waits, where the bot speaks at all: before what it asks or offers, else after its last words."""
    spoken = turn.scene.spoken
    if turn.conversation.holder is Holder.DESK or not spoken:
        return
    parts = news(turn, anew=False)
    turn.settle(keep=True)
    if not parts:
        return
    if not spoken[-1].buttons and not spoken[-1].edits:
        spoken[-1].parts.extend(parts)
    elif spoken[0].edits:
        spoken.insert(0, Spoken(parts))
    else:
        spoken[0].parts[:0] = parts
