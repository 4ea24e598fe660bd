"""What falls due for the waiting list: a freed time is offered, and an offer lapses."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn, button
from bot.i18n import _
from bot.office import waiting
from bot.questions.told_appointment import NO, TAKE, line
from bot.update import Face


@action("offer_slot", Face.CLOCK)
async def offer_slot(turn: Turn) -> None:
    """Keeps a freed time for the first in line whom it suits."""
    waiting.offer_next(turn.write, turn.client, turn.given, turn.now)


@action("offer", Face.CLOCK)
async def offer(turn: Turn) -> None:
    """Tells her of it."""
    place = waiting.by_id(turn.rows, turn.client, turn.customer.id, int(turn.given["place"]))
    held = waiting.offered(turn.rows, turn.client, place) if place is not None else None
    if place is None or held is None or held.appointment.id != turn.given["appointment"] or held.held_until <= turn.now:
        return
    service, slot = waiting.slot_of(turn.client, held)
    turn.say_lines(
        [
            (
                _("A time you were waiting for is free. I'm keeping it for you {until:until}."),
                {"until": held.held_until},
            ),
            line(_("Service"), service.name),
            line(_("When"), slot),
        ],
        buttons=[
            [
                button(TAKE, "take_offer", str(held.appointment.id), means=True),
                button(NO, "decline_offer", str(held.appointment.id), means=False),
            ]
        ],
    )


@action("offer_lapsed", Face.CLOCK)
async def offer_lapsed(turn: Turn) -> None:
    """Says that the offer is over, and lets the next in line hear of it."""
    place = waiting.by_id(turn.rows, turn.client, turn.customer.id, int(turn.given["place"]))
    if place is None or place.appointment_id not in {None, turn.given["appointment"]}:
        return
    if waiting.lapse(turn.write, turn.client, place, turn.now):
        turn.say(
            _("I could keep the free time no longer; it goes to the next in line."),
            buttons=[[button(_("Keep me on the waiting list"), "wait_again", str(place.id), means=True)]],
        )
