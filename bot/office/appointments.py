"""Appointments: held, booked, moved, cancelled; the same for every face, under the same lock and by the same rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import requests
from bot.office.hearing import hear_booking
from bot.office.requests import decided_by, service_name
from bot.office.seats import Taken, about, add, busy, hold, place, release, taken
from bot.rules import deadlines
from bot.update import InConversation, Json, OfClient
from bot.values import DAY, Appointment, Booking, Client, Refusal, Service, Slot, Who
from storage import appointments as kept
from storage import jobs

__all__ = [
    "CHANGED", "NOT_OFFERED", "STANDING", "Taken", "book", "busy", "by_id", "cancel", "cancel_until", "confirm",
    "decided_by", "free_again", "hold", "in_time", "move", "of_customer", "release", "remind_at", "service_name",
    "taken", "visited",
]  # fmt: skip

STANDING: Final = frozenset({Booking.REQUESTED, Booking.BOOKED})
"""What a customer sees of her appointments."""
CHANGED: Final = _("This appointment has changed meanwhile. Please look at it again.")
NOT_OFFERED: Final = _("This service is no longer offered here. A person can help you with it.")


# --- booking ----------------------------------------------------------------------------------------------------------


def book(
    write: Connection,
    who: Who,
    service: Service,
    slot: Slot,
    *,
    name: str,
    for_whom: str = "",
    note: str = "",
    held: Json = None,
) -> Appointment:
    """Books a slot: out of ``held`` (what ``hold`` gave) while it stands; else it is checked anew, raising Invalid.

    A service that needs approval is only requested: a person decides by ``decision_due``.
    """
    client, now = who.client, who.now
    status = Booking.REQUESTED if service.approval else Booking.BOOKED
    found = kept.held(write, client, held["appointment"]) if held else None
    if found is None or not stands(found, who, service, slot):
        columns = place(write, client, service, slot, now, who.conversation.id) | {"status": status.value}
        told = {"name": name, "for_whom": for_whom, "note": note}
        booked = kept.by_id(write, client, add(write, client, service, columns | told, who.customer.id, now))
        assert booked is not None
    else:
        booked = replace(found.appointment, status=status, name=name, for_whom=for_whom, note=note)
        jobs.call_off(write, about(booked.id), now)
        kept.book(write, booked.id, status, name, for_whom, note)
    if status is Booking.REQUESTED:
        requests.request(write, client, who.conversation, booked, "approval", now)
    else:
        schedule(write, client, who.conversation.id, booked, now)
    return booked


def stands(found: kept.Held, who: Who, service: Service, slot: Slot) -> bool:
    """Whether a hold is this conversation's, for just this slot, and has not lapsed."""
    held = found.appointment
    same = (held.service, held.resource_id, held.starts_at) == (service.key, slot.resource_id, slot.starts_at)
    return same and found.held_by == who.conversation.id and found.held_until > who.now


def schedule(
    write: Connection,
    client: Client,
    conversation_id: int | None,
    appointment: Appointment,
    now: datetime,
    before: datetime | None = None,
) -> None:
    """Writes the jobs of a booked appointment: that the visit is over and, where there is a talk, its reminders.

    ``before`` is when it was to begin until now.
    """
    if conversation_id is not None:
        times = deadlines.reminder_times(client, appointment.starts_at, now)
        for at, nearer in zip_longest(times, times[1:]):
            remind_at(write, client, conversation_id, appointment, at, int(nearer.timestamp()) if nearer else None)
    later(write, client, "visited", appointment.ends_at, OfClient(client.id), appointment)
    hear_booking(write, client, appointment, "moved" if appointment.sequence else "booked", now, before)


def remind_at(
    write: Connection, client: Client, conversation_id: int, appointment: Appointment, at: datetime, nearer: int | None
) -> None:
    """Writes a reminder; ``nearer`` is when the next one comes, in seconds since 1970, if there is one."""
    later(write, client, "remind", at, InConversation(conversation_id), appointment, nearer=nearer)


def later(
    write: Connection,
    client: Client,
    name: str,
    at: datetime,
    target: InConversation | OfClient,
    appointment: Appointment,
    **more: Json,
) -> None:
    """Writes a job about an appointment as it stands: once it has changed, the job finds it so."""
    data = {"appointment": appointment.id, "sequence": appointment.sequence, **more}
    jobs.later(write, name, at, target, client_id=client.id, data=data, subject=about(appointment.id))


# --- changing ---------------------------------------------------------------------------------------------------------


def move(write: Connection, who: Who, appointment: Appointment, slot: Slot) -> Appointment:
    """Moves an appointment to a free slot. Whether it is in time is for the caller to ask (``in_time``).

    Raises Invalid where the slot is not free, Refusal where the appointment has changed or its service is gone. One
    that waits for approval is requested anew.
    """
    moved = move_to(write, who.client, who.conversation.id, appointment, slot, who.now, appointment.status)
    if moved.status is Booking.REQUESTED:
        requests.request(write, who.client, who.conversation, moved, "approval", who.now)
    return moved


