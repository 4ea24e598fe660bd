"""The desk notes something down for itself."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import tickets
from bot.update import Face
from bot.values import Refusal
from storage import notes


@action("note", Face.VA)
async def note(turn: Turn) -> None:
    """Keeps ``text`` with ``ticket``: only the desk ever reads it. Answers with the ``note``'s id."""
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    text = str(turn.given.get("text", "")).strip()
    if not text:
        raise Refusal(_("There is nothing to keep: the note is empty."))
    writer = int(turn.update.writer.id)
    kept = notes.add(turn.write, turn.client.id, ticket.id, ticket.conversation_id, writer, text, turn.now)
    turn.answer(note=kept)
