"""How an appointment is told: what, when, where, how it stands, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.dialog import Option, Options, Turn, button
from bot.i18n import _
from bot.office import appointments, clashes, decisions
from bot.office.invitation import invitation
from bot.questions.told_clash import offered_buttons
from bot.values import Appointment, Booking, Message, Msgid

Part = tuple[Message, Mapping[str, Any]]
CHANGE: Final = _("If your plans change, you can move or cancel here {deadline:until}.")
TAKE: Final = _("I'll take it")
NO: Final = _("No, thank you")


def line(label: Msgid, value: Any) -> Part:
    """A value on a line of its own."""
    return _("{label}: {value}"), {"label": label, "value": value}


def what_and_when(turn: Turn, appointment: Appointment) -> list[Part]:
    """The lines that say which appointment it is."""
    service = appointments.service_name(turn.client, appointment)
    return [line(_("Service"), service), line(_("When"), appointment)]


def all_of(turn: Turn, appointment: Appointment) -> list[Part]:
    """Every line of an appointment, with how it stands."""
    client, parts = turn.client, what_and_when(turn, appointment)
    service, resource = client.service(appointment.service), client.resource(appointment.resource_id)
    if service is not None and service.asks_staff and resource is not None:
        parts.append(line(_("With"), resource.name))
    if appointment.for_whom:
        parts.append(line(_("For"), appointment.for_whom))
    if client.address:
        parts.append(line(_("Where"), client.address))
    return [*parts, line(_("Code"), appointment.code), *standing(turn, appointment)]


def standing(turn: Turn, appointment: Appointment) -> list[Part]:
    """What an appointment waits for, or until when it can be changed."""
    client = turn.client
    proposed = decisions.proposal(turn.rows, client, appointment)
    if proposed is not None and proposed.slot is not None:
        offered = [line(_("Proposed instead"), proposed.slot[1])] if appointment.status is Booking.BOOKED else []
        return [*offered, (_("This time is kept for you {until:until}."), {"until": proposed.until})]
    if clashes.offered(turn.rows, client, appointment) is not None:
        return [(_("It can't take place then. Other times are offered to you:"), {})]
    by = appointments.decided_by(turn.rows, client, appointment)
    if by is not None and appointment.status is Booking.REQUESTED:
        return [(_("Not confirmed yet: you'll have an answer here {by:by}."), {"by": by})]
    if by is not None:
        return [(_("A person is asked: you'll have an answer here {by:by}. Until then it stands."), {"by": by})]
    deadline = appointments.cancel_until(client, appointment)
    return [(_("You can move or cancel here {deadline:until}."), {"deadline": deadline})] if deadline > turn.now else []


def buttons(turn: Turn, appointment: Appointment) -> Options:
    """What can be done with an appointment."""
    id = str(appointment.id)
    proposed = decisions.proposal(turn.rows, turn.client, appointment)
    rows: list[list[Option]] = [proposal_buttons(proposed.id)] if proposed is not None else []
    clash = clashes.offered(turn.rows, turn.client, appointment)
    rows += offered_buttons(turn, clash, appointment) if clash is not None else []
    rows.append([button(_("Move"), "move", id), button(_("Cancel the appointment"), "cancel", id)])
    if appointment.status is Booking.BOOKED:
        rows.append([button(_("Calendar file"), "calendar_file", id)])
    return rows


def proposal_buttons(ticket_id: int) -> list[Option]:
    """The answers to a proposed time."""
    return [
        button(TAKE, "take_time", str(ticket_id), means=True),
        button(NO, "leave_time", str(ticket_id), means=False),
    ]


def tell_booked(turn: Turn, appointment: Appointment, head: Message) -> None:
    """Says under ``head``, which may name {slot}, how an appointment now stands, with its calendar file."""
    client, values = turn.client, {"slot": appointment}
    parts: list[Part] = [(head, values)]
    deadline = appointments.cancel_until(client, appointment)
    if deadline > turn.now:
        parts.append((CHANGE, {"deadline": deadline}))
    if client.address:
        parts.append(line(_("Where"), client.address))
    parts.append(line(_("Code"), appointment.code))
    turn.say_lines(parts, attach=invitation(client, appointment, turn.language, turn.now))


def tell_requested(turn: Turn, appointment: Appointment) -> None:
    """Says that a requested appointment is to be confirmed, and by when."""
    parts: list[Part] = [(_("I've passed your request on."), {}), *what_and_when(turn, appointment)]
    if turn.client.address:
        parts.append(line(_("Where"), turn.client.address))
    parts.append(line(_("Code"), appointment.code))
    by = appointments.decided_by(turn.rows, turn.client, appointment)
    if by is not None:
        parts.append((_("You'll have an answer here {by:by}; until then the time is kept for you."), {"by": by}))
    turn.say_lines(parts)


def tell_cancelled(turn: Turn, appointment: Appointment, head: Message, *, booked: bool = True) -> None:
    """Says under ``head`` that an appointment is cancelled, with the file that strikes it out of a calendar.

    What was only requested, not ``booked``, has no file: none was given for it.
    """
    rows = [[button(_("Book an appointment"), "book")]] if turn.client.services else []
    file = invitation(turn.client, appointment, turn.language, turn.now) if booked else None
    turn.say_lines([(head, {}), *what_and_when(turn, appointment)], buttons=rows, attach=file)
