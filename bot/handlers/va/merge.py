"""The desk says that two customers are one person, or two after all."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import merging, tickets
from bot.update import Face
from bot.values import Refusal


@action("merge", Face.VA)
async def merge(turn: Turn) -> None:
    """The customer ``same`` (a row id) is the customer of ``ticket``, who has all of hers from now on."""
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    if ticket.customer_id is None:
        raise Refusal(_("Nobody stands behind this ticket."))
    same, staff = int(turn.given["same"]), int(turn.update.writer.id)
    merging.merge(turn.write, turn.client.id, same, ticket.customer_id, turn.now, staff)


@action("unmerge", Face.VA)
async def unmerge(turn: Turn) -> None:
    """Undoes ``merge`` (a row id): the two are two again."""
    merging.undo(turn.write, turn.client, int(turn.given["merge"]), turn.now)
