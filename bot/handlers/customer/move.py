"""A customer moves an appointment: at once while it is time, else a person decides."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.office import appointments, clashes, decisions, requests
from bot.questions.agreed import agreed
from bot.questions.at_the_desk import pass_to_desk
from bot.questions.new_time import which_slot
from bot.questions.openings import Openings
from bot.questions.told_appointment import line, tell_booked, tell_requested
from bot.questions.which_appointment import which_appointment
from bot.values import Appointment, Booking, Holder, Msgid, Refusal, Service, Slot

MOVE: Final = _("Shall I move it?")
YES: Final = _("Yes, move it")
ASK: Final = _("Yes, please ask")


@command("move", _("Move an appointment"), notice=True)
@wish("move")
async def move(turn: Turn) -> None:
    """Which one, day, time, yes; or, where it is late or a person approves each, the same as a request."""
    if turn.conversation.holder is Holder.DESK:
        pass_to_desk(turn, _("I'd like to move my appointment."))
        return
    appointment = await which_appointment(turn, _("Which appointment would you like to move?"), moves=True)
    service = turn.client.service(appointment.service)
    if service is None:
        raise Refusal(appointments.NOT_OFFERED, offers=((_("A person"), "human"),))
    asks = await to_be_asked(turn, appointment, service)
    openings = Openings(turn, service, same_staff(appointment, service), moving=appointment.id)
    slot = await which_slot(turn, openings, _("New time"), appointment.starts_at)
    await turn.confirm(
        _("Let me read it back."), "appointment", "slot", question=asks or MOVE, yes=ASK if asks else YES
    )
    if asks:
        ask_a_person(turn, appointment, slot)
        return
    moved = appointments.move(turn.write, turn.who, appointment, slot)
    if moved.status is Booking.REQUESTED:
        tell_requested(turn, moved)
    else:
        tell_booked(turn, moved, _("Your appointment is moved. We'll see you {slot:on}."))


async def to_be_asked(turn: Turn, appointment: Appointment, service: Service) -> Msgid | None:
    """With which question a person is asked to decide on this move; None where it needs nobody.

    Where it is for being late, the customer agrees to that first.
    """
    client, now = turn.client, turn.now
    if appointment.status is Booking.REQUESTED:
        return None
    by = appointments.decided_by(turn.rows, client, appointment)
    if by is not None:
        raise Refusal(_("A person is asked already: you'll have an answer here {by:by}. Until then it stands."), by=by)
    if clashes.released(turn.rows, client, appointment):
        return None
    if appointments.in_time(client, appointment, now):
        return _("A person confirms every change of this service. Shall I ask?") if service.approval else None
    wanted = await turn.ask(
        "late",
        _(
            "Moving here was possible {deadline:until}. I can ask a person to decide: you'll have an answer {by:by}, "
            "and until then your appointment stands. Shall I ask?"
        ),
        agreed(turn, ASK, _("No, leave it as it is")),
        deadline=appointments.cancel_until(client, appointment),
        by=lambda: requests.answer_by(client, appointment, now),
    )
    if not wanted:
        raise Refusal(_("All right, your appointment stands: {slot:on}."), slot=appointment)
    return _("Shall I ask?")


def same_staff(appointment: Appointment, service: Service) -> Collection[int] | None:
    """Whom the customer chose stays; where she was not asked, anybody free will do."""
    chosen = service.asks_staff and appointment.resource_id in service.resources
    return (appointment.resource_id,) if chosen else None


def ask_a_person(turn: Turn, appointment: Appointment, slot: Slot) -> None:
    """Passes the wish on, and says by when it is decided."""
    by = decisions.ask_late(turn.write, turn.who, appointment, slot)
    turn.say_lines(
        [
            (_("I've asked. You'll have an answer here {by:by}; until then your appointment stands."), {"by": by}),
            line(_("When"), appointment),
            line(_("New time"), slot),
        ]
    )
