"""Appointments that can't stand any more: a ticket for each, other times offered to its customer, and what she says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import appointments, desk_bookings, other_times, tickets
from bot.rules.closing import in_the_way
from bot.rules.deadlines import offer_until
from bot.rules.spans import Span, minute_of, moment_of
from bot.update import InConversation
from bot.values import Appointment, Client, Invalid, Refusal, Slot, Who
from storage import agenda, callers, feeds, jobs
from storage import appointments as kept
from storage import clashes as storage
from storage import tickets as ticket_rows
from storage.agenda import Visit
from storage.clashes import Clash
from storage.feeds import Feed
from storage.tickets import Opened

PATIENCE: Final = 240
"""Minutes that a customer has to choose, quiet hours not counted, before somebody calls her."""
OVER: Final = _("This offer is no longer open.")
SETTLED: Final = _("This is settled already.")
UNREACHED: Final = _("Nothing can be sent to this customer: please call.")
NOTHING: Final = _("None of these times is free any more.")


# --- what can't stand -------------------------------------------------------------------------------------------------


def ask(write: Connection, client: Client, visit: Visit, now: datetime, feed: Feed | None = None) -> tuple[int, int]:
    """Opens the ticket of an appointment that can't stand, unless one is open; gives its row id and its number.

    ``feed`` is the foreign calendar that takes its time; a closure does where there is none.
    """
    booked = visit.appointment
    known = storage.of_appointment(write, client.id, booked.customer_id, booked.id)
    if known is not None:
        return known.id, known.number
    resource = client.resource(booked.resource_id)
    values = {
        "name": visit.who or booked.code,
        "at": booked.starts_at,
        "whose": resource.name if resource is not None else "?",
    }
    closed, taken = _("Closed then: {name}, {at:short}"), _("Busy elsewhere ({whose}): {name}, {at:short}")
    caller = callers.by_id(write, client.id, booked.customer_id)
    made = tickets.open_ticket(
        write,
        client,
        "task",
        (closed if feed is None else taken, values),
        now,
        customer_id=booked.customer_id or None,
        conversation_id=caller.talk if caller is not None else None,
        data=storage.data(booked.id, feed.id if feed is not None else None),
    )
    return made.id, made.number


def taken_away(
    write: Connection, client: Client, feed: Feed, before: Sequence[Span], spans: Sequence[Span], now: datetime
) -> None:
    """Opens a ticket for each standing appointment that a foreign calendar's ``spans`` now take the time of.

    What it took already ``before`` (epoch minutes both) was dealt with then, or booked all the same.
    """
    if not spans:
        return
    last = max(end for _start, end in spans)
    for visit in agenda.between(write, [client.id], now, moment_of(last), now):
        one = visit.appointment
        if one.resource_id == feed.resource_id and one.status in appointments.STANDING and one.starts_at > now:
            start, end = minute_of(one.starts_at), minute_of(one.ends_at)
            if overlaps(spans, start, end) and not overlaps(before, start, end):
                ask(write, client, visit, now, feed)


def overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether any of some stretches meets this one."""
    return any(first < end and after > start for first, after in spans)


def review(write: Connection, client: Client, now: datetime) -> None:
    """Closes the tickets of appointments that can stand again, or are over; who was asked for another time hears it."""
    for clash in storage.standing(write, [client.id]):
        booked = kept.by_id(write, client, clash.appointment_id)
        if booked is None or booked.status not in appointments.STANDING or booked.starts_at <= now:
            end(write, clash, "over", now)
        elif not stands_in_the_way(write, client, booked):
            end(write, clash, "stands again", now)
            if clash.offered and clash.conversation_id is not None:
                target, data = InConversation(clash.conversation_id), {"appointment": booked.id}
                jobs.later(write, "clash_over", now, target, client_id=client.id, data=data)


def stands_in_the_way(rows: Connection, client: Client, booked: Appointment) -> bool:
    """Whether the client has closed at the time of an appointment, or a foreign calendar takes it."""
    if any(in_the_way(client, closed, booked) for closed in client.closures):
        return True
    return bool(foreign(rows, booked))


def foreign(rows: Connection, booked: Appointment) -> list[Span]:
    """What foreign calendars take of the time of an appointment, in epoch minutes."""
    found = feeds.busy(rows, [booked.resource_id], minute_of(booked.starts_at), minute_of(booked.ends_at))
    return sorted((start, end) for _resource, start, end in found)


def end(write: Connection, clash: Clash, outcome: str, now: datetime) -> None:
    """Closes a ticket."""
    tickets.close_ticket(write, clash.id, now, outcome)
    jobs.call_off(write, clash.subject, now)


# --- other times, offered ---------------------------------------------------------------------------------------------


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


def asked(rows: Connection, client: Client, booked: Appointment) -> bool:
    """Whether another time is looked for an appointment."""
    return storage.of_appointment(rows, client.id, booked.customer_id, booked.id) is not None


def offered(rows: Connection, client: Client, booked: Appointment) -> Clash | None:
    """The clash of an appointment for which other times are before its customer."""
    clash = storage.of_appointment(rows, client.id, booked.customer_id, booked.id)
    return clash if clash is not None and clash.offered and clash.answer != "none" else None


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
