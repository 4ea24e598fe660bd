"""A customer says thank you, or goodbye."""

from __future__ import annotations

from bot.ability import action, wish
from bot.dialog import Turn
from bot.i18n import _


@action("thanks")
@wish("thanks")
async def thanks(turn: Turn) -> None:
    """A word back; where something is under way, its question follows."""
    turn.say(_("You're welcome."))


@action("bye")
@wish("bye")
async def bye(turn: Turn) -> None:
    """A word back; what is under way stays, in case she comes back to it."""
    turn.say(_("Goodbye. You can write here at any time."))
