"""The loop of delivery: one short transaction marks what has ended and claims what is due; between them, the calls."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Mapping
from contextlib import aclosing, suppress
from datetime import datetime, timedelta
from time import perf_counter
from typing import Final

from bot.delivery.acts import act, bring, stuck, unreachable
from bot.delivery.marks import FOREVER, LEASE, Again, Ended, PutBack, step
from bot.delivery.pacing import Pace, Pacer
from bot.delivery.retry import MOST_DEFECTS, MOST_TRIES, jittered, pause
from bot.outcome import Blocked, Failed, Outcome, Performer, Sent, Stuck, TryAgain
from bot.turn import Door
from bot.update import Thread
from storage.cause import CAUSE
from storage.database import Database, Unavailable
from storage.jobs import Claimed

log = logging.getLogger("centralino.delivery")

BATCH: Final = 200
"""How many jobs are claimed at a time."""
MOST: Final = 1_000
"""How many jobs are in hand at a time."""
POLL: Final = 1.0
"""Seconds after which the jobs are looked at in any case: hints are missed, and other processes write jobs too."""
TROUBLE: Final = 1.0
"""Seconds to wait where the database is unavailable."""
RENEWING: Final = LEASE / 4
"""How often our leases are renewed, and those looked for that have ended."""
MENDING: Final = timedelta(minutes=1)
"""After what time it is looked again whether somebody has mended what a job is stuck at."""
LAST_MARKS: Final = 5
"""How often, in stopping, marking is tried on a database that is unavailable."""


class Delivery:
    """Sends what turns have written and lets the clock act: by ``run`` in the background, or by ``settle``.

    ``channels`` perform the jobs that have a lane, by the channel's name in it. ``clock`` gives aware UTC.
    ``told`` hears of each job that was performed, with the result and the seconds that it took.
    """

    def __init__(
        self,
        database: Database,
        door: Door,
        channels: Mapping[str, Performer],
        clock: Callable[[], datetime],
        *,
        pace: Pace | None = None,
        told: Callable[[Claimed, str, float], None] = lambda _job, _result, _seconds: None,
    ) -> None:
        self._database = database
        self._door = door
        self._channels = channels
        self._clock = clock
        self._pacer = Pacer(pace or Pace())
        self._told = told
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._ended: list[Ended] = []
        self._changed = asyncio.Event()
        self._looping = asyncio.Lock()
        self._stopping = False
        self._freed_at: datetime | None = None
        self._renewed_at = clock()
        self._next_due: datetime | None = None

    def wake(self) -> None:
        """Lets the loop look for jobs now."""
        self._changed.set()

    async def run(self) -> None:
        """Delivers until ``stop``. Never cancel it: a claimed lane would stay mute for its lease."""
        listening = asyncio.create_task(self._listen(), name="delivery-hints")
        async with self._looping:
            while not self._stopping:
                self._changed.clear()
                await self._try_round()
                await self._sleep()
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening

    async def settle(self) -> None:
        """Delivers until nothing is due and nothing is in hand: instead of ``run``, for who drives the clock."""
        async with self._looping:
            claimed = 1
            while claimed or self._in_hand or self._ended:
                if self._in_hand:
                    await self._changed.wait()
                self._changed.clear()
                claimed = await self._round()

    async def stop(self, end: float = math.inf) -> None:
        """Claims no more, waits for what is in hand, and marks it; what is in hand still at ``end`` is tried again.

        ``end`` is a moment of the loop's clock.
        """
        self._stopping = True
        self.wake()
        async with self._looping:
            while self._in_hand:
                left = end - asyncio.get_running_loop().time()
                if left <= 0:
                    await self._give_up()
                else:
                    await asyncio.wait(self._in_hand.values(), timeout=min(left, RENEWING.total_seconds()))
                await self._try_round()
            for _ in range(LAST_MARKS):
                if self._ended:
                    await self._try_round()

    async def _give_up(self) -> None:
        """Ends the calls under way: whether the network has taken them nobody knows, so they are made again."""
        tasks = list(self._in_hand.values())
        log.warning("%d calls under way did not end within the grace: they are made again", len(tasks))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # --- the loop

    async def _try_round(self) -> None:
        """A round; the loop outlives whatever goes wrong in it."""
        try:
            await self._round()
        except Unavailable as error:
            log.warning("nothing is delivered while the database is unavailable: %s", error)
            if self._freed_at is not None:  # who is back with us shall first have the time to renew its leases
                self._freed_at = self._clock() + LEASE
            await asyncio.sleep(TROUBLE)
        except Exception:
            log.exception("a round of delivery failed")
            await self._mark_singly()

    async def _round(self) -> int:
        """Marks and claims in one transaction, then starts what was claimed; gives how many were."""
        ended, self._ended = self._ended, []
        now = self._clock()
        room = 0 if self._stopping else min(BATCH, MOST - len(self._in_hand))
        free_until = self._free_until(now)
        renewing = now - self._renewed_at >= RENEWING
        held = list(self._in_hand) if renewing else []
        try:
            claimed, self._next_due = await self._database.transact(
                lambda write: step(write, ended, now, room, free_until, held)
            )
        except Exception:
            self._ended = ended + self._ended
            raise
        if free_until is not None:
            self._freed_at = now
        if renewing:
            self._renewed_at = now
        for job in claimed:
            self._begin(job, now)
        return len(claimed)

    def _free_until(self, now: datetime) -> datetime | None:
        """Which leases are over: at the start on SQLite all, for it has one process; then those that have ended."""
        if self._freed_at is None:
            return FOREVER if self._database.dialect == "sqlite" else now
        return now if now - self._freed_at >= RENEWING else None

    async def _mark_singly(self) -> None:
        """Marks each job on its own, so that one which can't be marked holds up no other."""
        ended, self._ended = self._ended, []
        for one in ended:
            try:
                await self._database.transact(lambda write, one=one: step(write, [one], self._clock(), 0, None))  # type: ignore[misc]
            except Exception:
                log.exception("job %d can't be marked: it is tried again when its lease has ended", one.job.id)
        await asyncio.sleep(TROUBLE)

    async def _sleep(self) -> None:
        """Until something changes, or the next job falls due."""
        wait = POLL
        if self._next_due is not None:
            wait = min(wait, max(0.0, (self._next_due - self._clock()).total_seconds()))
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._changed.wait()

    async def _listen(self) -> None:
        """Wakes at what other processes hint."""
        async with aclosing(self._database.hints()) as hints:
            async for _ in hints:
                self.wake()

    # --- one job

    def _begin(self, job: Claimed, now: datetime) -> None:
        """Starts a job, unless its pace says that it has to wait."""
        thread = Thread.of_lane(job.lane) if job.lane is not None else None
        until = self._pacer.admit(job.id, thread, now) if thread is not None else None
        if until is not None:
            self._end(Ended(job, PutBack(until)))
            return
        self._in_hand[job.id] = asyncio.create_task(self._perform(job, thread), name=f"job-{job.id}")

    def _end(self, ended: Ended) -> None:
        self._ended.append(ended)
        self._changed.set()

    async def _perform(self, job: Claimed, thread: Thread | None) -> None:
        """Performs a job, and notes what is to be marked."""
        began = perf_counter()
        CAUSE.set(job.cause or f"job/{job.id}")  # for the log lines of this task
        try:
            outcome = await (self._send(job, thread) if thread is not None else self._act(job))
        except Exception as error:
            log.exception("job %d (%s) met a defect", job.id, job.kind)
            why = f"defect: {type(error).__name__}"
            outcome = TryAgain(why) if job.attempts < MOST_DEFECTS else Failed(why)
        except asyncio.CancelledError:
            outcome = TryAgain("the house stopped before it was answered")
        if thread is not None:
            self._pacer.left(thread)
        del self._in_hand[job.id]
        judged = self._judged(job, thread, outcome)
        self._told(job, type(judged).__name__.lower(), perf_counter() - began)
        self._end(Ended(job, judged))

    async def _act(self, job: Claimed) -> Outcome:
        return await bring(self._door, job, act(job, self._clock()))

    async def _send(self, job: Claimed, thread: Thread) -> Outcome:
        """Lets the channel perform the job; the house hears of a customer who can't be reached any more."""
        channel = self._channels.get(thread.channel)
        if channel is None:
            return TryAgain(f"there is no channel {thread.channel}")
        outcome = await channel.perform(job)
        if isinstance(outcome, Blocked) and job.conversation_id is not None:
            told = await bring(self._door, job, unreachable(job, job.conversation_id, thread, self._clock()))
            return outcome if isinstance(told, Sent) else told
        if isinstance(outcome, Stuck) and job.client_id is not None:
            await bring(self._door, job, stuck(job, job.client_id, thread, outcome, self._clock()))
        return outcome

    def _judged(
        self, job: Claimed, thread: Thread | None, outcome: Outcome
    ) -> Sent | Failed | Blocked | Again | PutBack:
        """What is to be marked: a pause the network asks for, the next of our own, or the end of trying."""
        if isinstance(outcome, Stuck):
            return PutBack(self._clock() + MENDING)
        if not isinstance(outcome, TryAgain):
            if isinstance(outcome, Failed):
                log.warning("job %d (%s) failed: %s", job.id, job.kind, outcome.reason)
            return outcome
        now = self._clock()
        if outcome.seconds is not None and thread is not None:
            until = now + timedelta(seconds=outcome.seconds)
            self._pacer.pause(thread, until, now)
            return PutBack(until)
        if job.attempts >= MOST_TRIES and thread is not None:
            return Failed(f"given up: {outcome.reason}")
        return Again(now + jittered(pause(job.attempts)), outcome.reason)
