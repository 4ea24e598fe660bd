"""What falls due for work: somebody has left the ticket that was before her."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import work
from bot.update import Face


@action("stretch_over", Face.CLOCK)
async def stretch_over(turn: Turn) -> None:
    """Ends the focus of a member who has not been seen for a while."""
    work.over(turn.write, int(turn.given["staff"]), turn.now)
