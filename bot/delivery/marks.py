"""What delivery does to the jobs, within its one short transaction: mark, free, claim."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Connection

from bot.outcome import Blocked, Failed, Sent
from storage import jobs
from storage.jobs import Claimed
from storage.text import clean

LEASE: Final = timedelta(seconds=20)
"""How long a claimed job is ours, unless it is renewed: so long a lane stays mute whose process was killed."""
MARKING: Final = 0.01
"""Seconds that a mark which nothing waits for may wait for a turn, to share its commit."""
FOREVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Again:
    """The job was tried in vain; ``at`` is the next try."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PutBack:
    """The job was not tried, or the network asked for a pause: it waits until ``at``, and this counts as no try."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that is in hand no longer, and what came of it."""

    job: Claimed
    result: Sent | Failed | Blocked | Again | PutBack


@dataclass(frozen=True, slots=True)
class Done:
    """What a step has done: how many marks it wrote, what it claimed, and whether it saw to leases."""

    at: datetime
    marked: int
    claimed: list[Claimed]
    next_due: datetime | None
    freed: bool
    renewed: bool


class Room(NamedTuple):
    """How many jobs may be claimed: sends, and acts of the clock."""

    sends: int
    acts: int


NO_ROOM: Final = Room(0, 0)


def patience(ended: Ended) -> float:
    """Seconds that the mark of a job may wait: none where more of its lane waits, as it does behind an edit."""
    more = ended.job.kind == "edit" or (isinstance(ended.result, Sent) and ended.result.rest is not None)
    return 0.0 if more else MARKING


def mark(write: Connection, ended: Ended, now: datetime) -> None:
    """Writes what came of a job, to it and to its message."""
    job = ended.job
    match ended.result:
        case Sent(external_id, None):
            jobs.done(write, job, now, external_id)
        case Sent(_, rest):
            jobs.continue_with(write, job, rest)
        case Failed(reason):
            jobs.failed(write, job, now, clean(reason))
        case Blocked(reason):
            jobs.failed(write, job, now, f"blocked: {clean(reason)}")
        case Again(at, reason):
            jobs.retry(write, job, at, clean(reason))
        case PutBack(at):
            jobs.put_back(write, job, at)


def step(
    write: Connection,
    ended: Sequence[Ended],
    now: datetime,
    room: Room,
    free_until: datetime | None,
    held: Collection[int] = (),
) -> tuple[list[Claimed], datetime | None]:
    """Marks what has ended, gives back what nobody holds any more, and claims what is due and there is room for.

    ``held`` are the jobs whose lease is to be renewed. ``free_until``: leases that end before this are over; None
    leaves them. The moment is when the next job falls due.
    """
    for one in ended:
        mark(write, one, now)
    for job_id in held:
        jobs.renew(write, job_id, now + LEASE)
    if free_until is not None:
        jobs.free(write, free_until)
    return claim(write, now, room), jobs.next_due(write, now)


def claim(write: Connection, now: datetime, room: Room) -> list[Claimed]:
    """Claims due jobs; an edit that a later one makes needless is done at once."""
    claimed: list[Claimed] = []
    while room.sends or room.acts:
        found = jobs.claim(write, now, now + LEASE, *room)
        claimed += (one for one in found if not one.superseded)
        needless = [one for one in found if one.superseded]
        for one in needless:
            jobs.done(write, one, now)
        room = Room(len(needless), 0)  # what stood behind these
    return claimed
