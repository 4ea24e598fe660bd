"""What falls due for tickets: somebody should have answered by now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Row

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import alerts, tickets
from bot.office.coverage import promised
from bot.questions.phone import shown_phone
from bot.rules.deadlines import outside_quiet
from bot.update import Face, InConversation, OfClient
from bot.values import Message
from storage import jobs
from storage.tickets import Opened, by_id, warned

PROMISED: Final = frozenset({"chat", "order"})
"""Kinds of ticket whose customer was told by when a person answers."""


@action("ticket_due", Face.CLOCK)
async def ticket_due(turn: Turn) -> None:
    """Escalates an overdue ticket; a customer who was promised a time hears that it slips.

    Nothing of it happens in quiet hours, unless it is urgent.
    """
    ticket = by_id(turn.rows, turn.client.id, int(turn.given["ticket"]))
    if ticket is None or ticket.state == "done" or ticket.due_at is None or ticket.due_at > turn.now:
        return
    at = turn.now if ticket.urgent else outside_quiet(turn.client, turn.now)
    if at > turn.now:
        target = InConversation(turn.conversation.id) if turn.talks else OfClient(turn.client.id)
        data, subject = {"ticket": ticket.id}, f"ticket:{ticket.id}"
        jobs.later(turn.write, "ticket_due", at, target, client_id=turn.client.id, data=data, subject=subject)
        return
    warned(turn.write, ticket.id, turn.now)
    if turn.talks and ticket.kind in PROMISED:
        slipped(turn, ticket)
    if ticket.state == "open":
        alerts.late(turn.write, turn.client, ticket, turn.now)


@action("wake_ticket", Face.CLOCK)
async def wake_ticket(turn: Turn) -> None:
    """A ticket that was put away until now is before the desk again."""
    tickets.wake(turn.write, int(turn.given["ticket"]), turn.now)


def slipped(turn: Turn, ticket: Row[Any]) -> None:
    """Tells the customer that nobody has answered in time: once with a new promise, then without one, then no more."""
    phone = turn.client.urgent_phone if ticket.urgent else ""
    by = None
    if ticket.warned_at is None:
        opened = Opened(ticket.id, ticket.number, ticket.due_at, ticket.urgent)
        again = tickets.promise(turn.write, turn.client, opened, ticket.kind, turn.conversation.id, turn.now)
        by = promised(again.due_at, turn.now)
    parts: list[tuple[Message, Mapping[str, Any]]] = []
    if by is not None:
        parts.append((_("I'm sorry, nobody has answered yet. A person will answer here {by:by}."), {"by": by}))
    else:
        parts.append((_("I'm sorry, nobody has answered yet. A person will answer here as soon as possible."), {}))
    if phone:
        parts.append((_("If it can't wait, please call: {phone}."), {"phone": shown_phone(phone)}))
    turn.say_lines(parts)
