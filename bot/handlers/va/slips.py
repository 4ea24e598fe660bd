"""The desk passes a message on, and notes that somebody has taken it on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import slips, tickets
from bot.update import Face
from bot.values import Refusal
from storage.tickets import Opened


@action("pass_on", Face.VA)
async def pass_on(turn: Turn) -> None:
    """The message of ``ticket`` was passed on to whom it is for, who has not taken it on yet."""
    ticket = its_ticket(turn)
    opened = Opened(ticket.id, ticket.number, ticket.due_at, ticket.urgent)
    slips.pass_on(turn.write, turn.client, opened, ticket.conversation_id, turn.now)


@action("acknowledge", Face.VA)
async def acknowledge(turn: Turn) -> None:
    """Somebody of the client's, called ``who``, has taken the message of ``ticket`` on."""
    ticket, who = its_ticket(turn), str(turn.given.get("who") or "").strip()[:120]
    if not who:
        raise Refusal(_("Who has taken it on?"))
    slips.acknowledge(turn.write, turn.client, ticket.id, who, turn.now)


def its_ticket(turn: Turn) -> Row[Any]:
    """The open ticket of a message."""
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    if ticket.kind != "message" or ticket.state == "done":
        raise Refusal(_("This message has been dealt with."))
    return ticket
