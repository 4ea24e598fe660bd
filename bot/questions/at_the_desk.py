"""What a button does while the desk holds the talk and it would take a dialog: the person there is told."""

from __future__ import annotations

from bot.dialog import Turn
from bot.i18n import _, plain
from bot.office.handoff import take_over
from bot.questions.which_appointment import called, own_appointment
from bot.values import Msgid
from storage import road


def pass_to_desk(turn: Turn, wish: Msgid) -> None:
    """Puts the wish and the appointment of the button into the talk, as the customer's words, before the desk."""
    appointment = own_appointment(turn)
    if appointment is None:
        return
    words = plain(wish, {}, turn.language, turn.client.zone, turn.now)
    road.keep_message(turn.write, turn.conversation, "customer", f"{words} {called(turn, appointment)}", turn.now)
    take_over(turn.write, turn.who, words)
    turn.say(_("I've passed it on to the person who is answering you here."))
