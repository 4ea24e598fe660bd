"""The desk plays a customer."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import rehearsal
from bot.update import Face


@action("begin_rehearsal", Face.VA)
async def begin_rehearsal(turn: Turn) -> None:
    """Lets who asks play a customer, who speaks ``language`` and is called ``name`` on her network."""
    given, writer = turn.given, turn.update.writer
    language = str(given.get("language") or turn.client.languages[0])
    rehearsal.begin(turn.write, turn.client, int(writer.id), str(given.get("name") or ""), language, turn.now)


@action("end_rehearsal", Face.VA, Face.CLOCK)
async def end_rehearsal(turn: Turn) -> None:
    """Ends the rehearsal of who asks, or of ``staff``."""
    rehearsal.end(turn.write, turn.client, int(turn.given.get("staff") or turn.update.writer.id), turn.now)
