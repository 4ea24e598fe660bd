"""What a customer is told at her next contact, whatever she writes."""

from __future__ import annotations

from bot.dialog import Spoken, Turn
from bot.i18n import _
from bot.office import relays
from bot.questions.greeting import Part
from bot.values import Holder


def news(turn: Turn, *, anew: bool) -> list[Part]:
    """The relays that wait for this customer, a line each; they are thereby told."""
    if not relays.stand(turn.rows, turn.client):
        return []
    words = relays.due(turn.write, turn.who, turn.language, anew=anew)
    return [(_("{text}"), {"text": text}) for text in words]


def arrive(turn: Turn) -> None:
    """Tells what waits before anything else that this turn says, where the bot speaks at all."""
    spoken = turn.scene.spoken
    if turn.conversation.holder is Holder.DESK or not spoken:
        return
    parts = news(turn, anew=False)
    turn.settle(keep=True)
    if not parts:
        return
    if spoken[0].edits:
        spoken.insert(0, Spoken(parts))
    else:
        spoken[0].parts[:0] = parts
