"""Other times offered to the customer of an appointment that can't stand, and what she says to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import appointments, desk_bookings, other_times, tickets
from bot.rules.deadlines import offer_until
from bot.rules.spans import minute_of
from bot.update import InConversation
from bot.values import Appointment, Client, Invalid, Refusal, Slot, Who
from storage import appointments as kept
from storage import callers, jobs
from storage import clashes as storage
from storage import tickets as ticket_rows
from storage.clashes import Clash
from storage.tickets import Opened

PATIENCE: Final = 240
"""Minutes that a customer has to choose, quiet hours not counted, before somebody calls her."""
OVER: Final = _("This offer is no longer open.")
SETTLED: Final = _("This is settled already.")
UNREACHED: Final = _("Nothing can be sent to this customer: please call.")
NOTHING: Final = _("None of these times is free any more.")


def offer(
    write: Connection, client: Client, ticket_id: int, now: datetime, by: str, slots: Sequence[Slot] = ()
) -> tuple[Slot, ...]:
    """Offers the customer other times in her chat: these, as far as they are free, or the nearest.

    None is kept for her: the first to take one has it. The ticket is put away until she answers or ``until``. Raises
    Refusal where it is settled, she has no chat, or nothing is free.
    """
    clash, booked = to_settle(write, client, ticket_id)
    caller = callers.by_id(write, client.id, booked.customer_id)
    if caller is None or caller.talk is None:
        raise Refusal(UNREACHED)
    free = other_times.still_free(write, client, booked, slots, now) if slots else ()
    free = free or (() if slots else other_times.near(write, client, booked, now))
    if not free:
        raise Refusal(NOTHING)
    until = min(offer_until(client, now, PATIENCE), now + (booked.starts_at - now) / 2)
    storage.offer(write, clash, places(free), until, by)
    jobs.call_off(write, clash.subject, now)
    data, target = {"ticket": clash.id}, InConversation(caller.talk)
    jobs.later(write, "clash_offered", now, target, client_id=client.id, data=data)
    jobs.later(write, "clash_unanswered", until, target, client_id=client.id, data=data, subject=clash.subject)
    tickets.answered(write, client, opened(clash), caller.talk, now)
    ticket_rows.snooze(write, clash.id, until)
    return free


def to_settle(rows: Connection, client: Client, ticket_id: int) -> tuple[Clash, Appointment]:
    """An open clash with its appointment. Raises Refusal where it is settled."""
    clash = storage.by_id(rows, client.id, ticket_id)
    booked = kept.by_id(rows, client, clash.appointment_id) if clash is not None else None
    if clash is None or booked is None or not clash.open or booked.status not in appointments.STANDING:
        raise Refusal(SETTLED)
    return clash, booked


def take(write: Connection, who: Who, ticket_id: int, resource_id: int, minute: int) -> Appointment:
    """The customer takes the time that begins in an epoch minute, by the rules of every booking; that settles it.

    Raises Refusal where that time is not before her any more, Invalid where somebody was quicker.
    """
    clash, booked = hers(write, who, ticket_id)
    service = who.client.service(booked.service)
    meant = (slot for slot in slots_of(who.client, clash, booked) if slot.resource_id == resource_id)
    slot = next((slot for slot in meant if minute_of(slot.starts_at) == minute), None)
    if slot is None or service is None:
        raise Refusal(OVER)
    try:
        moved = appointments.move(write, who, booked, slot)
    except Invalid:
        other = desk_bookings.with_somebody(write, who.client, service, slot.starts_at, who.now, booked.id)
        if service.asks_staff or other == slot:
            raise
        moved = appointments.move(write, who, booked, other)
    storage.answer(write, clash, "taken")
    return moved


def offer_rest(write: Connection, who: Who, ticket_id: int) -> tuple[Slot, ...]:
    """Puts what is free now in the place of times of which one is taken; none where there is nothing."""
    clash, booked = hers(write, who, ticket_id)
    free = other_times.near(write, who.client, booked, who.now)
    if free and clash.until is not None:
        storage.offer(write, clash, places(free), clash.until, clash.by)
    return free


def turn_down(write: Connection, who: Who, ticket_id: int) -> tuple[Appointment, datetime | None]:
    """The customer wants none of the times: the appointment stays, and the ticket is before the desk again.

    Gives the appointment, and by when a person answers. Raises Refusal where it is settled.
    """
    clash, booked = hers(write, who, ticket_id)
    return booked, back(write, who.client, clash, "none", who.now)


def lapse(write: Connection, client: Client, ticket_id: int, now: datetime) -> None:
    """The customer has not answered: the ticket is before the desk again, and what was offered can still be taken."""
    clash = storage.by_id(write, client.id, ticket_id)
    if clash is not None and clash.open and not clash.answer:
        back(write, client, clash, "late", now)


def back(write: Connection, client: Client, clash: Clash, said: str, now: datetime) -> datetime | None:
    """Puts a ticket before the desk again, with a new promise, which it gives."""
    storage.answer(write, clash, said)
    jobs.call_off(write, clash.subject, now)
    tickets.wake(write, clash.id, now)
    again = tickets.promise(write, client, opened(clash), "task", clash.conversation_id, now)
    return again.due_at


def hers(rows: Connection, who: Who, ticket_id: int) -> tuple[Clash, Appointment]:
    """A customer's own open clash with its appointment. Raises Refusal where there is none, or it is settled."""
    clash = storage.by_id(rows, who.client.id, ticket_id)
    booked = kept.by_id(rows, who.client, clash.appointment_id) if clash is not None and clash.open else None
    if clash is None or booked is None or booked.customer_id != who.customer.id or not clash.offered:
        raise Refusal(OVER)
    if booked.status not in appointments.STANDING or booked.starts_at <= who.now:
        raise Refusal(OVER)
    return clash, booked


def slots_of(client: Client, clash: Clash, booked: Appointment) -> tuple[Slot, ...]:
    """The times that were offered; none where the service is no longer."""
    service = client.service(booked.service)
    if service is None:
        return ()
    return tuple(Slot(at, resource, service.key, service.minutes) for at, resource in clash.offered)


def places(slots: Sequence[Slot]) -> list[storage.Place]:
    """Slots as they are kept."""
    return [(slot.starts_at, slot.resource_id) for slot in slots]


def opened(clash: Clash) -> Opened:
    """The ticket of a clash."""
    return Opened(clash.id, clash.number, clash.due_at, clash.urgent)
