"""What a customer is told of an appointment that can't stand: the other times, as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.dialog import Option, Turn, button
from bot.i18n import _, plain
from bot.office import clash_offers
from bot.rules.spans import minute_of
from bot.values import Appointment, Form, Slot
from storage.clashes import Clash

NONE: Final = _("None of these times")


def time_buttons(turn: Turn, ticket_id: int, booked: Appointment, slots: Sequence[Slot]) -> list[list[Option]]:
    """A button for each time, and one for none of them."""
    rows = [
        [button(label(turn, booked, slot), "take_other", f"{ticket_id}:{slot.resource_id}:{minute_of(slot.starts_at)}")]
        for slot in slots
    ]
    return [*rows, [button(NONE, "leave_others", str(ticket_id), means=False)]]


def offered_buttons(turn: Turn, clash: Clash, booked: Appointment) -> list[list[Option]]:
    """The buttons of what is offered already."""
    return time_buttons(turn, clash.id, booked, clash_offers.slots_of(turn.client, clash, booked))


def label(turn: Turn, booked: Appointment, slot: Slot) -> Any:
    """A time, and with whom, where that is somebody else and the client's customers choose whom."""
    service, resource = turn.client.service(booked.service), turn.client.resource(slot.resource_id)
    if slot.resource_id == booked.resource_id or resource is None or service is None or not service.asks_staff:
        return Form(slot, "short")
    values = {"slot": slot, "name": resource.name}
    return plain(_("{slot:short}, {name}"), values, turn.language, turn.client.zone, turn.now)
