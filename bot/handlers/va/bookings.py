"""The desk books, moves and calls off for a customer, also one without a chat."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import appointments, calls, desk_bookings
from bot.office.callers import the_caller
from bot.questions.caller import given_caller
from bot.questions.worked import worked
from bot.update import Face
from bot.values import Appointment, Refusal, Service, Slot
from storage import appointments as kept

LONGEST: Final = 500


@action("book_for", Face.VA, Face.OPERATOR)
async def book_for(turn: Turn) -> None:
    """Books ``service`` at ``at`` with ``resource`` (empty: whoever is free) for a customer.

    She is ``customer`` (a row id), or somebody with a ``name`` and a ``phone``. ``under`` is the name it stands under,
    with ``for_whom`` and ``note``; ``waived`` is why a rule is waived. ``call`` is the number of the call in which it
    was wished, which ends thereby. Answers with ``appointment``, ``code`` and ``customer``.
    """
    client, now = turn.client, turn.now
    service = client.service(said(turn, "service"))
    if service is None:
        raise Refusal(_("Which service is it?"))
    slot = slot_of(turn, service)
    caller = the_caller(turn.write, client, given_caller(turn.given, client.country), now)
    name = said(turn, "under") or caller.called
    booked = desk_bookings.book_for(
        turn.write,
        client,
        caller,
        service,
        slot,
        now,
        name=name[:120],
        for_whom=said(turn, "for_whom")[:120],
        note=said(turn, "note"),
        waived=said(turn, "waived"),
    )
    if turn.given.get("call"):
        by = str(turn.given.get("by") or "desk")
        calls.end(turn.write, client, int(turn.given["call"]), caller.id, f"appointment {booked.code} by {by}", now)
    worked(turn, "booking")
    turn.answer(appointment=booked.id, code=booked.code, customer=caller.id, waived=said(turn, "waived"))


@action("move_for", Face.VA, Face.OPERATOR)
async def move_for(turn: Turn) -> None:
    """Moves ``appointment`` to ``at`` with ``resource`` (or whoever is free); ``waived`` is why a rule is waived."""
    appointment = standing(turn)
    service = turn.client.service(appointment.service)
    if service is None:
        raise Refusal(appointments.NOT_OFFERED)
    slot = slot_of(turn, service, appointment.id)
    why = said(turn, "waived")
    moved = desk_bookings.move_for(turn.write, turn.client, appointment, slot, turn.now, waived=why)
    worked(turn, "booking")
    turn.answer(appointment=moved.id, code=moved.code, waived=why)


@action("cancel_for", Face.VA, Face.OPERATOR)
async def cancel_for(turn: Turn) -> None:
    """Calls ``appointment`` off; ``reason`` stays in the books."""
    cancelled = desk_bookings.cancel_for(turn.write, turn.client, standing(turn), turn.now)
    worked(turn, "booking")
    turn.answer(appointment=cancelled.id, code=cancelled.code, reason=said(turn, "reason"))


@action("confirm_for", Face.VA)
async def confirm_for(turn: Turn) -> None:
    """Notes that the customer of ``appointment`` says, by telephone, that she will come."""
    appointment = standing(turn)
    if not appointments.confirm(turn.write, appointment, turn.now):
        raise Refusal(appointments.CHANGED)
    turn.answer(appointment=appointment.id)


@action("missed_for", Face.VA, Face.OPERATOR)
async def missed_for(turn: Turn) -> None:
    """Notes that the customer of ``appointment`` did not come."""
    appointment = kept.by_id(turn.rows, turn.client, int(turn.given["appointment"]))
    if appointment is None:
        raise Refusal(appointments.CHANGED)
    appointments.missed(turn.write, turn.client, appointment, turn.now)
    turn.answer(appointment=appointment.id)


# --- what was given ---------------------------------------------------------------------------------------------------


def said(turn: Turn, name: str) -> str:
    """What was given as words."""
    return str(turn.given.get(name) or "").strip()[:LONGEST]


def standing(turn: Turn) -> Appointment:
    """The client's appointment that is meant, which has to stand."""
    found = kept.by_id(turn.rows, turn.client, int(turn.given["appointment"]))
    if found is None or found.status not in appointments.STANDING:
        raise Refusal(appointments.CHANGED)
    return found


def slot_of(turn: Turn, service: Service, moving: int | None = None) -> Slot:
    """The slot that is wished."""
    client, key = turn.client, said(turn, "resource")
    try:
        at = datetime.fromisoformat(said(turn, "at"))
    except ValueError:
        raise Refusal(_("At what time?")) from None
    starts_at = (at if at.tzinfo is not None else at.replace(tzinfo=client.zone)).astimezone(UTC)
    if not key:
        return desk_bookings.with_somebody(turn.rows, client, service, starts_at, turn.now, moving)
    resource = next((one for one in client.resources if one.key == key), None)
    if resource is None:
        raise Refusal(_("With whom?"))
    return Slot(starts_at, resource.id, service.key, service.minutes)
