"""Decisions: what a person decides about an appointment, and what holds where nobody does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import requests, seats
from bot.office.appointments import NOT_OFFERED, STANDING, call_off, decided_by, move_to, schedule
from bot.office.hearing import hear
from bot.office.tickets import close_ticket
from bot.rules.deadlines import offer_until
from bot.update import InConversation
from bot.values import Appointment, Booking, Client, Invalid, Refusal, Slot, Who
from storage import appointments as kept
from storage import decisions, jobs
from storage.decisions import Decision

DECIDED: Final = _("This has been decided already.")
OVER: Final = _("This offer is no longer open.")


def ask_late(write: Connection, who: Who, appointment: Appointment, slot: Slot | None = None) -> datetime:
    """Asks a person whether an appointment may be cancelled, or moved to ``slot``, though it is too late for that.

    The appointment stands meanwhile. Gives the moment by which the customer will know; one that is asked already is
    not asked again.
    """
    standing = decided_by(write, who.client, appointment)
    if standing is not None:
        return standing
    what = "move" if slot is not None else "cancel"
    return requests.request(write, who.client, who.conversation, appointment, what, who.now, slot)


def decide(
    write: Connection,
    client: Client,
    ticket_id: int,
    outcome: str,
    now: datetime,
    *,
    slot: Slot | None = None,
    by: str = "desk",
) -> str:
    """Carries out what was decided: allow, refuse, or propose ``slot`` instead. The customer hears it in every case.

    Gives what became of it, as the act ``decided`` says it: approved, declined, cancelled, moved, kept, gone (the
    wished time was taken meanwhile) or proposed. Raises Refusal where it is decided already, Invalid where the
    proposed slot is not free.
    """
    decision = decisions.by_id(write, client, ticket_id)
    if decision is None or not decision.open:
        raise Refusal(DECIDED)
    appointment = kept.by_id(write, client, decision.appointment_id)
    if appointment is None or appointment.status not in STANDING:
        raise Refusal(DECIDED)
    ending = "proposed" if slot is not None else f"{outcome} by {by}"
    if not decisions.settle(write, decision, ending):  # of two at once, one is too late
        raise Refusal(DECIDED)
    close_ticket(write, ticket_id, now, ending)
    if slot is not None:
        result = propose(write, client, decision, appointment, slot, now, by)
    elif outcome == "allow":
        result = allow(write, client, decision, appointment, now)
    else:
        result = refuse(write, client, decision, appointment, now)
    target = InConversation(decision.conversation_id)
    data = {"ticket": ticket_id, "result": result, "by": by}
    jobs.later(write, "decided", now, target, client_id=client.id, data=data)
    hear(write, client, "decided", now, ticket=ticket_id)
    return result


def decide_by_default(write: Connection, client: Client, ticket_id: int, now: datetime, by: str) -> None:
    """Carries out the client's default where nobody has decided; silent where somebody has."""
    decision = decisions.by_id(write, client, ticket_id)
    if decision is None or not decision.open:
        return
    outcome = client.approval_default if decision.what == "approval" else client.late_default
    decide(write, client, ticket_id, outcome, now, by=by)


def appointment_of(rows: Connection, client: Client, ticket_id: int) -> Appointment | None:
    """The appointment that a ticket is about, however it stands."""
    decision = decisions.by_id(rows, client, ticket_id)
    return kept.by_id(rows, client, decision.appointment_id) if decision is not None else None


def told(rows: Connection, client: Client, customer_id: int, ticket_id: int) -> tuple[Decision, Appointment] | None:
    """A customer's own decision with its appointment, however they stand."""
    decision = decisions.by_id(rows, client, ticket_id)
    if decision is None or decision.customer_id != customer_id:
        return None
    appointment = appointment_of(rows, client, ticket_id)
    return (decision, appointment) if appointment is not None else None


def allow(write: Connection, client: Client, decision: Decision, appointment: Appointment, now: datetime) -> str:
    """What was asked is granted."""
    if decision.what == "cancel":
        call_off(write, client, appointment, now, "desk")
        return "cancelled"
    if decision.what == "approval":
        approve(write, client, decision, appointment, now)
        return "approved"
    slot = slot_of(client, decision, appointment)
    if slot is None:
        return "gone"
    try:
        move_to(write, client, decision.conversation_id, appointment, slot, now, Booking.BOOKED)
    except Invalid:
        return "gone"
    return "moved"


