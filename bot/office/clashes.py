"""Appointments that can't stand any more: a ticket for each, until nothing is in the way or it is elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import appointments, tickets
from bot.rules.closing import in_the_way
from bot.rules.spans import Span, minute_of, moment_of
from bot.update import InConversation
from bot.values import Appointment, Client
from storage import agenda, callers, feeds, jobs
from storage import appointments as kept
from storage import clashes as storage
from storage.agenda import Visit
from storage.clashes import Clash
from storage.feeds import Feed

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


# --- looking ----------------------------------------------------------------------------------------------------------


def asked(rows: Connection, client: Client, booked: Appointment) -> bool:
    """Whether another time is looked for an appointment."""
    return storage.of_appointment(rows, client.id, booked.customer_id, booked.id) is not None


def released(rows: Connection, client: Client, booked: Appointment) -> bool:
    """Whether a customer was told that her appointment can't stand: then she changes it however late it is."""
    clash = storage.of_appointment(rows, client.id, booked.customer_id, booked.id)
    return clash is not None and bool(clash.offered)


def offered(rows: Connection, client: Client, booked: Appointment) -> Clash | None:
    """The clash of an appointment for which other times are before its customer."""
    clash = storage.of_appointment(rows, client.id, booked.customer_id, booked.id)
    return clash if clash is not None and clash.offered and clash.answer != "none" else None
