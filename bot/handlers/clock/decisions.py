"""What falls due for decisions: the default where nobody decides, and telling the customer the end."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn, button
from bot.i18n import _
from bot.office import appointments, decisions
from bot.questions.told_appointment import line, proposal_buttons, tell_booked, tell_cancelled, what_and_when
from bot.update import Face
from bot.values import Appointment, Booking, Message, Refusal
from storage.decisions import Decision

NOBODY: Final = "nobody"
DECLINED: Final = _("I'm sorry, your request could not be accepted.")
UNANSWERED: Final = _("I'm sorry, nobody could confirm your request in time, so it is closed.")
STANDS: Final = {
    ("cancel", False): _("I'm sorry, this appointment can't be cancelled any more. It stands."),
    ("cancel", True): _("I'm sorry, nobody could decide in time, so your appointment stands."),
    ("move", False): _("I'm sorry, this appointment can't be moved any more. It stands."),
    ("move", True): _("I'm sorry, nobody could decide in time, so your appointment stands."),
}
GONE: Final = _("Your appointment could be moved, but the new time has been taken meanwhile. It stands as it was.")
INSTEAD: Final = _("The time you asked for can't be confirmed. Another one is proposed to you:")
RATHER: Final = _("That can't be done, but another time is proposed to you. Until you answer, your appointment stands.")


@action("decision_due", Face.CLOCK)
async def decision_due(turn: Turn) -> None:
    """Nobody has decided in time: the client's default holds."""
    decisions.decide_by_default(turn.write, turn.client, int(turn.given["ticket"]), turn.now, NOBODY)


@action("decided", Face.CLOCK)
async def decided(turn: Turn) -> None:
    """Tells the customer the end, whoever holds the talk."""
    found = decisions.told(turn.rows, turn.client, turn.customer.id, int(turn.given["ticket"]))
    if found is None:
        return
    decision, appointment = found
    result, nobody = turn.given["result"], turn.given["by"] == NOBODY
    if result == "approved":
        tell_booked(turn, appointment, _("Your appointment is confirmed. We'll see you {slot:on}."))
    elif result == "moved":
        tell_booked(turn, appointment, _("Your appointment is moved. We'll see you {slot:on}."))
    elif result == "cancelled":
        tell_cancelled(turn, appointment, _("Your appointment is cancelled, as you asked."))
    elif result == "declined":
        tell_cancelled(turn, appointment, UNANSWERED if nobody else DECLINED, booked=False)
    elif result == "proposed":
        tell_proposed(turn, decision, appointment)
    else:
        tell_stands(turn, appointment, GONE if result == "gone" else STANDS[decision.what, nobody])


def tell_stands(turn: Turn, appointment: Appointment, head: Message) -> None:
    """Says that an appointment stays as it was."""
    person = [[button(_("A person"), "human")]]
    turn.say_lines([(head, {}), *what_and_when(turn, appointment)], buttons=person)


def tell_proposed(turn: Turn, decision: Decision, appointment: Appointment) -> None:
    """Says which other time is proposed, and until when it is kept."""
    if decision.slot is None or decision.outcome != "proposed":
        return
    service = appointments.service_name(turn.client, appointment)
    turn.say_lines(
        [
            (RATHER if appointment.status is Booking.BOOKED else INSTEAD, {}),
            line(_("Service"), service),
            line(_("New time"), decision.slot[1]),
            (_("I'm keeping it for you {until:until}."), {"until": decision.until}),
        ],
        buttons=[proposal_buttons(decision.id)],
    )


@action("proposal_lapsed", Face.CLOCK)
async def proposal_lapsed(turn: Turn) -> None:
    """She has not answered a proposed time: it is given up, and she hears what that means."""
    try:
        left = decisions.turn_down(turn.write, turn.who, int(turn.given["ticket"]), "lapsed")
    except Refusal:  # she has answered
        return
    if left.status is Booking.CANCELLED:
        tell_cancelled(turn, left, _("The proposed time is no longer kept, so your request is closed."), booked=False)
    else:
        tell_stands(turn, left, _("The proposed time is no longer kept. Your appointment stands as it was."))
