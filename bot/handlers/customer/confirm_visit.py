"""A customer says that she will come: the button of a reminder."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import appointments
from bot.questions.which_appointment import own_appointment


@action("confirm_visit", notice=True)
async def confirm_visit(turn: Turn) -> None:
    """Noted for the client, with thanks."""
    appointment = own_appointment(turn)
    if appointment is None:
        return
    if appointments.confirm(turn.write, appointment, turn.now):
        turn.say(_("Thank you. We'll see you {slot:near}."), slot=appointment)
    else:
        turn.say(appointments.CHANGED)
