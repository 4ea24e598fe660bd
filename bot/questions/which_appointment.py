"""Which of her appointments a customer means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.dialog import Turn, button
from bot.i18n import _, plain
from bot.office import appointments
from bot.questions.choice import Choice, OneOf
from bot.reading import Ear, Reading, folded
from bot.reading.dates import each_day
from bot.reading.shifts import is_toward
from bot.update import Json
from bot.values import Appointment, Msgid, Refusal


class Which(OneOf[Appointment]):
    """Takes one of the appointments by button, by what it is for, or by its day.

    Where it ``moves``, a day may be the one that it is moved to.
    """

    def __init__(self, turn: Turn, choices: Callable[[], Sequence[Choice[Appointment]]], *, moves: bool) -> None:
        super().__init__(turn, choices)
        self.moves = moves
        self.echoes = moves  # what is cancelled is told whole

    def read(self, text: str, ear: Ear) -> Reading | None:
        named = super().read(text, ear)
        if named is not None:
            return named
        found = each_day(text, ear)
        if self.moves and not (len(found) > 1 and all(is_toward(text, day.span, ear) for day in found)):
            found = [day for day in found if not is_toward(text, day.span, ear)]
        return next((named for day in found if (named := self.on(day)) is not None), None)

    def on(self, day: Reading) -> Reading | None:
        """The appointments of a day that was read."""
        days = {date.fromisoformat(str(one)) for one in (day.value, *day.alternatives)}
        local = self.turn.client.local
        ids = [one.key for one in self.choices if local(one.value.starts_at).date() in days]
        return Reading(ids[0], day.span, tuple(ids[1:])) if ids else None

    def spot(self, text: str, ear: Ear) -> Reading | None:
        return None if folded(text).bare.isdigit() else self.read(text, ear)

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        return None  # a day that is named later is that of the new time


def has_appointments(turn: Turn) -> bool:
    """Whether the customer has any appointment coming up."""
    return bool(appointments.of_customer(turn.rows, turn.client, turn.customer.id, turn.now))


async def which_appointment(turn: Turn, question: Msgid, *, moves: bool = False) -> Appointment:
    """Asks which appointment is meant, unless a button says it or there is only one. Refuses where there is none.

    ``moves`` says that a day in the same sentence may be the new one.
    """
    own = appointments.of_customer(turn.rows, turn.client, turn.customer.id, turn.now)
    if not own:
        book = ((_("Book an appointment"), "book"),) if turn.client.services else ()
        raise Refusal(_("You have no appointments coming up."), offers=book)
    given = str(turn.given.get("argument", ""))
    known = next((one.id for one in own if str(one.id) == given), own[0].id if len(own) == 1 else None)
    choices = [Choice(one.id, called(turn, one), one, names(turn, one)) for one in own]
    which = Which(turn, lambda: choices, moves=moves)
    return await turn.ask("appointment", question, which, label=_("Appointment"), known=known)


def called(turn: Turn, appointment: Appointment) -> str:
    """An appointment in a few words, as on a button."""
    values = {"service": appointments.service_name(turn.client, appointment), "slot": appointment}
    return plain(_("{service}, {slot:short}"), values, turn.language, turn.client.zone, turn.now)


def names(turn: Turn, appointment: Appointment) -> tuple[str, ...]:
    """What an appointment is for, in every language of the client and as its customers say."""
    service = turn.client.service(appointment.service)
    named = (text for _language, text in appointments.service_name(turn.client, appointment).texts)
    return (*named, *(service.synonyms if service is not None else ()))


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
