"""What falls due for appointments that can't stand: other times are offered, not answered, or not needed any more."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import appointments, clash_offers
from bot.questions.told_appointment import what_and_when
from bot.questions.told_clash import offered_buttons
from bot.update import Face
from storage.clashes import by_id


@action("clash_offered", Face.CLOCK)
async def clash_offered(turn: Turn) -> None:
    """Offers the customer the other times, unless that is settled."""
    clash = by_id(turn.rows, turn.client.id, int(turn.given["ticket"]))
    if clash is None or not clash.open or not clash.offered or clash.answer:
        return
    booked = appointments.by_id(turn.rows, turn.client, turn.customer.id, clash.appointment_id)
    if booked is None or booked.status not in appointments.STANDING:
        return
    which = _("Which of these times suits you? If none is chosen {until:by}, a person gets in touch.")
    turn.say_lines(
        [
            (_("I'm sorry, this appointment can't take place when it was planned."), {}),
            *what_and_when(turn, booked),
            (which, {"until": clash.until}),
        ],
        buttons=offered_buttons(turn, clash, booked),
    )


@action("clash_unanswered", Face.CLOCK)
async def clash_unanswered(turn: Turn) -> None:
    """The customer has not answered: the desk sees to it again."""
    clash_offers.lapse(turn.write, turn.client, int(turn.given["ticket"]), turn.now)


@action("clash_over", Face.CLOCK)
async def clash_over(turn: Turn) -> None:
    """Tells the customer that the appointment can stand after all."""
    booked = appointments.by_id(turn.rows, turn.client, turn.customer.id, int(turn.given["appointment"]))
    if booked is None or booked.status not in appointments.STANDING or booked.starts_at <= turn.now:
        return
    head = _("Your appointment can stay as it was after all: there is nothing you need to do.")
    turn.say_lines([(head, {}), *what_and_when(turn, booked)])
