"""The agenda: appointments of many clients at once, as the desk's pages and a client's own calendar show them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, select, text

from bot.values import Appointment, Booking
from storage.models import (
    AgendaKey,
    AppointmentRow,
    ConversationRow,
    CustomerRow,
    ServiceRow,
    ThreadRow,
    Ticket,
    metadata,
)
from storage.upsert import upsert

appointment = metadata.tables[AppointmentRow.__tablename__]
service = metadata.tables[ServiceRow.__tablename__]
customer = metadata.tables[CustomerRow.__tablename__]
conversation = metadata.tables[ConversationRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]
key = metadata.tables[AgendaKey.__tablename__]

REACH: Final = timedelta(days=7)
"""How long before a stretch an appointment in it may have begun."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment with whose it is: ``reached`` in a chat, and with the number of her latest ``ticket``."""

    appointment: Appointment
    client_id: int
    held_until: datetime | None
    confirmed_at: datetime | None
    waived: str
    customer: str
    phone: str
    language: str
    ticket: int | None
    reached: bool

    @property
    def who(self) -> str:
        """Under which name it stands."""
        return self.appointment.name or self.customer or self.phone


LATEST = (
    select(func.max(ticket.c.number))
    .where(ticket.c.customer_id == appointment.c.customer_id, ticket.c.client_id == appointment.c.client_id)
    .scalar_subquery()
)
REACHED = (
    select(func.count())
    .select_from(conversation)
    .join(thread, thread.c.id == conversation.c.thread_id)
    .where(
        conversation.c.customer_id == appointment.c.customer_id, conversation.c.ended_at.is_(None), thread.c.reachable
    )
    .scalar_subquery()
)
COLUMNS = ("starts_at", "ends_at", "status", "uid", "sequence", "code", "name", "for_whom", "note")
VISITS = (
    select(
        appointment.c.id,
        appointment.c.customer_id,
        service.c.key,
        appointment.c.resource_id,
        *(appointment.c[name] for name in COLUMNS),
        appointment.c.client_id,
        appointment.c.held_until,
        appointment.c.confirmed_at,
        appointment.c.waived,
        customer.c.name.label("customer"),
        customer.c.phone,
        customer.c.language,
        LATEST.label("ticket"),
        REACHED.label("reached"),
    )
    .join_from(appointment, service, service.c.id == appointment.c.service_id)
    .join(customer, customer.c.id == appointment.c.customer_id, isouter=True)
)
HERS = appointment.c.client_id.in_(bindparam("clients", expanding=True))
SHOWN = text("appointment.status <> 'cancelled'")
BETWEEN = VISITS.where(
    HERS,
    appointment.c.starts_at >= bindparam("reach"),
    appointment.c.starts_at < bindparam("after"),
    appointment.c.ends_at > bindparam("first"),
    SHOWN,
).order_by(appointment.c.starts_at, appointment.c.id)
ONE = VISITS.where(appointment.c.client_id == bindparam("client"), appointment.c.id == bindparam("of_id"))
CALENDAR = VISITS.where(
    HERS, appointment.c.starts_at >= bindparam("reach"), text("appointment.status <> 'held'")
).order_by(appointment.c.starts_at, appointment.c.id)
KEEP = upsert(key).values(client_id=bindparam("client"), digest=bindparam("digest"), made_at=bindparam("now"))
KEEP = KEEP.on_conflict_do_update(
    index_elements=["client_id"], set_={"digest": bindparam("digest"), "made_at": bindparam("now")}
)
REVOKE = delete(key).where(key.c.client_id == bindparam("client"))
OPENS = select(key.c.client_id).where(key.c.client_id == bindparam("client"), key.c.digest == bindparam("digest"))
MADE = select(key.c.client_id, key.c.made_at).where(key.c.client_id.in_(bindparam("clients", expanding=True)))


def between(rows: Connection, clients: Collection[int], first: datetime, after: datetime, now: datetime) -> list[Visit]:
    """What stands in the agendas of these clients between two moments, by start, without holds that have lapsed."""
    values = {"clients": list(clients), "reach": first - REACH, "first": first, "after": after}
    visits = map(visit, rows.execute(BETWEEN, values))
    return [one for one in visits if one.held_until is None or one.held_until > now]


def one_visit(rows: Connection, client_id: int, appointment_id: int) -> Visit | None:
    """The client's appointment with this row id, however it stands."""
    row = rows.execute(ONE, {"client": client_id, "of_id": appointment_id}).one_or_none()
    return visit(row) if row is not None else None


def since(rows: Connection, client_id: int, first: datetime) -> list[Visit]:
    """The client's appointments from a moment on, also those that were called off: a calendar strikes them out."""
    return [visit(row) for row in rows.execute(CALENDAR, {"clients": [client_id], "reach": first})]


def visit(row: Any) -> Visit:
    """The value in a row of VISITS."""
    id, customer_id, service_key, resource_id, starts_at, ends_at, status, *rest = row
    own, (client_id, held_until, confirmed_at, waived, *whose) = rest[:6], rest[6:]
    name, phone, language, number, reached = whose
    booked = Appointment(
        id, customer_id or 0, service_key, resource_id, starts_at, ends_at, Booking(status), *own
    )  # fmt: skip
    lasts = held_until if booked.status is Booking.HELD else None
    return Visit(
        booked, client_id, lasts, confirmed_at, waived, name or "", phone or "", language or "", number, bool(reached)
    )


# --- the client's own calendar ----------------------------------------------------------------------------------------


def keep_key(write: Connection, client_id: int, digest: str, now: datetime) -> None:
    """Keeps the digest of a new key; the one before opens nothing any more."""
    write.execute(KEEP, {"client": client_id, "digest": digest, "now": now})


def revoke_key(write: Connection, client_id: int) -> bool:
    """Lets no key open a client's agenda; says whether one did."""
    return write.execute(REVOKE, {"client": client_id}).rowcount > 0


def opens(rows: Connection, client_id: int, digest: str) -> bool:
    """Whether the key with this digest opens the client's agenda."""
    return rows.execute(OPENS, {"client": client_id, "digest": digest}).one_or_none() is not None


def keys(rows: Connection, clients: Collection[int]) -> dict[int, datetime]:
    """Which of these clients have a key, and since when."""
    return {row[0]: row[1] for row in rows.execute(MADE, {"clients": list(clients)})}
