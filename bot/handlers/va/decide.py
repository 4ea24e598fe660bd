"""The desk decides what a customer asked for: an approval, a late cancellation, a late move."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.office import decisions
from bot.update import Face
from bot.values import Slot
from storage.tickets import by_number

OUTCOMES: Final = ("allow", "refuse", "propose")


@action("decide", Face.VA, Face.OPERATOR)
async def decide(turn: Turn) -> None:
    """Decides ticket ``ticket``: ``outcome`` is allow, refuse or propose; then the time ``at`` and the ``resource``.

    ``at`` is ISO on the client's own clock and ``resource`` a key, else the appointment's own. The customer is told in
    her conversation. Answers with the ``result``.
    """
    outcome, number = str(turn.given.get("outcome", "")), int(turn.given["ticket"])
    ticket = by_number(turn.rows, turn.client.id, number)
    if ticket is None or ticket.kind != "decision":
        turn.answer(error=f"Ticket {number} asks for no decision.")
        return
    if outcome not in OUTCOMES:
        turn.answer(error="A decision is allow, refuse or propose.")
        return
    slot = proposed(turn, ticket.id) if outcome == "propose" else None
    if outcome == "propose" and slot is None:
        turn.answer(error="Propose a time (like 2026-11-26T15:00) and, if it changes, with whom.")
        return
    by = str(turn.given.get("by") or "desk")
    turn.answer(result=decisions.decide(turn.write, turn.client, ticket.id, outcome, turn.now, slot=slot, by=by))


def proposed(turn: Turn, ticket_id: int) -> Slot | None:
    """The slot that is proposed; None where the time or the resource can't be read."""
    client, key = turn.client, str(turn.given.get("resource") or "")
    appointment = decisions.appointment_of(turn.rows, client, ticket_id)
    service = client.service(appointment.service) if appointment is not None else None
    if appointment is None or service is None:
        return None
    ids = {resource.key: resource.id for resource in client.resources} | {"": appointment.resource_id}
    try:
        at = datetime.fromisoformat(str(turn.given.get("at") or ""))
    except ValueError:
        return None
    if key not in ids:
        return None
    starts_at = (at if at.tzinfo is not None else at.replace(tzinfo=client.zone)).astimezone(UTC)
    return Slot(starts_at, ids[key], service.key, service.minutes)
