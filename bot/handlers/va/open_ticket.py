"""The desk takes up something with a customer of its own accord."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import tickets
from bot.update import Face
from bot.values import Refusal
from storage import customers
from storage.tickets import own


@action("open_ticket", Face.VA)
async def open_ticket(turn: Turn) -> None:
    """Opens a task about ``customer`` (a row id), in her talk where that is the target; it belongs to who opens it.

    Answers with the ``ticket``, by its number.
    """
    known = customers.by_id(turn.rows, turn.client.id, int(turn.given["customer"]))
    if known is None or (turn.talks and turn.customer.id != known.id):
        raise Refusal(_("This customer is not known any more."))
    talk = turn.conversation if turn.talks else None
    opened = tickets.open_ticket(
        turn.write, turn.client, "task", "", turn.now, talk=talk, customer_id=known.id, data={"by_desk": True}
    )
    own(turn.write, opened.id, int(turn.update.writer.id))
    turn.answer(ticket=opened.number)
