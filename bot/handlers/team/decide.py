"""A member who may decides what a customer asks for; the first answer counts, and a second hears whose it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import decisions, other_times
from bot.posts import Block, Input, Modal, Post, line
from bot.questions import told_news
from bot.questions.member import argument, by, may, needs, of_those_named, value
from bot.update import Face
from bot.values import Appointment, Invalid, Refusal, Slot
from storage import appointments, callers
from storage import decisions as kept
from storage.decisions import Decision

DECIDED: Final = _("{name} has decided this already.")
OVER: Final = _("This is decided.")
READ_TITLE: Final = _("What is asked")
WHEN: Final = _("Choose one of the free times, or a day and time to come.")


@action("decide_allow", Face.TEAM)
async def decide_allow(turn: Turn) -> None:
    """Allows what is asked."""
    decided(turn, "allow")


@action("decide_refuse", Face.TEAM)
async def decide_refuse(turn: Turn) -> None:
    """Refuses it."""
    decided(turn, "refuse")


def decided(turn: Turn, outcome: str, slot: Slot | None = None) -> None:
    """Carries out the answer; the customer hears of it."""
    decision, _one = the_decision(turn)
    decisions.decide(turn.write, turn.client, decision.id, outcome, turn.now, slot=slot, by=by(turn).name)


@action("decide_open", Face.TEAM)
async def decide_open(turn: Turn) -> None:
    """Shows what is asked, or was, to who is entitled to it, where its post does not say it."""
    of_those_named(turn)
    client, decision = turn.client, kept.by_id(turn.rows, turn.client, argument(turn)[0])
    one = appointments.by_id(turn.rows, client, decision.appointment_id) if decision is not None else None
    if decision is None or one is None:
        raise Refusal(OVER)
    caller = callers.by_id(turn.rows, client.id, decision.customer_id)
    fields = told_news.decision_fields(client, decision, one, caller.called if caller is not None else "")
    buttons = told_news.decision_buttons(client, decision, opened=True) if may(turn, "decide") else ()
    lines = (told_news.deadline(client, decision) if decision.open else told_news.outcome(decision),)
    post = Post(fields=fields, quote=one.note, lines=lines, buttons=buttons)
    turn.open(told_news.reading("decide_open", READ_TITLE, post))


@action("decide_propose", Face.TEAM)
async def decide_propose(turn: Turn) -> None:
    """Opens the form of another time: three that are free near the one asked for, or any."""
    decision, one = the_decision(turn)
    near = other_times.instead(turn.rows, turn.client, one, turn.now)
    parts: list[Block | Input] = [Block(lines=(line(_("Asked for: {slot:short}"), slot=one),))]
    if near:
        free = tuple((slot.starts_at.isoformat(), line(_("{slot:short}"), slot=slot)) for slot in near)
        parts.append(Input(name="near", label=_("A free time near it"), form="choice", options=free, needed=False))
    parts.append(Input(name="at", label=_("Or another time"), form="moment", needed=False))
    title, private = _("Another time"), {"id": str(decision.id)}
    turn.open(
        Modal(act="decide_proposed", title=title, parts=tuple(parts), submit=_("Propose this time"), private=private)
    )


@action("decide_proposed", Face.TEAM)
async def decide_proposed(turn: Turn) -> None:
    """Proposes the time, which is kept until the customer answers; one that is not free stays a fault of the form."""
    _decision, one = the_decision(turn)
    slot = wished(turn, one)
    if slot is None:
        turn.wrong(at=WHEN)
        return
    try:
        decided(turn, "propose", slot)
    except Invalid as wrong:
        turn.wrong(at=line(wrong.hint, **wrong.values))


def wished(turn: Turn, one: Appointment) -> Slot | None:
    """The time of the form, with whom the appointment is."""
    service, near, at = turn.client.service(one.service), value(turn, "near"), value(turn, "at")
    starts_at = datetime.fromtimestamp(int(at), UTC) if at else datetime.fromisoformat(near) if near else None
    if service is None or starts_at is None or starts_at <= turn.now:
        return None
    free = other_times.instead(turn.rows, turn.client, one, turn.now) if near and not at else ()
    resource = next((slot.resource_id for slot in free if slot.starts_at == starts_at), one.resource_id)
    return Slot(starts_at, resource, service.key, service.minutes)


def the_decision(turn: Turn) -> tuple[Decision, Appointment]:
    """What is still to be decided. Raises Refusal where she may not, or somebody was quicker."""
    needs(turn, "decide")
    decision = kept.by_id(turn.rows, turn.client, argument(turn)[0])
    one = appointments.by_id(turn.rows, turn.client, decision.appointment_id) if decision is not None else None
    if decision is None or one is None:
        raise Refusal(OVER)
    if not decision.open:
        name = decision.outcome.partition(" by ")[2] or decision.by
        raise Refusal(DECIDED if name and name != "nobody" else OVER, name=name)
    return decision, one
