"""What delivery brings to the door: acts of the clock that have fallen due, and customers who can't be reached."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.delivery.retry import MOST_DEFECTS
from bot.outcome import Blocked, Failed, Outcome, Performer, Sent, Stuck, TryAgain
from bot.turn import Defect, Door
from bot.update import Face, InConversation, Kind, OfClient, Target, Thread, Update
from storage.database import Unavailable
from storage.jobs import Claimed

log = logging.getLogger("centralino.delivery")


def act(job: Claimed, now: datetime) -> Update:
    """The clock's update that an ``act`` job stands for; its id is the job's, so that it happens once."""
    return Update(
        id=str(job.id),
        channel="clock",
        account="",
        face=Face.CLOCK,
        kind=Kind.ACT,
        target=target_of(job.payload["target"]),
        at=now,
        name=job.payload["name"],
        data=job.payload["data"],
    )


def target_of(place: dict[str, int] | None) -> Target:
    """The target that storage.jobs.later wrote down."""
    match place:
        case {"conversation": id}:
            return InConversation(id)
        case {"client": id}:
            return OfClient(id)
    return None


def unreachable(job: Claimed, conversation_id: int, thread: Thread, now: datetime) -> Update:
    """The network's update that a customer can't be written to any more."""
    return Update(
        id=f"{job.id}:blocked",
        channel=thread.channel,
        account=thread.account,
        face=Face.NETWORK,
        kind=Kind.REACH,
        target=InConversation(conversation_id),
        at=now,
        data={"reachable": False},
    )


def stuck(job: Claimed, client_id: int, thread: Thread, outcome: Stuck, now: datetime) -> Update:
    """The network's update that an account, or a place on it, can't be written to until somebody mends it."""
    return Update(
        id=f"{job.id}:stuck:{outcome.reason}",
        channel=thread.channel,
        account=thread.account,
        face=Face.NETWORK,
        kind=Kind.ACT,
        target=OfClient(client_id),
        at=now,
        name="stuck",
        data={"what": outcome.what, "reason": outcome.reason, "address": thread.address},
    )


async def bring(door: Door, job: Claimed, update: Update) -> Sent | TryAgain | Failed:
    """Lets the door handle what a job came to; a defect is tried again, and in the end becomes a ticket."""
    try:
        await door.handle(update)
    except Unavailable as error:
        return TryAgain(f"unavailable: {error}")
    except Defect as error:
        if job.attempts < MOST_DEFECTS:
            return TryAgain(str(error))
        log.error("job %d (%s) is given up after %d tries", job.id, update.name or update.kind, job.attempts)
        if job.client_id is not None:
            await door.give_up(job.client_id, str(update.name or update.kind))
        return Failed(str(error))
    return Sent()


async def attempt(
    door: Door, channels: Mapping[str, Performer], job: Claimed, thread: Thread | None, clock: Callable[[], datetime]
) -> Outcome:
    """Performs a job as ``perform`` does; what meets a defect, or is broken off, is to be tried again."""
    try:
        return await perform(door, channels, job, thread, clock)
    except Exception as error:
        log.exception("job %d (%s) met a defect", job.id, job.kind)
        why = f"defect: {type(error).__name__}"
        return TryAgain(why) if job.attempts < MOST_DEFECTS else Failed(why)
    except asyncio.CancelledError:
        return TryAgain("the house stopped before it was answered")


async def perform(
    door: Door, channels: Mapping[str, Performer], job: Claimed, thread: Thread | None, clock: Callable[[], datetime]
) -> Outcome:
    """Performs a job: the clock acts, or the channel sends; the house hears of a customer who can't be reached."""
    if thread is None:
        return await bring(door, job, act(job, clock()))
    channel = channels.get(thread.channel)
    if channel is None:
        return TryAgain(f"there is no channel {thread.channel}")
    outcome = await channel.perform(job)
    if isinstance(outcome, Blocked) and job.conversation_id is not None:
        told = await bring(door, job, unreachable(job, job.conversation_id, thread, clock()))
        return outcome if isinstance(told, Sent) else told
    if isinstance(outcome, Stuck) and job.client_id is not None:
        await bring(door, job, stuck(job, job.client_id, thread, outcome, clock()))
    return outcome
