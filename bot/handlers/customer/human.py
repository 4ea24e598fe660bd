"""A customer wants to talk to a person."""

from __future__ import annotations

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.questions.hand_over import hand_over


@command("human", _("Talk to a person"), notice=True)
@wish("human")
async def human(turn: Turn) -> None:
    """The desk takes the conversation, and the customer hears by when a person answers."""
    hand_over(turn, (_("Wants to talk to a person"), {}))
