"""How long to wait before something is tried again, and when to give up."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import accumulate, count
from typing import Final

from bot.background import jittered
from bot.delivery.marks import Again, PutBack
from bot.delivery.pacing import Pacer
from bot.outcome import Blocked, Failed, Outcome, Sent, Stuck, TryAgain
from bot.update import Thread
from storage.jobs import Claimed

log = logging.getLogger("centralino.delivery")

LONGEST: Final = timedelta(minutes=10)
"""The pause that the growing ones come to."""
GIVE_UP: Final = timedelta(hours=24)
"""What the pauses add up to when a send is given up."""
MOST_DEFECTS: Final = 5
"""Tries after which what fails by our own fault is given up."""
MENDING: Final = timedelta(minutes=1)
"""After what time it is looked again whether somebody has mended what a job is stuck at."""


def pause(attempts: int) -> timedelta:
    """The pause after so many tries: 1, 2, 4 seconds and so on, up to ten minutes."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 20)), LONGEST)


MOST_TRIES: Final = next(
    tries for tries, waited in enumerate(accumulate(map(pause, count(1)), initial=timedelta())) if waited >= GIVE_UP
)
"""Tries after which a network that never answers is given up."""


def judge(
    job: Claimed, thread: Thread | None, outcome: Outcome, now: datetime, pacer: Pacer
) -> Sent | Failed | Blocked | Again | PutBack:
    """What is to be marked: a pause the network asks for, the next of our own, or the end of trying."""
    if isinstance(outcome, Stuck):
        return PutBack(now + MENDING)
    if not isinstance(outcome, TryAgain):
        if isinstance(outcome, Failed):
            log.warning("job %d (%s) failed: %s", job.id, job.kind, outcome.reason)
        return outcome
    if outcome.seconds is not None and thread is not None:
        until = now + timedelta(seconds=outcome.seconds)
        pacer.pause(thread, until, now)
        return PutBack(until)
    if job.attempts >= MOST_TRIES and thread is not None:
        return Failed(f"given up: {outcome.reason}")
    return Again(now + jittered(pause(job.attempts)), outcome.reason)
