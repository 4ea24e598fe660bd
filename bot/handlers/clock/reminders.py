"""What falls due for appointments: reminders, and that a visit is over."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn, button
from bot.i18n import _
from bot.office import appointments, clashes
from bot.questions.told_appointment import line, what_and_when
from bot.rules.deadlines import outside_quiet
from bot.update import Face
from bot.values import Appointment, Booking


@action("remind", Face.CLOCK)
async def remind(turn: Turn) -> None:
    """Reminds the customer, unless she wants none or it is not what it was."""
    appointment = appointments.by_id(turn.rows, turn.client, turn.customer.id, int(turn.given["appointment"]))
    if appointment is None or not still(turn, appointment) or not turn.customer.reminders:
        return
    if clashes.asked(turn.rows, turn.client, appointment):
        return  # it can't take place then, and somebody speaks with her
    nearer = turn.given.get("nearer")
    if nearer is not None and nearer <= turn.now.timestamp():
        return  # after a standstill the nearer one says it all
    send_at = outside_quiet(turn.client, turn.now)
    if send_at > turn.now:  # the clock comes late, after a standstill
        if send_at < appointment.starts_at:
            appointments.remind_at(turn.write, turn.client, turn.conversation.id, appointment, send_at, nearer)
        return
    id, address = str(appointment.id), turn.client.address
    parts = [(_("A reminder: we'll see you {slot:near}."), {"slot": appointment}), *what_and_when(turn, appointment)]
    if address:
        parts.append(line(_("Where"), address))
    turn.say_lines(
        parts,
        buttons=[
            [button(_("I'll be there"), "confirm_visit", id, means=True)],
            [button(_("Move"), "move", id), button(_("Cancel the appointment"), "cancel", id, means=False)],
        ],
    )


@action("visited", Face.CLOCK)
async def visited(turn: Turn) -> None:
    """The time of a visit is over."""
    appointments.visited(turn.write, turn.client, int(turn.given["appointment"]), int(turn.given["sequence"]), turn.now)


def still(turn: Turn, appointment: Appointment) -> bool:
    """Whether an appointment stands as it did when the reminder was written, and has not begun."""
    same = appointment.sequence == turn.given["sequence"]
    return same and appointment.status is Booking.BOOKED and appointment.starts_at > turn.now
