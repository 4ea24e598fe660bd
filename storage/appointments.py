"""Appointments as they are kept: what takes a seat, and the statements that change it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, text, update

from bot.values import Appointment, Booking, Busy, Client
from storage.database import Prepared
from storage.models import AppointmentRow, ResourceRow, ServiceRow, Waiting, metadata
from storage.prepared import Among, Typed
from storage.types import stored

appointment = metadata.tables[AppointmentRow.__tablename__]
resource = metadata.tables[ResourceRow.__tablename__]
service = metadata.tables[ServiceRow.__tablename__]
waiting = metadata.tables[Waiting.__tablename__]


@dataclass(frozen=True, slots=True)
class Held:
    """What an appointment would be whose slot is kept for a while: for which conversation, and until when."""

    appointment: Appointment
    held_by: int
    held_until: datetime


# States stand as literals: the planner takes a partial index only for what it can see.
LIVE = text("appointment.status IN ('held', 'requested', 'booked')")
IS_HELD = appointment.c.status == Booking.HELD.value
COUNTS = and_(
    LIVE,
    or_(~IS_HELD, and_(appointment.c.held_until > bindparam("now"), appointment.c.held_by != bindparam("asker"))),
    appointment.c.id != bindparam("without"),
)
"""What stands in the way: no lapsed hold, no hold of who asks, nor the appointment she would move."""

LOCK = Among(select(resource.c.id).order_by(resource.c.id).with_for_update(key_share=True), resource.c.id)
BUSY = Among(
    select(appointment.c.resource_id, appointment.c.blocked_from, appointment.c.blocked_to, appointment.c.seat).where(
        appointment.c.blocked_to > bindparam("first"),
        appointment.c.blocked_from < bindparam("after"),
        COUNTS,
    ),
    appointment.c.resource_id,
)
STARTS = select(appointment.c.starts_at).where(
    appointment.c.client_id == bindparam("client"),
    appointment.c.starts_at >= bindparam("first"),
    appointment.c.starts_at < bindparam("after"),
    appointment.c.service_id == bindparam("service"),
    COUNTS,
)
STALE = Prepared(
    select(appointment.c.id).where(
        appointment.c.resource_id == bindparam("resource"),
        appointment.c.blocked_to > bindparam("first"),
        LIVE,
        IS_HELD,
        appointment.c.blocked_from < bindparam("after"),
        or_(appointment.c.held_until <= bindparam("now"), appointment.c.held_by == bindparam("asker")),
    )
)
LET_GO = (
    update(waiting).where(waiting.c.appointment_id.in_(bindparam("ids", expanding=True))).values(appointment_id=None)
)
DROP = delete(appointment).where(appointment.c.id.in_(bindparam("ids", expanding=True)), IS_HELD)

ADD = Typed(
    insert(appointment)
    .values({column.name: bindparam(column.name, required=True) for column in appointment.c if column.name != "id"})
    .returning(appointment.c.id)
)
COLUMNS = ("starts_at", "ends_at", "status", "uid", "sequence", "code", "name", "for_whom", "note")
KEPT = (
    select(
        appointment.c.id,
        appointment.c.customer_id,
        service.c.key,
        appointment.c.resource_id,
        *(appointment.c[name] for name in COLUMNS),
    )
    .join_from(appointment, service, service.c.id == appointment.c.service_id)
    .where(appointment.c.client_id == bindparam("client"))
)
BY_ID = Typed(KEPT.where(appointment.c.id == bindparam("of_id")))
UPCOMING = KEPT.where(
    appointment.c.customer_id == bindparam("customer"),
    appointment.c.starts_at > bindparam("now"),
    appointment.c.status.in_([Booking.REQUESTED.value, Booking.BOOKED.value]),
).order_by(appointment.c.starts_at, appointment.c.id)
HELD = Typed(
    KEPT.add_columns(appointment.c.held_by, appointment.c.held_until).where(
        appointment.c.id == bindparam("of_id"), IS_HELD
    )
)

BOOK = Prepared(
    update(appointment)
    .where(appointment.c.id == bindparam("of_id"), IS_HELD)
    .values(
        status=bindparam("becomes"),
        name=bindparam("under"),
        for_whom=bindparam("for_whom"),
        note=bindparam("note"),
        held_by=None,
        held_until=None,
    )
)
# A change names the state that it saw: of two at once, one finds it changed.
UNCHANGED = and_(appointment.c.id == bindparam("of_id"), appointment.c.sequence == bindparam("seen"), LIVE, ~IS_HELD)
SETTLE = update(appointment).where(UNCHANGED).values(status=bindparam("becomes"), sequence=appointment.c.sequence + 1)
MOVE = (
    update(appointment)
    .where(UNCHANGED)
    .values(
        status=bindparam("becomes"),
        sequence=appointment.c.sequence + 1,
        confirmed_at=None,
        **{
            name: bindparam(f"new_{name}")
            for name in ("resource_id", "seat", "starts_at", "ends_at", "blocked_from", "blocked_to")
        },
    )
)
MISS = (
    update(appointment)
    .where(
        appointment.c.client_id == bindparam("of_client"),
        appointment.c.id == bindparam("of_id"),
        appointment.c.status.in_([Booking.BOOKED.value, Booking.DONE.value]),
    )
    .values(status=Booking.MISSED.value, sequence=appointment.c.sequence + 1)
)
KNOWN = select(appointment.c.id).where(appointment.c.uid == bindparam("uid"))
WAIVE = update(appointment).where(appointment.c.id == bindparam("of_id")).values(waived=bindparam("why"))
CONFIRM = (
    update(appointment)
    .where(appointment.c.id == bindparam("of_id"), appointment.c.status == Booking.BOOKED.value)
    .values(confirmed_at=bindparam("now"))
)


def lock(write: Connection, resources: Collection[int]) -> None:
    """Locks the rows of these resources in the order of their ids, so that what is found free stays free."""
    LOCK.rows(write, sorted(resources))


def busy(
    rows: Connection,
    resources: Collection[int],
    first: int,
    after: int,
    now: datetime,
    *,
    asker: int | None = None,
    without: int | None = None,
) -> list[Busy]:
    """What is taken of these resources between two epoch minutes; holds of the conversation ``asker`` are not."""
    values = {"first": first, "after": after, "asker": asker or 0, "without": without or 0}
    return [Busy(*row) for row in BUSY.rows(rows, list(resources), now=stored(rows, now), **values)]


def starts(
    rows: Connection,
    client: Client,
    service_id: int,
    first: datetime,
    after: datetime,
    now: datetime,
    *,
    asker: int | None = None,
    without: int | None = None,
) -> list[datetime]:
    """When the appointments of one service start that lie between two moments."""
    values = {"client": client.id, "service": service_id, "first": first, "after": after, "now": now}
    return list(rows.execute(STARTS, values | {"asker": asker or 0, "without": without or 0}).scalars())


def make_room(write: Connection, resource_id: int, first: int, after: int, now: datetime, asker: int | None) -> None:
    """Deletes the holds that overlap these epoch minutes where their time is over, or they are the asker's own."""
    values = {"resource": resource_id, "first": first, "after": after, "asker": asker or 0}
    drop(write, [row[0] for row in STALE.rows(write, now=stored(write, now), **values)])


