"""Tickets on which a person decides about an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.values import Client
from storage.models import Ticket, metadata

ticket = metadata.tables[Ticket.__tablename__]


@dataclass(frozen=True, slots=True)
class Decision:
    """One such ticket: ``what`` is asked (approval, cancel, move), and the slot that is wished or proposed."""

    id: int
    what: str
    appointment_id: int
    customer_id: int
    conversation_id: int
    due_at: datetime
    open: bool
    outcome: str
    slot: tuple[int, datetime] | None  # resource and start
    until: datetime | None  # the customer may take the proposed slot
    hold: int | None  # the appointment that keeps it
    by: str = ""  # who has proposed it


KEPT = select(
    ticket.c.id,
    ticket.c.data,
    ticket.c.customer_id,
    ticket.c.conversation_id,
    ticket.c.due_at,
    ticket.c.state,
    ticket.c.outcome,
).where(ticket.c.client_id == bindparam("client"), ticket.c.kind == "decision")
PROPOSED = "proposed"
BY_ID = KEPT.where(ticket.c.id == bindparam("of_id"))
PENDING = KEPT.where(ticket.c.customer_id == bindparam("customer"), ticket.c.state != "done").order_by(ticket.c.id)
PROPOSALS = KEPT.where(
    ticket.c.customer_id == bindparam("customer"), ticket.c.state == "done", ticket.c.outcome == PROPOSED
).order_by(ticket.c.id)
SETTLE = (
    update(ticket)
    .where(ticket.c.id == bindparam("of_id"), ticket.c.outcome == bindparam("seen"))
    .values(outcome=bindparam("becomes"))
)
PROPOSE = update(ticket).where(ticket.c.id == bindparam("of_id")).values(data=bindparam("kept"))


def by_id(rows: Connection, client: Client, ticket_id: int) -> Decision | None:
    """The client's decision ticket with this row id."""
    row = rows.execute(BY_ID, {"client": client.id, "of_id": ticket_id}).one_or_none()
    return value(row) if row is not None else None


def pending(rows: Connection, client: Client, customer_id: int, appointment_id: int) -> list[Decision]:
    """What still waits for a decision about a customer's appointment."""
    found = rows.execute(PENDING, {"client": client.id, "customer": customer_id})
    return [decision for decision in map(value, found) if decision.appointment_id == appointment_id]


def proposals(rows: Connection, client: Client, customer_id: int, appointment_id: int) -> list[Decision]:
    """What the desk has proposed instead of a customer's appointment, and she has not answered."""
    found = rows.execute(PROPOSALS, {"client": client.id, "customer": customer_id})
    return [decision for decision in map(value, found) if decision.appointment_id == appointment_id]


def value(row: Any) -> Decision:
    """The value in a row."""
    slot, until = row.data.get("slot"), row.data.get("until")
    return Decision(
        row.id,
        row.data["what"],
        row.data["appointment"],
        row.customer_id,
        row.conversation_id,
        row.due_at,
        row.state != "done",
        row.outcome,
        (slot[0], datetime.fromisoformat(slot[1])) if slot else None,
        datetime.fromisoformat(until) if until else None,
        row.data.get("hold"),
        row.data.get("by", ""),
    )


def data(what: str, appointment_id: int, slot: tuple[int, datetime] | None = None) -> dict[str, Any]:
    """What such a ticket holds."""
    kept = {"what": what, "appointment": appointment_id}
    return kept | {"slot": [slot[0], slot[1].isoformat()]} if slot is not None else kept


def propose(
    write: Connection,
    decision: Decision,
    slot: tuple[int, datetime],
    until: datetime,
    hold: int | None,
    by: str,
) -> None:
    """Notes the slot that is proposed instead, by whom, until when it can be taken, and the hold that keeps it."""
    kept = data(decision.what, decision.appointment_id, slot) | {"until": until.isoformat(), "hold": hold, "by": by}
    write.execute(PROPOSE, {"of_id": decision.id, "kept": kept})


def settle(write: Connection, decision: Decision, outcome: str) -> bool:
    """Gives a decided ticket its last outcome; False if another was quicker."""
    values = {"of_id": decision.id, "seen": decision.outcome, "becomes": outcome}
    return write.execute(SETTLE, values).rowcount > 0
