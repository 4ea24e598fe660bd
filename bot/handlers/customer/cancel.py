"""A customer cancels an appointment: at once while it is time, else a person decides."""

from __future__ import annotations

from typing import Any, Final

from bot.ability import action, command, wish
from bot.dialog import Turn, button
from bot.i18n import _
from bot.office import appointments, clashes, decisions, requests
from bot.questions.agreed import agreed
from bot.questions.told_appointment import tell_cancelled, what_and_when
from bot.questions.which_appointment import own_appointment, which_appointment
from bot.values import Appointment, Booking, Holder

SURE: Final = _("Shall I cancel this appointment?")
LATE: Final = _(
    "Cancelling here was possible {deadline:until}. I can ask a person to decide: you'll have an answer {by:by}, and "
    "until then your appointment stands. Shall I ask?"
)
YES: Final = _("Yes, cancel it")
ASK: Final = _("Yes, please ask")
KEEP: Final = _("No, leave it as it is")
STANDS: Final = _("All right, your appointment stands: {slot:on}.")
ASKED: Final = _("A person is asked already: you'll have an answer here {by:by}. Until then it stands.")


@command("cancel", _("Cancel an appointment"), notice=True)
@wish("cancel")
async def cancel(turn: Turn) -> None:
    """Which one, sure; or, too late, whether a person shall decide."""
    if turn.conversation.holder is Holder.DESK:
        offer_by_buttons(turn)
        return
    appointment = await which_appointment(turn, _("Which appointment would you like to cancel?"))
    late = is_late(turn, appointment)
    if late and said_asked(turn, appointment):
        return
    turn.say_lines(what_and_when(turn, appointment))
    question = LATE if late else SURE
    yes = await turn.ask(
        "late" if late else "sure", question, agreed(turn, ASK if late else YES, KEEP), **spoken(turn, appointment)
    )
    if not yes:
        turn.say(STANDS, slot=appointment)
    elif late:
        ask_a_person(turn, appointment)
    else:
        call_off(turn, appointment)


def is_late(turn: Turn, appointment: Appointment) -> bool:
    """Whether a person must decide."""
    if appointments.in_time(turn.client, appointment, turn.now):
        return False
    return not clashes.released(turn.rows, turn.client, appointment)


def spoken(turn: Turn, appointment: Appointment) -> dict[str, Any]:
    """What the questions name."""
    client, now = turn.client, turn.now
    deadline = appointments.cancel_until(client, appointment)
    return {"deadline": deadline, "by": lambda: requests.answer_by(client, appointment, now)}


def said_asked(turn: Turn, appointment: Appointment) -> bool:
    """Says it where a person is asked already."""
    by = appointments.decided_by(turn.rows, turn.client, appointment)
    if by is not None:
        turn.say(ASKED, by=by)
    return by is not None


def call_off(turn: Turn, appointment: Appointment) -> None:
    """Cancels, and says so."""
    booked = appointment.status is Booking.BOOKED
    leave_move(turn)
    head = _("Your appointment is cancelled.") if booked else _("Your request is withdrawn.")
    tell_cancelled(turn, appointments.cancel(turn.write, turn.who, appointment), head, booked=booked)


def leave_move(turn: Turn) -> None:
    """She cancels what she was about to move: there is nothing left to ask about that."""
    below = [frame["dialog"] for frame in turn.conversation.dialogs if frame["dialog"] != "cancel"]
    if below[-1:] == ["move"]:
        turn.leave_below()


def ask_a_person(turn: Turn, appointment: Appointment) -> None:
    """Passes the wish on, and says by when it is decided."""
    leave_move(turn)
    by = decisions.ask_late(turn.write, turn.who, appointment)
    turn.say(_("I've asked. You'll have an answer here {by:by}; until then your appointment stands."), by=by)


# --- by buttons alone: while the desk holds the talk no dialog may run ------------------------------------------------


def offer_by_buttons(turn: Turn) -> None:
    """Asks whether she is sure, under buttons that work at any time."""
    appointment = own_appointment(turn)
    if appointment is None:
        return
    late, id = is_late(turn, appointment), str(appointment.id)
    if late and said_asked(turn, appointment):
        return
    values = spoken(turn, appointment)
    values["by"] = requests.answer_by(turn.client, appointment, turn.now)
    yes = button(ASK, "ask_cancel", id) if late else button(YES, "cancel_now", id)
    turn.say_lines(
        [*what_and_when(turn, appointment), (LATE if late else SURE, values)],
        buttons=[[yes], [button(KEEP, "keep_it", id)]],
    )


@action("cancel_now", notice=True)
async def cancel_now(turn: Turn) -> None:
    """She is sure; if it has become too late meanwhile, she hears what can be done."""
    appointment = own_appointment(turn)
    if appointment is None:
        return
    if is_late(turn, appointment):
        offer_by_buttons(turn)
    else:
        call_off(turn, appointment)


@action("ask_cancel", notice=True)
async def ask_cancel(turn: Turn) -> None:
    """She wants a person to decide."""
    appointment = own_appointment(turn)
    if appointment is not None and not said_asked(turn, appointment):
        ask_a_person(turn, appointment)


@action("keep_it", notice=True)
async def keep_it(turn: Turn) -> None:
    """She leaves it as it is."""
    appointment = own_appointment(turn)
    if appointment is not None:
        turn.say(STANDS, slot=appointment)
