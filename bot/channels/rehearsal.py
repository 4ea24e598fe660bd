"""The channel of rehearsals: a customer whom the desk plays. Nothing it performs leaves the house."""

from __future__ import annotations

from bot.office.rehearsal import CHANNEL
from bot.outcome import Outcome, Sent
from storage.jobs import Claimed


class Rehearsal:
    """Takes what is sent to played customers, and keeps it where it is: the page of the rehearsal reads it there."""

    name = CHANNEL

    async def perform(self, job: Claimed) -> Outcome:
        """Sends nothing; a message is known by its own row's id."""
        return Sent(str(job.message_id or job.id))
