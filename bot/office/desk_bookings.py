"""Appointments that the desk makes, moves and calls off for a customer, who hears of it in her chat if she has one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from bot.office.appointments import call_off, move_to, schedule
from bot.office.seats import add, place, taken
from bot.rules.slots import free_days, free_times
from bot.update import InConversation
from bot.values import Appointment, Booking, Client, Service, Slot
from storage import appointments as kept
from storage import callers, jobs
from storage.callers import Caller

AHEAD: Final = 14
"""Days among which free ones are shown."""


def book_for(
    write: Connection,
    client: Client,
    caller: Caller,
    service: Service,
    slot: Slot,
    now: datetime,
    *,
    name: str,
    for_whom: str = "",
    note: str = "",
    waived: str = "",
) -> Appointment:
    """Books a slot for a customer: what a person books needs nobody's approval.

    ``waived`` is why a rule is waived. Raises Invalid where the slot is not free, or not even possible.
    """
    columns = place(write, client, service, slot, now, caller.talk, waive=bool(waived))
    told = {"name": name, "for_whom": for_whom, "note": note, "status": Booking.BOOKED.value, "waived": waived}
    id = add(write, client, service, columns | told, caller.id, now)
    booked = kept.by_id(write, client, id)
    assert booked is not None
    schedule(write, client, caller.talk, booked, now)
    tell(write, client, caller, booked, "booked", now)
    return booked


def move_for(
    write: Connection, client: Client, appointment: Appointment, slot: Slot, now: datetime, *, waived: str = ""
) -> Appointment:
    """Moves an appointment; one that waited for approval is booked thereby. Raises Invalid and Refusal."""
    caller = callers.by_id(write, client.id, appointment.customer_id)
    talk = caller.talk if caller is not None else None
    moved = move_to(write, client, talk, appointment, slot, now, Booking.BOOKED, waive=bool(waived))
    kept.waive(write, appointment.id, waived)
    tell(write, client, caller, moved, "moved", now)
    return moved


def cancel_for(write: Connection, client: Client, appointment: Appointment, now: datetime) -> Appointment:
    """Calls an appointment off. Raises Refusal where it has changed."""
    cancelled = call_off(write, client, appointment, now, "desk")
    caller = callers.by_id(write, client.id, appointment.customer_id)
    tell(write, client, caller, cancelled, "cancelled", now)
    return cancelled


def tell(
    write: Connection, client: Client, caller: Caller | None, appointment: Appointment, what: str, now: datetime
) -> None:
    """Lets the customer hear in her chat what the desk has done."""
    if caller is not None and caller.talk is not None:
        data = {"appointment": appointment.id, "sequence": appointment.sequence, "what": what}
        jobs.later(write, "desk_booked", now, InConversation(caller.talk), client_id=client.id, data=data)


# --- what is free -----------------------------------------------------------------------------------------------------


def days_of(
    rows: Connection, client: Client, service: Service, first: date, now: datetime, moving: int | None = None
) -> list[date]:
    """The days from ``first`` on, of the next two weeks, on which a service is free."""
    stands, per_day = taken(rows, client, service, first, AHEAD, now, moving=moving)
    return free_days(client, service, stands, first, AHEAD, now, per_day=per_day)


def times_of(
    rows: Connection,
    client: Client,
    service: Service,
    day: date,
    now: datetime,
    *,
    resources: Sequence[int] | None = None,
    moving: int | None = None,
) -> list[Slot]:
    """The free times of a day: one slot a start, with whoever of ``resources`` has least to do."""
    stands, per_day = taken(rows, client, service, day, 1, now, moving=moving)
    return free_times(client, service, stands, day, 1, now, resources=resources, per_day=per_day)


def with_somebody(
    rows: Connection, client: Client, service: Service, starts_at: datetime, now: datetime, moving: int | None = None
) -> Slot:
    """The slot at a time for who does not mind with whom; where nobody is free, the first's, to be told why."""
    day = client.local(starts_at).date()
    for slot in times_of(rows, client, service, day, now, moving=moving):
        if slot.starts_at == starts_at:
            return slot
    return Slot(starts_at, next(iter(service.resources), 0), service.key, service.minutes)
