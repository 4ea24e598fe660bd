"""The desk times its work at a ticket by hand."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import tickets, work
from bot.update import Face


@action("timer_start", Face.VA)
async def timer_start(turn: Turn) -> None:
    """Starts her timer at ``ticket``; what she worked at until now ends."""
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    work.start(turn.write, turn.client.id, int(turn.update.writer.id), ticket.id, turn.now)


@action("timer_stop", Face.VA)
async def timer_stop(turn: Turn) -> None:
    """Stops her timer, whatever it runs at."""
    work.stop(turn.write, int(turn.update.writer.id), turn.now)
