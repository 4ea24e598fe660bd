"""A customer answers the other times that were offered for an appointment that can't stand."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import clash_offers
from bot.office.coverage import promised
from bot.questions.told_appointment import tell_booked, tell_requested
from bot.questions.told_clash import time_buttons
from bot.values import Booking, Invalid, Message, Refusal

LONGEST: Final = 19
"""Digits of a number that a button may name."""


@action("take_other", notice=True)
async def take_other(turn: Turn) -> None:
    """She takes one of them; where somebody was quicker, she is shown what is free now."""
    ticket_id, resource_id, minute = numbers(turn, 3)
    try:
        moved = clash_offers.take(turn.write, turn.who, ticket_id, resource_id, minute)
    except Invalid as taken:
        offer_rest(turn, ticket_id, taken)
        return
    if moved.status is Booking.REQUESTED:
        tell_requested(turn, moved)
    else:
        tell_booked(turn, moved, _("Your appointment is moved. We'll see you {slot:on}."))


def offer_rest(turn: Turn, ticket_id: int, taken: Invalid) -> None:
    """Shows what is free now; where nothing is, a person sees to it."""
    free = clash_offers.offer_rest(turn.write, turn.who, ticket_id)
    if free:
        booked = clash_offers.hers(turn.rows, turn.who, ticket_id)[1]
        turn.say(taken.hint, **taken.values, buttons=time_buttons(turn, ticket_id, booked, free))
    else:
        leave(turn, ticket_id, _("That time has been taken meanwhile, and nothing else is free near it."))


@action("leave_others", notice=True)
async def leave_others(turn: Turn) -> None:
    """She wants none of them: the appointment stays, and the desk sees to it."""
    leave(turn, numbers(turn, 1)[0], _("All right."))


def leave(turn: Turn, ticket_id: int, head: Message) -> None:
    """Puts it before the desk again, and says so."""
    _booked, due = clash_offers.turn_down(turn.write, turn.who, ticket_id)
    by = promised(due, turn.now)
    if by is not None:
        said = _("Your appointment stays as it is for now; a person gets in touch with you {by:by}.")
        turn.say_lines([(head, {}), (said, {"by": by})])
    else:
        said = _("Your appointment stays as it is for now; a person gets in touch with you as soon as possible.")
        turn.say_lines([(head, {}), (said, {})])


def numbers(turn: Turn, many: int) -> list[int]:
    """The numbers that the button names. Raises Refusal where it names none of ours."""
    parts = str(turn.given.get("argument", "")).split(":")
    if len(parts) != many or not all(one.isascii() and one.isdigit() and len(one) < LONGEST for one in parts):
        raise Refusal(clash_offers.OVER)
    return [int(one) for one in parts]
