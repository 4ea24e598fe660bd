"""A customer looks at her appointments, and takes their calendar files."""

from __future__ import annotations

from typing import Final

from bot.ability import action, command, wish
from bot.dialog import Turn, button
from bot.i18n import _
from bot.office import appointments as office
from bot.office import waiting
from bot.office.invitation import invitation
from bot.questions.told_appointment import all_of, buttons, line, what_and_when
from bot.questions.which_appointment import own_appointment

MOST: Final = 5
"""Appointments that have a message of their own, with their buttons."""


@command("appointments", _("My appointments"))
@wish("list")
async def appointments(turn: Turn) -> None:
    """What is coming up, a message each, and the waiting lists she stands in."""
    own = office.of_customer(turn.rows, turn.client, turn.customer.id, turn.now)
    for one in own[:MOST]:
        turn.say_lines(all_of(turn, one), buttons=buttons(turn, one))
    if own[MOST:]:
        later = [part for one in own[MOST:] for part in what_and_when(turn, one)]
        turn.say_lines([(_("And later:"), {}), *later])
    lines = waiting.of_customer(turn.rows, turn.client, turn.customer.id, turn.now)
    for place in lines:
        service = turn.client.service(place.service)
        parts = [line(_("Waiting list"), service.name if service else turn.client.text(f"service.{place.service}"))]
        days = _("Free times {first:from} {last:until}.") if place.first < place.last else _("Free times: {first:day}.")
        turn.say_lines(
            [*parts, (days, {"first": place.first, "last": place.last})],
            buttons=[[button(_("Leave the waiting list"), "leave_line", str(place.id))]],
        )
    if not own and not lines:
        book = [[button(_("Book an appointment"), "book")]] if turn.client.services else []
        turn.say(_("You have no appointments coming up."), buttons=book)


@action("calendar_file", notice=True)
async def calendar_file(turn: Turn) -> None:
    """The calendar file of one appointment, once more."""
    appointment = own_appointment(turn)
    if appointment is not None:
        file = invitation(turn.client, appointment, turn.language, turn.now)
        turn.say_lines(what_and_when(turn, appointment), attach=file)
