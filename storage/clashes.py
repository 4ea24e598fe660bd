"""Tickets about appointments that can't stand: what is in the way, and what was offered to the customer instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from storage.models import Ticket, metadata

ticket = metadata.tables[Ticket.__tablename__]

Place = tuple[datetime, int]
"""When, and with which resource (a row id)."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One such ticket; the calendar ``feed_id`` is in the way, or a closure where it is None.

    ``offered`` are the times before the customer, by ``by`` and ``until`` the desk takes it up again; her ``answer`` is
    "none" (of them), "late" (there was none in time), "taken", or still empty.
    """

    id: int
    number: int
    client_id: int
    customer_id: int | None
    conversation_id: int | None
    due_at: datetime | None
    urgent: bool
    open: bool
    appointment_id: int
    feed_id: int | None = None
    offered: tuple[Place, ...] = ()
    until: datetime | None = None
    by: str = ""
    answer: str = ""

    @property
    def subject(self) -> str:
        """The subject of its jobs."""
        return f"clash:{self.id}"


KEPT = select(
    ticket.c.id,
    ticket.c.number,
    ticket.c.client_id,
    ticket.c.customer_id,
    ticket.c.conversation_id,
    ticket.c.due_at,
    ticket.c.urgent,
    ticket.c.state,
    ticket.c.data,
).where(ticket.c.kind == "task")
BY_ID = KEPT.where(ticket.c.client_id == bindparam("client"), ticket.c.id == bindparam("of_id"))
STANDING = KEPT.where(ticket.c.client_id.in_(bindparam("clients", expanding=True)), ticket.c.state != "done").order_by(
    ticket.c.id
)
OF_CUSTOMER = KEPT.where(
    ticket.c.client_id == bindparam("client"),
    ticket.c.customer_id == bindparam("customer"),
    ticket.c.state != "done",
).order_by(ticket.c.id)
CHANGE = update(ticket).where(ticket.c.id == bindparam("of_id")).values(data=bindparam("kept"))


def data(appointment_id: int, feed_id: int | None = None) -> dict[str, Any]:
    """What such a ticket holds at first."""
    return {"hit": appointment_id, "calendar": feed_id}


def by_id(rows: Connection, client_id: int, ticket_id: int) -> Clash | None:
    """The client's clash with this ticket, by row id."""
    row = rows.execute(BY_ID, {"client": client_id, "of_id": ticket_id}).one_or_none()
    return value(row) if row is not None else None


def standing(rows: Connection, clients: Collection[int]) -> list[Clash]:
    """What is still to be settled for these clients."""
    found = map(value, rows.execute(STANDING, {"clients": list(clients)}))
    return [one for one in found if one is not None]


def of_appointment(rows: Connection, client_id: int, customer_id: int, appointment_id: int) -> Clash | None:
    """What is still to be settled about a customer's appointment."""
    if customer_id:
        found = map(value, rows.execute(OF_CUSTOMER, {"client": client_id, "customer": customer_id}))
    else:  # nobody knows any more whose it is
        found = map(value, rows.execute(STANDING, {"clients": [client_id]}))
    return next((one for one in found if one is not None and one.appointment_id == appointment_id), None)


def value(row: Any) -> Clash | None:
    """The value in a row; None where its ticket is about something else."""
    held = row.data
    if "hit" not in held:
        return None
    return Clash(
        row.id,
        row.number,
        row.client_id,
        row.customer_id,
        row.conversation_id,
        row.due_at,
        row.urgent,
        row.state != "done",
        held["hit"],
        held.get("calendar"),
        tuple((datetime.fromisoformat(at), resource) for at, resource in held.get("offered", ())),
        datetime.fromisoformat(held["until"]) if held.get("until") else None,
        held.get("by", ""),
        held.get("answer", ""),
    )


def offer(write: Connection, clash: Clash, places: Iterable[Place], until: datetime, by: str) -> None:
    """Notes the times that are now before the customer, in the place of any others."""
    offered = [[at.isoformat(), resource] for at, resource in places]
    kept = {"offered": offered, "until": until.isoformat(), "by": by}
    change(write, clash, kept)


def answer(write: Connection, clash: Clash, said: str) -> None:
    """Notes what the customer says to what was offered."""
    offered = [[at.isoformat(), resource] for at, resource in clash.offered]
    until = clash.until.isoformat() if clash.until is not None else None
    change(write, clash, {"offered": offered, "until": until, "by": clash.by, "answer": said})


def change(write: Connection, clash: Clash, kept: dict[str, Any]) -> None:
    """Makes a ticket hold this beside what it is about."""
    write.execute(CHANGE, {"of_id": clash.id, "kept": data(clash.appointment_id, clash.feed_id) | kept})
