"""Asking a person to decide about an appointment: the ticket, its deadline, and what closes it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office.hearing import hear
from bot.office.tickets import close_ticket, open_ticket
from bot.rules.hearing import after_quiet
from bot.rules.promises import decide_by, said_by
from bot.update import OfClient
from bot.values import Appointment, Client, ClientText, Conversation, Slot
from storage import clashes, decisions, jobs

URGENT: Final = timedelta(hours=2)
"""What is to be decided within this can't wait for the end of the team's quiet hours."""

ASKED: Final = {
    "approval": _("To approve: {service}, {at:short}, {name}"),
    "cancel": _("Wants to cancel: {service}, {at:short}, {name}"),
    "move": _("Wants to move: {service}, {at:short}, {name}"),
}
"""What a person is asked."""


def request(
    write: Connection,
    client: Client,
    talk: Conversation,
    appointment: Appointment,
    what: str,
    now: datetime,
    slot: Slot | None = None,
) -> datetime:
    """Opens the ticket on which a person decides, and gives the moment by which the customer will know.

    ``what`` is approval, cancel or move (to ``slot``). If nobody has decided by then, the client's default holds: the
    clock's act ``decision_due`` takes the place of an escalation.
    """
    due = answer_by(client, appointment, now, slot)
    wished = (slot.resource_id, slot.starts_at) if slot is not None else None
    ticket = open_ticket(
        write,
        client,
        "decision",
        (ASKED[what], {"service": service_name(client, appointment), "at": appointment, "name": appointment.name}),
        now,
        talk=talk,
        due_at=due,
        data=decisions.data(what, appointment.id, wished),
    )
    jobs.call_off(write, f"ticket:{ticket.id}", now)
    jobs.later(
        write,
        "decision_due",
        due,
        OfClient(client.id),
        client_id=client.id,
        data={"ticket": ticket.id},
        subject=f"ticket:{ticket.id}",
    )
    hear(write, client, "decision", now, urgent=due - now < URGENT or due <= after_quiet(client, now), ticket=ticket.id)
    return due


def answer_by(client: Client, appointment: Appointment, now: datetime, slot: Slot | None = None) -> datetime:
    """By when a person who is asked now decides: before the appointment, and the ``slot`` it would move to, begins."""
    latest = min(appointment.starts_at, slot.starts_at) if slot is not None else appointment.starts_at
    return said_by(decide_by(client, now, latest), latest)


def decided_by(rows: Connection, client: Client, appointment: Appointment) -> datetime | None:
    """By when a person decides about an appointment; None where nothing waits for it."""
    waiting = decisions.pending(rows, client, appointment.customer_id, appointment.id)
    return waiting[0].due_at if waiting else None


def close(write: Connection, client: Client, appointment: Appointment, outcome: str, now: datetime) -> None:
    """Closes what waits for a decision about an appointment, or for another time: it is not needed any more."""
    clash = clashes.of_appointment(write, client.id, appointment.customer_id, appointment.id)
    if clash is not None:
        close_ticket(write, clash.id, now, outcome)
        jobs.call_off(write, clash.subject, now)
    for decision in decisions.pending(write, client, appointment.customer_id, appointment.id):
        close_ticket(write, decision.id, now, outcome)
        hear(write, client, "decided", now, ticket=decision.id)


def service_name(client: Client, appointment: Appointment) -> ClientText:
    """What an appointment is for, in the client's words, also where the service is no longer offered."""
    service = client.service(appointment.service)
    return service.name if service is not None else client.text(f"service.{appointment.service}")
