"""What the desk writes to a customer passes the wrong-client guard, also what it changes in words that were sent."""

from __future__ import annotations

import logging

from bot.dialog import Turn
from bot.i18n import _, plain
from bot.office import wrong_client
from storage.sessions import looked

log = logging.getLogger("centralino.desk")


def stopped(turn: Turn, text: str, number: int) -> bool:
    """Stops words that hold what belongs elsewhere, and answers why; where they are sent ``anyway``, that is noted."""
    found = wrong_client.wrong(turn.rows, turn.client, turn.customer, text)
    if found is None:
        return False
    if turn.given.get("anyway"):
        log.warning("words were sent although they hold what belongs elsewhere: client %s", turn.client.slug)
        looked(turn.write, turn.client.id, int(turn.update.writer.id), "sent anyway", number, turn.now)
        return False
    message = (
        _("Not sent. “{words}” belongs to {whose}, and this goes out as {client}.")
        if found.whose
        else _("Not sent. “{words}” is the number of another customer.")
    )
    values = {"words": found.words, "whose": found.whose, "client": turn.client.name}
    language = turn.update.writer.language
    turn.answer(error=plain(message, values, language, turn.client.zone, turn.now), stopped=True)
    return True
