"""Seats: what is taken of the client's resources, and how a slot is kept, under lock and by the one rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from bot.rules.slots import GONE, PAST, blocked, is_free, spare_seat
from bot.rules.spans import minute_of
from bot.update import Json, OfClient
from bot.values import DAY, Appointment, Booking, Busy, Client, Invalid, Service, Slot, Who, effect
from storage import appointments as kept
from storage import feeds, jobs
from storage.numbers import code

Taken = tuple[list[Busy], dict[date, int]]
"""What stands in the way: the seats taken, and how many of a service are booked on a day."""


def taken(
    rows: Connection,
    client: Client,
    service: Service,
    first_day: date,
    days: int,
    now: datetime,
    *,
    held_by: int | None = None,
    moving: int | None = None,
) -> Taken:
    """What stands in the way of a service on ``days`` local days, for ``free_days``, ``free_slots`` and ``is_free``.

    Holds of the conversation ``held_by`` (who asks) and the appointment ``moving`` (which she would move) do not.
    """
    seats = busy(rows, client, service.resources, first_day, days, now, held_by, without=moving)
    return seats, per_day(rows, client, service, first_day, days, now, held_by, without=moving)


def busy(
    rows: Connection,
    client: Client,
    resource_ids: Collection[int],
    first_day: date,
    days: int,
    now: datetime,
    ignore_conversation: int | None = None,
    *,
    without: int | None = None,
) -> list[Busy]:
    """What is taken of these resources on ``days`` local days, and around them as far as an appointment can reach.

    Holds of ``ignore_conversation`` (that of who asks) and the appointment ``without`` (the one she would move) are
    not; nor are holds that have lapsed.
    """
    reach = DAY + max((one.before + one.minutes + one.after for one in client.services), default=0)
    first, after = minute_of(midnight(client, first_day)), minute_of(midnight(client, first_day + timedelta(days=days)))
    limits = first - reach, after + reach
    own = kept.busy(rows, resource_ids, *limits, now, asker=ignore_conversation, without=without)
    return own + foreign(rows, client, resource_ids, *limits)


def foreign(rows: Connection, client: Client, resource_ids: Collection[int], first: int, after: int) -> list[Busy]:
    """What foreign calendars take of these resources between two epoch minutes: every seat of each."""
    seats = {one.id: one.seats for one in client.resources if one.id in resource_ids and one.busy}
    found = feeds.busy(rows, seats, first, after) if seats else []
    return [Busy(resource, start, end, seat) for resource, start, end in found for seat in range(seats[resource])]


def per_day(
    rows: Connection,
    client: Client,
    service: Service,
    first_day: date,
    days: int,
    now: datetime,
    ignore_conversation: int | None = None,
    *,
    without: int | None = None,
) -> dict[date, int]:
    """How many of a service are booked on each of ``days`` local days, for its daily cap; empty where it has none."""
    if service.daily_cap is None:
        return {}
    first, after = midnight(client, first_day), midnight(client, first_day + timedelta(days=days))
    starts = kept.starts(rows, client, service.id, first, after, now, asker=ignore_conversation, without=without)
    return dict(Counter(client.local(start).date() for start in starts))


def midnight(client: Client, day: date) -> datetime:
    """When a local day begins."""
    return datetime.combine(day, time(), tzinfo=client.zone)


# --- holding ----------------------------------------------------------------------------------------------------------


def place(
    write: Connection,
    client: Client,
    service: Service,
    slot: Slot,
    now: datetime,
    asker: int | None,
    moving: Appointment | None = None,
    *,
    waive: bool = False,
) -> dict[str, Any]:
    """Locks what a slot needs, checks by the one rule that it is free, and gives its columns with the lowest free seat.

    The asker's own holds there make way. Raises Invalid with the reason: taken, past, closed, full. Who may ``waive``
    the rule is bound only by the past and by who gives the service.
    """
    involved = {slot.resource_id, *([moving.resource_id] if moving is not None else [])}
    if service.daily_cap is not None:
        involved.update(service.resources)
    kept.lock(write, involved)
    first, after = blocked(service, slot.starts_at)
    kept.make_room(write, slot.resource_id, first, after, now, asker)
    day, without = client.local(slot.starts_at).date(), moving.id if moving is not None else None
    taken = kept.busy(write, [slot.resource_id], first, after, now, asker=asker, without=without)
    taken += foreign(write, client, [slot.resource_id], first, after)
    if waive:
        is_possible(client, service, slot, now)
    else:
        is_free(client, service, slot, taken, now, per_day(write, client, service, day, 1, now, asker, without=without))
    resource = client.resource(slot.resource_id)
    assert resource is not None  # both have looked
    return {
        "resource_id": slot.resource_id,
        "seat": spare_seat(service, resource, slot.starts_at, taken),
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "blocked_from": first,
        "blocked_to": after,
    }


def is_possible(client: Client, service: Service, slot: Slot, now: datetime) -> None:
    """Raises ``Invalid`` for what nobody can waive: that it is past, or by whom the service is not given."""
    if slot.starts_at < now:
        raise Invalid(PAST)
    if client.resource(slot.resource_id) is None or slot.resource_id not in service.resources:
        raise Invalid(GONE)


def reserve(
    write: Connection,
    client: Client,
    service: Service,
    slot: Slot,
    until: datetime,
    now: datetime,
    *,
    customer_id: int,
    conversation_id: int,
) -> int:
    """Keeps a slot for a conversation until a moment, and gives the hold's id. Raises Invalid where it is not free.

    The caller says what happens when it lapses; after ``until`` it counts as free even if nothing has happened.
    """
    columns = place(write, client, service, slot, now, conversation_id)
    held = {"status": Booking.HELD.value, "held_by": conversation_id, "held_until": until}
    return add(write, client, service, columns | held, customer_id, now)


def add(
    write: Connection, client: Client, service: Service, columns: dict[str, Any], customer_id: int, now: datetime
) -> int:
    """Writes a row for a checked place."""
    empty = dict.fromkeys(("name", "for_whom", "note", "waived"), "")
    rest = {"held_by": None, "held_until": None, "confirmed_at": None, **empty}
    own = {
        "client_id": client.id,
        "customer_id": customer_id,
        "service_id": service.id,
        "uid": str(uuid4()),
        "sequence": 0,
        "code": code(),
        "created_at": now,
    }
    return kept.add(write, rest | own | columns)


def _hold(write: Connection, who: Who, service: Service, slot: Slot) -> Json:
    client, now = who.client, who.now
    until = now + timedelta(minutes=client.hold_minutes)
    id = reserve(
        write,
        client,
        service,
        slot,
        until,
        now,
        customer_id=who.customer.id,
        conversation_id=who.conversation.id,
    )
    jobs.later(
        write,
        "hold_lapsed",
        until,
        OfClient(client.id),
        client_id=client.id,
        data={"appointment": id},
        subject=about(id),
    )
    return {"appointment": id, "until": until.isoformat()}


def _guards(result: Json) -> datetime:
    return datetime.fromisoformat(result["until"])


def _let_go(write: Connection, who: Who, result: Json) -> None:
    release(write, result["appointment"], who.now)


hold = effect("hold", _hold, _let_go, _guards)
"""Keeps a slot for the client's ``hold_minutes`` while the customer confirms: ``turn.keep(hold, service, slot)`` gives
``{"appointment": id, "until": ISO}``, for ``book(held=...)``. Raises Invalid where the slot is not free."""


def release(write: Connection, appointment_id: int, now: datetime) -> bool:
    """Gives up a hold while it is one, and what was to happen at its end; says whether it was."""
    if not kept.drop(write, [appointment_id]):
        return False
    jobs.call_off(write, about(appointment_id), now)
    return True


def about(appointment_id: int) -> str:
    """The subject of an appointment's jobs."""
    return f"appointment:{appointment_id}"
