"""The waiting list: who wants to be told, and to whom a freed time is offered next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import appointments, seats
from bot.rules.deadlines import offer_until, outside_quiet
from bot.rules.slots import free_slots
from bot.update import InConversation, Json
from bot.values import Appointment, Client, Refusal, Service, Slot, Who
from storage import appointments as kept
from storage import jobs, waiting
from storage.waiting import Place

OVER: Final = _("This offer is no longer open.")


def join(write: Connection, who: Who, service: Service, first: date, last: date) -> int:
    """Puts the customer at the end of the line for a service; who stands in it already keeps the place, with new days.

    Gives the place's id.
    """
    client = who.client
    for place in of_customer(write, client, who.customer.id, who.now):
        if place.service == service.key:
            waiting.widen(write, place, first, last)
            return place.id
    return waiting.add(write, client, service.id, who.customer.id, who.conversation.id, first, last, who.now)


def of_customer(rows: Connection, client: Client, customer_id: int, now: datetime) -> list[Place]:
    """The lines in which a customer stands."""
    return waiting.of_customer(rows, client, customer_id, client.local(now).date())


def by_id(rows: Connection, client: Client, customer_id: int, place_id: int) -> Place | None:
    """A customer's own place in a line; None where it is nobody's or another's."""
    found = waiting.by_id(rows, client, place_id)
    return found if found is not None and found.customer_id == customer_id else None


def of_offer(rows: Connection, client: Client, customer_id: int, hold: int) -> Place | None:
    """The customer's own place to which this hold is offered; None where it is offered no more, or to another."""
    found = waiting.of_offer(rows, client, hold)
    return found if found is not None and found.customer_id == customer_id else None


def leave(write: Connection, who: Who, place: Place) -> None:
    """The customer does not want to be told any more; what was offered goes to the next."""
    if waiting.change(write, place, "over") and place.appointment_id is not None:
        pass_on(write, who.client, place, who.now)


# --- offering ---------------------------------------------------------------------------------------------------------


def offer_next(write: Connection, client: Client, freed: Json, now: datetime) -> Place | None:
    """Offers a freed time to the first in line whom it suits, and keeps it for her; None where it suits nobody.

    ``freed`` is {"resource", "from", "to", "behind"}: the resource's id, the stretch that is free again (ISO), and the
    id of the place that refused it last.
    """
    start, end = datetime.fromisoformat(freed["from"]), datetime.fromisoformat(freed["to"])
    resource, day = int(freed["resource"]), client.local(start).date()
    services = {one.id: one for one in client.services if resource in one.resources}
    if end <= now or client.resource(resource) is None:
        return None
    for place in waiting.line(write, client, list(services), day, int(freed.get("behind", 0))):
        service = client.service(place.service)
        slot = suits(write, client, service, resource, start, end, now) if service is not None else None
        if service is not None and slot is not None and offer(write, client, place, service, slot, now):
            return place
    return None


def suits(
    rows: Connection, client: Client, service: Service, resource: int, start: datetime, end: datetime, now: datetime
) -> Slot | None:
    """The free start of a service that uses a freed stretch: the very start if it can, else the first within it."""
    day = client.local(start).date()
    busy, per_day = appointments.taken(rows, client, service, day, 1, now)
    slots = free_slots(client, service, busy, day, 1, now, resources=[resource], per_day=per_day)
    within = [slot for slot in slots if slot.starts_at < end and slot.ends_at > start]
    return next((slot for slot in within if slot.starts_at == start), within[0] if within else None)


def offer(write: Connection, client: Client, place: Place, service: Service, slot: Slot, now: datetime) -> bool:
    """Keeps a slot for one who waits, and lets her hear of it outside quiet hours; False if she waits no more."""
    until = min(offer_until(client, now), slot.starts_at - timedelta(minutes=service.notice))
    hold = seats.reserve(
        write,
        client,
        service,
        slot,
        until,
        now,
        customer_id=place.customer_id,
        conversation_id=place.conversation_id,
    )
    if not waiting.change(write, place, "offered", hold):
        kept.drop(write, [hold])
        return False
    target, data = InConversation(place.conversation_id), {"place": place.id, "appointment": hold}
    for name, at in (("offer", min(outside_quiet(client, now), until)), ("offer_lapsed", until)):
        jobs.later(write, name, at, target, client_id=client.id, data=data, subject=seats.about(hold))
    return True


def offered(rows: Connection, client: Client, place: Place) -> kept.Held | None:
    """The hold that is offered to who stands at a place, while it is one."""
    if place.state != "offered" or place.appointment_id is None:
        return None
    return kept.held(rows, client, place.appointment_id)


def slot_of(client: Client, held: kept.Held) -> tuple[Service, Slot]:
    """The service and slot of a hold. Raises Refusal where the service is no longer offered."""
    kept_for = held.appointment
    service = client.service(kept_for.service)
    if service is None:
        raise Refusal(OVER)
    return service, Slot(kept_for.starts_at, kept_for.resource_id, service.key, service.minutes)


def take(write: Connection, who: Who, place: Place) -> Appointment:
    """The customer takes what she is offered. Raises Refusal where it is not open any more."""
    held = offered(write, who.client, place)
    if held is None or held.held_until <= who.now:
        raise Refusal(OVER)
    service, slot = slot_of(who.client, held)
    if not waiting.change(write, place, "taken"):
        raise Refusal(OVER)
    return appointments.book(
        write, who, service, slot, name=who.customer.name, held={"appointment": held.appointment.id}
    )


def decline(write: Connection, who: Who, place: Place) -> None:
    """The customer does not want what she is offered: it goes to the next, and she keeps waiting."""
    if not waiting.change(write, place, "waiting"):
        raise Refusal(OVER)
    pass_on(write, who.client, place, who.now)


def lapse(write: Connection, client: Client, place: Place, now: datetime) -> bool:
    """Nobody answered an offer: it goes to the next, and this place in the line is over.

    False where it was answered, also by booking such a time in another way.
    """
    if place.state != "offered":
        return False
    local, own = client.local, kept.upcoming(write, client, place.customer_id, now)
    if any(one.service == place.service and place.first <= local(one.starts_at).date() <= place.last for one in own):
        waiting.change(write, place, "taken")
        return False
    if not waiting.change(write, place, "over"):
        return False
    pass_on(write, client, place, now)
    return True


def pass_on(write: Connection, client: Client, place: Place, now: datetime) -> None:
    """Gives up the hold of an offer and lets those behind in the line hear of its time."""
    held = kept.held(write, client, place.appointment_id) if place.appointment_id is not None else None
    if held is None:
        return
    freed = held.appointment
    seats.release(write, freed.id, now)
    appointments.free_again(write, client, freed.resource_id, freed.starts_at, freed.ends_at, now, behind=place.id)
