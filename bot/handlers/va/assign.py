"""Whose ticket it is, and what is said with it when it is passed on."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import alerts, tickets
from bot.update import Face
from bot.values import Refusal
from storage import notes, staff
from storage.tickets import own


@action("assign", Face.VA)
async def assign(turn: Turn) -> None:
    """Gives ``ticket`` to the member of the desk ``staff`` (a row id), or to nobody where it is empty.

    With ``free`` it is refused where somebody else has it meanwhile: taking is not taking away. A ``word`` for a
    colleague is kept as a note. Answers with ``owner``.
    """
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    whom = int(turn.given["staff"]) if turn.given.get("staff") else None
    name = staff.works_for(turn.rows, whom, turn.client.id) if whom is not None else None
    if whom is not None and name is None:
        raise Refusal(_("That person is not given this client."))
    if turn.given.get("free") and ticket.owner_id not in {None, whom}:
        raise Refusal(_("Somebody has taken this ticket meanwhile."))
    own(turn.write, ticket.id, whom)
    if whom is not None and whom != int(turn.update.writer.id) and ticket.due_at is not None:
        alerts.begin(turn.write, turn.client, ticket.id, turn.now, urgent=ticket.urgent)  # she may be off her page
    word, writer = str(turn.given.get("word") or "").strip(), int(turn.update.writer.id)
    if word and whom is not None:
        notes.add(turn.write, turn.client.id, ticket.id, ticket.conversation_id, writer, word, turn.now, whom)
    turn.answer(owner=name)
