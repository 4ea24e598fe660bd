"""What falls due for holds: they lapse."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import appointments
from bot.update import Face


@action("hold_lapsed", Face.CLOCK)
async def hold_lapsed(turn: Turn) -> None:
    """Gives up a hold that nobody has booked. Its dialog, if it goes on, checks anew."""
    appointments.release(turn.write, int(turn.given["appointment"]), turn.now)