def move_to(
    write: Connection,
    client: Client,
    conversation_id: int | None,
    appointment: Appointment,
    slot: Slot,
    now: datetime,
    status: Booking,
    *,
    waive: bool = False,
) -> Appointment:
    """``move`` for who acts without the customer, who is reminded in that conversation; ``status`` is its new one."""
    service = client.service(appointment.service)
    if service is None:
        raise Refusal(NOT_OFFERED)
    columns = place(write, client, service, slot, now, conversation_id, appointment, waive=waive)
    if not kept.move(write, appointment, status, columns):
        raise Refusal(CHANGED)
    moved = replace(
        appointment,
        resource_id=slot.resource_id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        sequence=appointment.sequence + 1,
        status=status,
    )
    settled(write, client, appointment, "moved", now)
    if status is Booking.BOOKED:
        schedule(write, client, conversation_id, moved, now, appointment.starts_at)
    free_again(write, client, appointment.resource_id, appointment.starts_at, appointment.ends_at, now)
    return moved


def cancel(write: Connection, who: Who, appointment: Appointment, by: str = "customer") -> Appointment:
    """Calls an appointment off, and frees its time. Whether it is in time is for the caller to ask (``in_time``).

    Raises Refusal where the appointment has changed.
    """
    return call_off(write, who.client, appointment, who.now, by)


def call_off(write: Connection, client: Client, appointment: Appointment, now: datetime, by: str) -> Appointment:
    """``cancel`` for who acts without the customer."""
    if not kept.settle(write, appointment, Booking.CANCELLED):
        raise Refusal(CHANGED)
    settled(write, client, appointment, f"cancelled by {by}", now)
    if appointment.status is Booking.BOOKED:
        hear_booking(write, client, appointment, "cancelled", now)
    free_again(write, client, appointment.resource_id, appointment.starts_at, appointment.ends_at, now)
    return replace(appointment, status=Booking.CANCELLED, sequence=appointment.sequence + 1)


def settled(write: Connection, client: Client, appointment: Appointment, outcome: str, now: datetime) -> None:
    """Calls off what was to happen to an appointment as it stood, and closes what waited for a decision about it."""
    jobs.call_off(write, about(appointment.id), now)
    requests.close(write, client, appointment, outcome, now)


def free_again(
    write: Connection, client: Client, resource_id: int, start: datetime, end: datetime, now: datetime, behind: int = 0
) -> None:
    """Lets the waiting list hear of a stretch that is free again; of its places only those ``behind`` that one."""
    if start <= now:
        return
    data = {"resource": resource_id, "from": start.isoformat(), "to": end.isoformat(), "behind": behind}
    jobs.later(write, "offer_slot", now, OfClient(client.id), client_id=client.id, data=data)


# --- looking ----------------------------------------------------------------------------------------------------------


def of_customer(rows: Connection, client: Client, customer_id: int, now: datetime) -> list[Appointment]:
    """What a customer has booked or requested and has not begun yet, by start."""
    return kept.upcoming(rows, client, customer_id, now)


def by_id(rows: Connection, client: Client, customer_id: int, appointment_id: int) -> Appointment | None:
    """A customer's own appointment, however it stands; None where it is nobody's or another's."""
    found = kept.by_id(rows, client, appointment_id)
    return found if found is not None and found.customer_id == customer_id else None


def cancel_until(client: Client, appointment: Appointment) -> datetime:
    """Until when an appointment can be moved or cancelled without asking."""
    service = client.service(appointment.service)
    if service is None:  # it is no longer offered: the rule that services have by default
        return appointment.starts_at - timedelta(minutes=DAY)
    return deadlines.cancel_until(service, appointment.starts_at)


def in_time(client: Client, appointment: Appointment, now: datetime) -> bool:
    """Whether an appointment can be moved or cancelled without asking; what is only requested, until it begins."""
    return appointment.status is Booking.REQUESTED or now <= cancel_until(client, appointment)


def confirm(write: Connection, appointment: Appointment, now: datetime) -> bool:
    """Notes that the customer says she will come; False where the appointment is not booked any more."""
    return kept.confirm(write, appointment.id, now)


def missed(write: Connection, client: Client, appointment: Appointment, now: datetime) -> None:
    """Notes that the customer of an appointment that has begun stayed away. Raises Refusal where it can't be so."""
    if appointment.starts_at > now:
        raise Refusal(_("It has not begun yet."))
    if not kept.miss(write, client, appointment.id):
        raise Refusal(CHANGED)
    jobs.call_off(write, about(appointment.id), now)


def visited(write: Connection, client: Client, appointment_id: int, sequence: int, now: datetime) -> None:
    """Notes that the time of a visit is over, unless it has changed. Who stayed away, the desk says."""
    appointment = kept.by_id(write, client, appointment_id)
    if appointment is not None and appointment.status is Booking.BOOKED and appointment.sequence == sequence:
        kept.settle(write, appointment, Booking.DONE)
        requests.close(write, client, appointment, "over", now)
