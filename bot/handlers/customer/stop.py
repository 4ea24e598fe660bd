"""A customer wants no more reminders."""

from __future__ import annotations

from dataclasses import replace

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.office import customers


@command("stop", _("No more reminders"))
@wish("stop")
async def stop(turn: Turn) -> None:
    """Nothing is sent to her any more without her asking; answers still are."""
    turn.customer = replace(turn.customer, reminders=False)
    customers.choose(turn.write, turn.customer)
    turn.say(_("All right, no more reminders. You can have them again at any time: /settings."))
