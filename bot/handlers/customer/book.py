"""A customer books an appointment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.office import appointments, customers
from bot.questions.choice import Choice, one_of
from bot.questions.new_time import which_slot
from bot.questions.openings import Openings
from bot.questions.phone import phone_of
from bot.questions.text import for_whom, name_of, text_of
from bot.questions.told_appointment import tell_booked, tell_requested
from bot.questions.which_service import which_service
from bot.values import Booking, Service

WHOEVER: Final = (
    *(
        "no",
        "nobody",
        "nope",
        "no preference",
        "doesn't matter",
        "don't mind",
        "whoever",
        "anyone",
        "either",
        "not really",
    ),
    *("nessuno", "nessuna preferenza", "indifferente", "non importa", "è uguale", "chiunque va bene", "nessuna"),
    *("nie", "nikt", "obojętnie", "obojętne", "bez różnicy", "wszystko jedno", "ktokolwiek", "nie mam preferencji"),
)
"""What else says that it may be anybody."""
BOOKED: Final = _("You're booked. We'll see you {slot:on}.")


@command("book", _("Book an appointment"))
@wish("book")
async def book(turn: Turn) -> None:
    """Service, day, time, who; a hold while she confirms; then the appointment, or the wait for its approval."""
    service = await which_service(turn)
    openings = Openings(turn, service, await preferred(turn, service))
    slot = await which_slot(turn, openings, _("When"))
    held = await turn.keep(appointments.hold, service, slot)
    whom = await turn.optional(
        "for_whom", _("Who is it for?"), for_whom(), label=_("For"), button=_("It's for somebody else")
    )
    name = await turn.ask(
        "name", _("What name shall I put it under?"), name_of(), label=_("Name"), known=turn.customer.name
    )
    phone = await turn.ask(
        "phone", _("On which number can we reach you?"), phone_of(turn), label=_("Phone"), known=turn.customer.phone
    )
    note = await turn.optional("note", _("What should we know?"), text_of(500), label=_("Note"), button=_("Add a note"))
    await turn.confirm(
        _("Let me read it back."),
        *("service", "staff", "slot", "name", "phone"),
        question=_("Shall I book it?"),
        yes=_("Yes, book it"),
        also=("for_whom", "note"),
    )
    turn.customer = customers.introduce(turn.write, turn.customer, name, phone)
    appointment = appointments.book(
        turn.write, turn.who, service, slot, name=name, for_whom=whom or "", note=note or "", held=held
    )
    if appointment.status is Booking.REQUESTED:
        tell_requested(turn, appointment)
    else:
        tell_booked(turn, appointment, BOOKED)


async def preferred(turn: Turn, service: Service) -> Collection[int] | None:
    """Whom the customer prefers, where the client lets her choose: one of the staff, or None for anybody."""
    if not service.asks_staff:
        return None
    staff = [one for one in turn.client.resources if one.id in service.resources]
    if len(staff) < 2:
        return None
    choices = [Choice("any", _("Anybody"), 0, WHOEVER), *(Choice(one.key, one.name, one.id) for one in staff)]
    chosen = await turn.ask("staff", _("Is there anybody you prefer?"), one_of(turn, lambda: choices), label=_("With"))
    return (chosen,) if chosen else None
