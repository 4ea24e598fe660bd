"""What falls due for tasks that come again."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import recurring
from bot.update import Face


@action("recurring_due", Face.CLOCK)
async def recurring_due(turn: Turn) -> None:
    """The time of a task has come: it is opened, and waits for its next time."""
    recurring.come(turn.write, turn.client, int(turn.given["recurring"]), turn.now)
