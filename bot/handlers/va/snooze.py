"""The desk puts a ticket away for a while."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import tickets
from bot.update import Face
from bot.values import Refusal


@action("snooze", Face.VA)
async def snooze(turn: Turn) -> None:
    """Puts ``ticket`` away ``until`` a time (ISO, on the client's clock where it says nothing else).

    Where it is empty, until the customer writes.
    """
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    said = str(turn.given.get("until") or "")
    until = moment(turn, said) if said else None
    if ticket.state == "done":
        raise Refusal(_("This ticket is done already."))
    if until is None and ticket.conversation_id is None:
        raise Refusal(_("Nobody can write about this ticket: it needs a time."))
    tickets.snooze(turn.write, turn.client, ticket.id, until, ticket.conversation_id, turn.now)


def moment(turn: Turn, said: str) -> datetime:
    """The time that was said; refused where it is none, or past."""
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise Refusal(_("That is no time.")) from None
    until = (at if at.tzinfo is not None else at.replace(tzinfo=turn.client.zone)).astimezone(UTC)
    if until <= turn.now:
        raise Refusal(_("That time has passed."))
    return until
