"""Which of her appointments a customer means."""

from __future__ import annotations

from datetime import date

from bot.dialog import Turn, button
from bot.i18n import _, plain
from bot.office import appointments
from bot.questions.choice import Choice, OneOf
from bot.reading import Ear, Reading
from bot.reading.dates import read_day
from bot.update import Json
from bot.values import Appointment, Invalid, Msgid, Refusal


class Which(OneOf[Appointment]):
    """Takes one of the appointments by button, by what it is for, or by its day."""

    def read(self, text: str, ear: Ear) -> Reading | None:
        named = super().read(text, ear)
        if named is not None:
            return named
        try:
            day = read_day(text, ear)
        except Invalid:  # a day that passed names none of them
            return None
        if day is None:
            return None
        days = {date.fromisoformat(str(one)) for one in (day.value, *day.alternatives)}
        local = self.turn.client.local
        ids = [one.key for one in self.choices() if local(one.value.starts_at).date() in days]
        return Reading(ids[0], day.span, tuple(ids[1:])) if ids else None

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        return None  # a day that is named later is that of the new time


def has_appointments(turn: Turn) -> bool:
    """Whether the customer has any appointment coming up."""
    return bool(appointments.of_customer(turn.rows, turn.client, turn.customer.id, turn.now))


async def which_appointment(turn: Turn, question: Msgid) -> Appointment:
    """Asks which appointment is meant, unless a button says it or there is only one. Refuses where there is none."""
    own = appointments.of_customer(turn.rows, turn.client, turn.customer.id, turn.now)
    if not own:
        book = ((_("Book an appointment"), "book"),) if turn.client.services else ()
        raise Refusal(_("You have no appointments coming up."), offers=book)
    given = str(turn.given.get("argument", ""))
    known = next((one.id for one in own if str(one.id) == given), own[0].id if len(own) == 1 else None)
    choices = [Choice(one.id, called(turn, one), one, names(turn, one)) for one in own]
    return await turn.ask("appointment", question, Which(turn, lambda: choices), label=_("Appointment"), known=known)


def called(turn: Turn, appointment: Appointment) -> str:
    """An appointment in a few words, as on a button."""
    values = {"service": appointments.service_name(turn.client, appointment), "slot": appointment}
    return plain(_("{service}, {slot:short}"), values, turn.language, turn.client.zone, turn.now)


def names(turn: Turn, appointment: Appointment) -> tuple[str, ...]:
    """What an appointment is for, in every language of the client."""
    return tuple(text for _language, text in appointments.service_name(turn.client, appointment).texts)


def own_appointment(turn: Turn) -> Appointment | None:
    """The customer's own appointment that a button names; else it is said that there is none."""
    argument = str(turn.given.get("argument", ""))
    found = None
    if argument.isascii() and argument.isdigit() and len(argument) < 19:
        found = appointments.by_id(turn.rows, turn.client, turn.customer.id, int(argument))
    if found is None or found.status not in appointments.STANDING or found.starts_at <= turn.now:
        turn.say(
            _("This appointment can't be changed any more."), buttons=[[button(_("My appointments"), "appointments")]]
        )
        return None
    return found
