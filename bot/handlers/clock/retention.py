"""What falls due for erasure: what a customer wants erased, and what has been kept long enough."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import privacy
from bot.update import Face


@action("erase", Face.CLOCK)
async def erase(turn: Turn) -> None:
    """The next slice of what a customer wants erased."""
    privacy.erase_slice(turn.write, turn.who, int(turn.given["last"]))


@action("retention", Face.CLOCK)
async def retention(turn: Turn) -> None:
    """The next slice of what a client need not keep any longer."""
    privacy.prune(turn.write, turn.client, turn.now)
