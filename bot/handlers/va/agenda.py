"""The desk gives a client the address of its agenda for its own calendar, takes it back, and takes an agenda in."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import agenda_import
from bot.update import Face
from storage import agenda


@action("agenda_key", Face.VA)
async def agenda_key(turn: Turn) -> None:
    """From now on the key with this ``digest`` alone opens the client's agenda; none does where it is empty."""
    digest = str(turn.given.get("digest") or "")
    if digest:
        agenda.keep_key(turn.write, turn.client.id, digest, turn.now)
    else:
        agenda.revoke_key(turn.write, turn.client.id)
    turn.answer(opens=bool(digest))


@action("import_appointments", Face.OPERATOR)
async def import_appointments(turn: Turn) -> None:
    """Takes ``appointments``, as ``agenda_file`` reads them: answers with how many are ``added`` and how many ``same``.

    Nobody is told: these customers have booked elsewhere.
    """
    added, same = agenda_import.take(turn.write, turn.client, turn.given["appointments"], turn.now)
    turn.answer(added=added, same=same)
