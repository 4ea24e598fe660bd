"""A customer chooses what she is sent without asking."""

from __future__ import annotations

from dataclasses import replace

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.office import customers
from bot.questions.agreed import agreed


@command("settings", _("Settings"))
@wish("settings")
async def settings(turn: Turn) -> None:
    """Reminders, on or off; the language has its own command."""
    if turn.customer.reminders:
        question = _("I remind you of your appointments here. Shall I go on with that?")
    else:
        question = _("I don't remind you of your appointments. Would you like me to?")
    wanted = await turn.ask("reminders", question, agreed(turn, _("Yes, with reminders"), _("No reminders")))
    turn.customer = replace(turn.customer, reminders=wanted)
    customers.choose(turn.write, turn.customer)
    if wanted:
        turn.say(_("All right, I'll remind you of your appointments here."))
    else:
        turn.say(_("All right, no more reminders. You can have them again at any time: /settings."))
