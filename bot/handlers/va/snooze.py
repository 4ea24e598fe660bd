"""The desk puts a ticket away for a while."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import tickets
from bot.office.moments import moment
from bot.update import Face
from bot.values import Refusal


@action("snooze", Face.VA)
async def snooze(turn: Turn) -> None:
    """Puts ``ticket`` away ``until`` a time (ISO, on the client's clock where it says nothing else).

    Where it is empty, until the customer writes.
    """
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    said = str(turn.given.get("until") or "")
    until = moment(turn.client, said, turn.now) if said else None
    if ticket.state == "done":
        raise Refusal(_("This ticket is done already."))
    if until is None and ticket.conversation_id is None:
        raise Refusal(_("Nobody can write about this ticket: it needs a time."))
    tickets.snooze(turn.write, turn.client, ticket.id, until, ticket.conversation_id, turn.now)
