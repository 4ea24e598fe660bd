"""A customer books an appointment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.office import appointments, customers
from bot.office.invitation import invitation
from bot.questions.choice import Choice, OneOf, one_of
from bot.questions.days import open_day
from bot.questions.openings import Openings
from bot.questions.phone import phone_of
from bot.questions.text import name_of, text_of
from bot.questions.times import free_time
from bot.questions.told_appointment import line
from bot.rules.deadlines import cancel_until
from bot.values import Appointment, Booking, Refusal, Service

BOOKED: Final = _(
    "You're booked. We'll see you {slot:on}. If your plans change, you can move or cancel here {deadline:until}."
)
BOOKED_LATE: Final = _("You're booked. We'll see you {slot:on}.")


@command("book", _("Book an appointment"))
@wish("book")
async def book(turn: Turn) -> None:
    """Service, day, time, who; a hold while she confirms; then the appointment, or the wait for its approval."""
    service = await turn.ask(
        "service", _("What would you like to book?"), offered(turn), label=_("Service"), known=given_service(turn)
    )
    openings = Openings(turn, service, await preferred(turn, service))
    day = await turn.ask(
        "day", _("Which day suits you? First free day: {first:day}."), open_day(openings), first=openings.first_day
    )
    slot = await turn.ask(
        "slot", _("{day:day}: what time suits you?"), free_time(openings, day), label=_("When"), begins="day", day=day
    )
    held = await turn.keep(appointments.hold, service, slot)
    name = await turn.ask(
        "name", _("What name shall I put it under?"), name_of(), label=_("Name"), known=turn.customer.name
    )
    phone = await turn.ask(
        "phone", _("On which number can we reach you?"), phone_of(turn), label=_("Phone"), known=turn.customer.phone
    )
    for_whom = await turn.optional(
        "for_whom", _("Who is it for?"), name_of(), label=_("For"), button=_("It's for somebody else")
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
        turn.write, turn.who, service, slot, name=name, for_whom=for_whom or "", note=note or "", held=held
    )
    tell(turn, service, appointment)


def offered(turn: Turn) -> OneOf[Service]:
    """The client's services."""
    if not turn.client.services:
        raise Refusal(_("There is nothing to book here. You can leave a message."))
    return one_of(turn, lambda: [Choice(one.key, one.name, one) for one in turn.client.services])


def given_service(turn: Turn) -> str | None:
    """The service of a button or a deep link, or the only one there is."""
    services = turn.client.services
    wanted = turn.client.service(str(turn.given.get("argument", "")))
    if wanted is not None:
        return wanted.key
    return services[0].key if len(services) == 1 else None


async def preferred(turn: Turn, service: Service) -> Collection[int] | None:
    """Whom the customer prefers, where the client lets her choose: one of the staff, or None for anybody."""
    staff = [one for one in turn.client.resources if one.id in service.resources]
    if not service.asks_staff or len(staff) < 2:
        return None
    choices = [Choice("any", _("Anybody"), 0), *(Choice(one.key, one.name, one.id) for one in staff)]
    chosen = await turn.ask("staff", _("Is there anybody you prefer?"), one_of(turn, lambda: choices), label=_("With"))
    return (chosen,) if chosen else None


def tell(turn: Turn, service: Service, appointment: Appointment) -> None:
    """Says what was booked, or by when it will be confirmed."""
    client = turn.client
    where = [line(_("Where"), client.address)] if client.address else []
    lines = [*where, line(_("Code"), appointment.code)]
    if appointment.status is Booking.REQUESTED:
        asked = [(_("I've passed your request on."), {}), line(_("Service"), service.name)]
        by = appointments.decided_by(turn.rows, client, appointment)
        if by is not None:
            wait = _("You'll have an answer here {by:by}; until then the time is kept for you.")
            lines.append((wait, {"by": by}))
        turn.say_lines([*asked, line(_("When"), appointment), *lines])
        return
    deadline = cancel_until(service, appointment.starts_at)
    booked = BOOKED if deadline > turn.now else BOOKED_LATE
    head = (booked, {"slot": appointment, "deadline": deadline})
    turn.say_lines([head, *lines], attach=invitation(client, appointment, turn.language, turn.now))
