"""The desk has dealt with a ticket."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import slips, tasks, tickets
from bot.update import Face
from storage import tasks as kept
from storage.tickets import by_number


@action("close", Face.VA, Face.OPERATOR)
async def close(turn: Turn) -> None:
    """Closes ``ticket`` with an ``outcome``; the slip of a message is passed on thereby. Answers with the ``ticket``.

    A conversation is handed back and a decision is decided: neither is closed.
    """
    number, by = int(turn.given["ticket"]), str(turn.given.get("by") or "desk")
    ticket = by_number(turn.rows, turn.client.id, number)
    if ticket is None or ticket.state == "done":
        turn.answer(error=f"There is no open ticket {number}.")
    elif ticket.kind == "chat" and ticket.conversation_id is not None:
        turn.answer(error="A conversation ends by handing it back.")
    elif ticket.kind == "decision":
        turn.answer(error="A decision has to be decided.")
    elif (task := kept.of_ticket(turn.rows, turn.client.id, ticket.id)) is not None:
        who = tasks.By(Face.VA, by, turn.update.writer.id if turn.update.face is Face.VA else "")
        tasks.finish(turn.write, turn.client, task, who, str(turn.given.get("outcome") or ""), turn.now)
        turn.answer(ticket=number)
    else:
        outcome = str(turn.given.get("outcome") or "done")
        tickets.close_ticket(turn.write, ticket.id, turn.now, f"{outcome} by {by}")
        if ticket.kind == "message":
            slips.passed_on(turn.write, turn.client, ticket.id, turn.now)
        turn.answer(ticket=number)
