"""The desk makes a task of what was said."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import tickets
from bot.office.moments import moment
from bot.update import Face
from bot.values import Refusal
from storage.tickets import own


@action("make_task", Face.VA)
async def make_task(turn: Turn) -> None:
    """Opens a task called ``text`` about the customer and the talk of ``ticket``, perhaps due at a time (``until``).

    It belongs to who made it. Answers with the ``ticket``, by its number.
    """
    ticket, title = tickets.the_ticket(turn.rows, turn.client, turn.given), str(turn.given.get("text") or "").strip()
    if not title:
        raise Refusal(_("What is to be done?"))
    said = str(turn.given.get("until") or "")
    opened = tickets.open_ticket(
        turn.write,
        turn.client,
        "task",
        title,
        turn.now,
        talk=turn.conversation if turn.talks else None,
        customer_id=ticket.customer_id,
        due_at=moment(turn.client, said, turn.now) if said else None,
        data={"from": ticket.number},
    )
    own(turn.write, opened.id, int(turn.update.writer.id))
    turn.answer(ticket=opened.number)
