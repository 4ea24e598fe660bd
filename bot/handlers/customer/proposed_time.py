"""A customer answers the other time that was proposed for her appointment."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import decisions
from bot.questions.told_appointment import tell_booked
from bot.values import Booking, Invalid, Refusal


@action("take_time", notice=True)
async def take_time(turn: Turn) -> None:
    """She takes it."""
    try:
        taken = decisions.take(turn.write, turn.who, ticket_of(turn))
    except Invalid:
        raise Refusal(decisions.OVER) from None
    tell_booked(turn, taken, _("Your appointment is confirmed. We'll see you {slot:on}."))


@action("leave_time", notice=True)
async def leave_time(turn: Turn) -> None:
    """She does not want it."""
    left = decisions.turn_down(turn.write, turn.who, ticket_of(turn))
    if left.status is Booking.CANCELLED:
        turn.say(_("All right, the request is closed."))
    else:
        turn.say(_("All right, your appointment stands: {slot:on}."), slot=left)


def ticket_of(turn: Turn) -> int:
    """The ticket that the button names; none of ours has the number 0."""
    argument = str(turn.given.get("argument", ""))
    return int(argument) if argument.isascii() and argument.isdigit() and len(argument) < 19 else 0
