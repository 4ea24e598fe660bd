"""Closing a day or an hour, of the client or of one of its people: what it hits, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office.desk_bookings import AHEAD
from bot.office.seats import midnight, taken
from bot.office.tickets import open_ticket
from bot.rules.slots import distinct_times, free_slots
from bot.rules.spans import minute_of
from bot.rules.wall import shown
from bot.values import DAY, Appointment, Booking, Client, Closure, Refusal, Slot
from storage import agenda, callers, client_rows, clients, tickets
from storage.agenda import Visit

STANDS: Final = frozenset({Booking.REQUESTED, Booking.BOOKED})
PROPOSED: Final = 3
"""How many other times are proposed for an appointment that a closure hits."""
LONGEST: Final = 366
"""Days that one closure may last."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An appointment that can't stand: the ``ticket`` by number that asks for another time, and ``slots`` proposed."""

    visit: Visit
    ticket: int
    slots: tuple[Slot, ...]


def hits(rows: Connection, client: Client, closed: Closure, now: datetime) -> list[Visit]:
    """The standing appointments that a closure would hit, by start; those that have begun are left alone."""
    spans = [
        (piece.start, piece.end)
        for day in days_of(closed)
        for piece in shown(client.zone, day, closed.opens, closed.closes)
    ]
    first, after = midnight(client, closed.first), midnight(client, closed.last + timedelta(days=1))
    return [
        one
        for one in agenda.between(rows, [client.id], first, after, now)
        if one.appointment.status in STANDS
        and one.appointment.starts_at > now
        and closed.resource_id in (None, one.appointment.resource_id)
        and any(
            minute_of(one.appointment.starts_at) < end and minute_of(one.appointment.ends_at) > start
            for start, end in spans
        )
    ]


def close(write: Connection, client: Client, closed: Closure, now: datetime) -> list[Hit]:
    """Closes, and opens a ticket for each appointment hit, which still stands: somebody has to speak with its customer.

    Each ticket holds up to ``PROPOSED`` free times near the old one. Raises Refusal for what is no closure.
    """
    check(client, closed, now)
    struck = hits(write, client, closed, now)
    row = {
        "resource_id": closed.resource_id,
        "first": closed.first,
        "last": closed.last,
        "opens_minute": closed.opens,
        "closes_minute": closed.closes,
        "reason": closed.reason,
    }
    if closed not in client.closures:
        client_rows.put_rows(write, "closure", client.id, [row])
        clients.touch(write, client.id)
    after = clients.load(write, client.id)
    asked = {one.data.get("hit"): one.number for one in tickets.queue(write, client.id) if one.kind == "task"}
    return [ask(write, after, one, now, asked.get(one.appointment.id)) for one in struck]


def ask(write: Connection, client: Client, visit: Visit, now: datetime, known: int | None) -> Hit:
    """Opens the ticket of an appointment that is hit, unless one asks already."""
    booked = visit.appointment
    slots = proposals(write, client, booked, now)
    if known is not None:
        return Hit(visit, known, slots)
    caller = callers.by_id(write, client.id, booked.customer_id)
    local = client.local(booked.starts_at)
    opened = open_ticket(
        write,
        client,
        "task",
        f"Closed then: {visit.who or booked.code}, {local:%Y-%m-%d %H:%M}",
        now,
        customer_id=booked.customer_id or None,
        conversation_id=caller.talk if caller is not None else None,
        data={
            "hit": booked.id,
            "slots": [[slot.starts_at.isoformat(), slot.resource_id] for slot in slots],
        },
    )
    return Hit(visit, opened.number, slots)


def proposals(rows: Connection, client: Client, booked: Appointment, now: datetime) -> tuple[Slot, ...]:
    """The free times nearest to an appointment's own, by start: with the same person where she has any."""
    service = client.service(booked.service)
    if service is None:
        return ()
    day = max(client.local(booked.starts_at).date() - timedelta(days=AHEAD // 2), client.local(now).date())
    stands, per_day = taken(rows, client, service, day, 2 * AHEAD, now, moving=booked.id)
    found = free_slots(client, service, stands, day, 2 * AHEAD, now, per_day=per_day)
    same = [slot for slot in found if slot.resource_id == booked.resource_id]
    near = sorted(distinct_times(same or found, stands), key=lambda slot: abs(slot.starts_at - booked.starts_at))
    return tuple(sorted(spread(near)))


def spread(near: list[Slot]) -> Iterator[Slot]:
    """The nearest of them, each at least an hour from the others."""
    chosen: list[Slot] = []
    for slot in near:
        if len(chosen) < PROPOSED and all(abs(slot.starts_at - one.starts_at) >= timedelta(hours=1) for one in chosen):
            chosen.append(slot)
            yield slot


def open_again(write: Connection, client: Client, closed: Closure) -> None:
    """Takes a closure back. Raises Refusal where there is none like it."""
    if not client_rows.drop_closure(write, client.id, closed):
        raise Refusal(_("This closure is gone already."))
    clients.touch(write, client.id)


def check(client: Client, closed: Closure, now: datetime) -> None:
    """Raises Refusal for what is no closure, or is over."""
    if closed.last < closed.first or (closed.last - closed.first).days >= LONGEST:
        raise Refusal(_("From which day to which?"))
    if not 0 <= closed.opens < closed.closes <= DAY:
        raise Refusal(_("From when to when?"))
    if closed.resource_id is not None and client.resource(closed.resource_id) is None:
        raise Refusal(_("With whom?"))
    ends = datetime.combine(closed.last, time(), tzinfo=client.zone) + timedelta(minutes=closed.closes)
    if ends.astimezone(UTC) <= now:
        raise Refusal(_("That time has passed."))


def days_of(closed: Closure) -> list[date]:
    """The days of a closure."""
    return [closed.first + timedelta(days=ahead) for ahead in range((closed.last - closed.first).days + 1)]
