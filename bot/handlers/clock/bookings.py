"""The customer hears what the desk has done with her appointment."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import appointments
from bot.questions.told_appointment import tell_booked, tell_cancelled
from bot.update import Face

HEADS: Final = {
    "booked": _("You're booked. We'll see you {slot:on}."),
    "moved": _("Your appointment is moved. We'll see you {slot:on}."),
}


@action("desk_booked", Face.CLOCK)
async def desk_booked(turn: Turn) -> None:
    """Says that an appointment was booked, moved or cancelled, unless it has changed since."""
    appointment = appointments.by_id(turn.rows, turn.client, turn.customer.id, int(turn.given["appointment"]))
    if appointment is None or appointment.sequence != turn.given["sequence"]:
        return
    what = str(turn.given["what"])
    if what == "cancelled":
        tell_cancelled(turn, appointment, _("Your appointment is cancelled."))
    else:
        tell_booked(turn, appointment, HEADS[what])