def drop(write: Connection, ids: Collection[int]) -> bool:
    """Deletes those of these appointments that are still held; says whether any was."""
    if not ids:
        return False
    write.execute(LET_GO, {"ids": list(ids)})
    return write.execute(DROP, {"ids": list(ids)}).rowcount > 0


def add(write: Connection, values: Mapping[str, Any]) -> int:
    """Writes a new appointment; the caller gives every column."""
    row = ADD.row(write, **values)
    assert row is not None
    return int(row[0])


def by_id(rows: Connection, client: Client, appointment_id: int) -> Appointment | None:
    """The client's appointment with this row id, however it stands."""
    row = BY_ID.row(rows, client=client.id, of_id=appointment_id)
    return value(row) if row is not None else None


def upcoming(rows: Connection, client: Client, customer_id: int, now: datetime) -> list[Appointment]:
    """What a customer has booked or requested and has not begun yet, by start."""
    found = rows.execute(UPCOMING, {"client": client.id, "customer": customer_id, "now": now})
    return [value(row) for row in found]


def value(row: Any) -> Appointment:
    """The value in a row; of a customer who was erased there is no id."""
    id, customer_id, service_key, resource_id, starts_at, ends_at, status, *rest = row
    return Appointment(id, customer_id or 0, service_key, resource_id, starts_at, ends_at, Booking(status), *rest)


def held(rows: Connection, client: Client, appointment_id: int) -> Held | None:
    """The hold with this row id, while it is one."""
    row = HELD.row(rows, client=client.id, of_id=appointment_id)
    return Held(value(row[:-2]), *row[-2:]) if row is not None else None


def book(write: Connection, appointment_id: int, status: Booking, name: str, for_whom: str, note: str) -> bool:
    """Turns a hold into an appointment; False if it is no hold any more."""
    values = {"becomes": status.value, "under": name, "for_whom": for_whom, "note": note}
    return BOOK.run(write, of_id=appointment_id, **values) > 0


def settle(write: Connection, seen: Appointment, status: Booking) -> bool:
    """Gives an appointment its new status; False if it has changed since it was read."""
    values = {"of_id": seen.id, "seen": seen.sequence, "becomes": status.value}
    return write.execute(SETTLE, values).rowcount > 0


def move(write: Connection, seen: Appointment, status: Booking, place: Mapping[str, Any]) -> bool:
    """Puts an appointment into another ``place`` (its columns of resource and time); False if it has changed."""
    values = {f"new_{name}": column for name, column in place.items()}
    return write.execute(MOVE, values | {"of_id": seen.id, "seen": seen.sequence, "becomes": status.value}).rowcount > 0


def confirm(write: Connection, appointment_id: int, now: datetime) -> bool:
    """Notes that the customer says she will come."""
    return write.execute(CONFIRM, {"of_id": appointment_id, "now": now}).rowcount > 0


def waive(write: Connection, appointment_id: int, why: str) -> None:
    """Notes why an appointment stands although a rule says no; empty where none does."""
    write.execute(WAIVE, {"of_id": appointment_id, "why": why})


def known(rows: Connection, uid: str) -> bool:
    """Whether there is an appointment with this uid, however it stands."""
    return rows.execute(KNOWN, {"uid": uid}).one_or_none() is not None


def miss(write: Connection, client: Client, appointment_id: int) -> bool:
    """Marks a visit as missed that was booked, or counted as done; says whether it was such a one."""
    return write.execute(MISS, {"of_client": client.id, "of_id": appointment_id}).rowcount > 0
