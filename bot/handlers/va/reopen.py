"""The desk takes up again what was done, or put away."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import task_answers, tasks, tickets
from bot.update import Face
from bot.values import Refusal
from storage import tasks as kept
from storage.tickets import Opened


@action("reopen", Face.VA)
async def reopen(turn: Turn) -> None:
    """Opens ``ticket`` again: one that was done has a new promise, one that was put away is back."""
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    if ticket.state == "snoozed":
        tickets.wake(turn.write, ticket.id, turn.now)
        return
    if ticket.kind == "decision":
        raise Refusal(_("This was decided, and the customer has heard it."))
    task = kept.of_ticket(turn.rows, turn.client.id, ticket.id)
    if task is not None:
        by = tasks.By(Face.VA, turn.update.writer.name, turn.update.writer.id)
        task_answers.reopen(turn.write, turn.client, task, by, "", turn.now)
        return
    opened = Opened(ticket.id, ticket.number, ticket.due_at, ticket.urgent)
    if not tickets.reopen(turn.write, turn.client, opened, ticket.kind, ticket.conversation_id, turn.now):
        raise Refusal(_("This ticket is open."))