def approve(write: Connection, client: Client, decision: Decision, appointment: Appointment, now: datetime) -> None:
    """A requested appointment is booked."""
    if not kept.settle(write, appointment, Booking.BOOKED):
        raise Refusal(DECIDED)
    booked = kept.by_id(write, client, appointment.id)
    assert booked is not None
    schedule(write, client, decision.conversation_id, booked, now)


def refuse(write: Connection, client: Client, decision: Decision, appointment: Appointment, now: datetime) -> str:
    """What was asked is refused: a request ends, a booked appointment stands."""
    if decision.what != "approval":
        return "kept"
    call_off(write, client, appointment, now, "desk")
    return "declined"


# --- another time, proposed -------------------------------------------------------------------------------------------


def propose(
    write: Connection, client: Client, decision: Decision, appointment: Appointment, slot: Slot, now: datetime, by: str
) -> str:
    """Keeps the proposed time until the customer answers: a request moves there, a booked appointment stands."""
    service = client.service(appointment.service)
    if service is None:
        raise Refusal(NOT_OFFERED)
    until = min(offer_until(client, now), slot.starts_at - timedelta(minutes=service.notice))
    hold = None
    if decision.what == "approval":
        move_to(write, client, decision.conversation_id, appointment, slot, now, Booking.REQUESTED)
    else:
        hold = seats.reserve(
            write,
            client,
            service,
            slot,
            until,
            now,
            customer_id=decision.customer_id,
            conversation_id=decision.conversation_id,
        )
    decisions.propose(write, decision, (slot.resource_id, slot.starts_at), until, hold, by)
    target = InConversation(decision.conversation_id)
    data = {"ticket": decision.id}
    jobs.later(write, "proposal_lapsed", until, target, client_id=client.id, data=data, subject=about(decision))
    return "proposed"


def proposal(rows: Connection, client: Client, appointment: Appointment) -> Decision | None:
    """The other time that was proposed for an appointment and waits for the customer's answer."""
    found = decisions.proposals(rows, client, appointment.customer_id, appointment.id)
    return found[-1] if found else None


def take(write: Connection, who: Who, ticket_id: int) -> Appointment:
    """The customer takes the proposed time. Raises Refusal where it is not open to her, or any more."""
    client, now = who.client, who.now
    decision, appointment = answered(write, who, ticket_id, "taken")
    if decision.what == "approval":
        approve(write, client, decision, appointment, now)
    else:
        slot = slot_of(client, decision, appointment)
        if slot is None:
            raise Refusal(OVER)
        move_to(write, client, who.conversation.id, appointment, slot, now, Booking.BOOKED)
    taken = kept.by_id(write, client, appointment.id)
    assert taken is not None
    return taken


def turn_down(write: Connection, who: Who, ticket_id: int, outcome: str = "turned down") -> Appointment:
    """The customer does not want the proposed time, or has not answered: a request ends, a booked one stands.

    Gives the appointment as it is now. Raises Refusal where the proposal is not open to her, or any more.
    """
    decision, appointment = answered(write, who, ticket_id, outcome)
    if decision.hold is not None:
        seats.release(write, decision.hold, who.now)
    if decision.what == "approval":
        return call_off(write, who.client, appointment, who.now, "customer")
    return appointment


def answered(write: Connection, who: Who, ticket_id: int, outcome: str) -> tuple[Decision, Appointment]:
    """The open proposal with its appointment, now marked as answered."""
    decision = decisions.by_id(write, who.client, ticket_id)
    if decision is None or decision.customer_id != who.customer.id or decision.outcome != "proposed":
        raise Refusal(OVER)
    appointment = kept.by_id(write, who.client, decision.appointment_id)
    if appointment is None or appointment.status not in STANDING or not decisions.settle(write, decision, outcome):
        raise Refusal(OVER)
    jobs.call_off(write, about(decision), who.now)
    hear(write, who.client, "decided", who.now, ticket=ticket_id)
    return decision, appointment


def slot_of(client: Client, decision: Decision, appointment: Appointment) -> Slot | None:
    """The slot that is wished or proposed; None where its service is no longer offered."""
    service = client.service(appointment.service)
    if service is None or decision.slot is None:
        return None
    resource_id, starts_at = decision.slot
    return Slot(starts_at, resource_id, service.key, service.minutes)


def about(decision: Decision) -> str:
    """The subject of a proposal's jobs."""
    return f"proposal:{decision.id}"
