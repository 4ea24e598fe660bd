"""The loop of delivery: one short step marks what has ended and claims what is due; between the steps, the calls.

Where units share commits, the step goes along with the turns: what a turn writes is claimed by the same commit, and
what has been sent is marked by the next one's.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from datetime import datetime
from time import perf_counter
from typing import Final

from sqlalchemy import Connection

from bot.delivery.acts import attempt
from bot.delivery.marks import FOREVER, LEASE, NO_ROOM, Done, Ended, PutBack, Room, patience, step
from bot.delivery.pacing import Pace, Pacer
from bot.delivery.retry import judge
from bot.outcome import Performer
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
ACTS: Final = 5
"""How many of these are acts of the clock: who writes meanwhile waits behind so few, however many are due.

With twenty, customers who wrote while 3,000 reminders were due waited up to 0.8 seconds, with five half as long.
"""
POLL: Final = 1.0
"""Seconds after which the jobs are looked at in any case: hints are missed, and other processes write jobs too."""
TROUBLE: Final = 1.0
"""Seconds to wait where the database is unavailable."""
RENEWING: Final = LEASE / 4
"""How often our leases are renewed, and those looked for that have ended."""
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
        self._acts = ACTS
        self._acting = 0
        self._ended: list[Ended] = []
        self._looping = asyncio.Lock()
        self._look_at = math.inf
        self._timer: asyncio.TimerHandle | None = None
        self._stopping = False
        self._freed_at: datetime | None = None
        self._renewed_at = clock()
        self._next_due: datetime | None = None

    def wake(self) -> None:
        """Lets the loop look for jobs now; where a step goes along with every commit, it has."""
        if not self._database.shares_commits:
            self._database.hurry()

    async def run(self) -> None:
        """Delivers until ``stop``. Never cancel it: a claimed lane would stay mute for its lease."""
        listening = asyncio.create_task(self._listen(), name="delivery-hints")
        async with self._looping:
            await self._try_round(self._at_once)
            while not self._stopping:
                await self._try_round(self._along)
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening

    async def settle(self) -> None:
        """Delivers until nothing is due and nothing is in hand: instead of ``run``, for who drives the clock."""
        self._acts = BATCH  # nobody writes meanwhile
        async with self._looping:
            claimed = 1
            while claimed or self._in_hand or self._ended:
                if self._in_hand and not self._ended:
                    await asyncio.wait(self._in_hand.values(), return_when=asyncio.FIRST_COMPLETED)
                claimed = await self._at_once()

    async def stop(self, end: float = math.inf) -> None:
        """Claims no more, waits for what is in hand, and marks it; what is in hand still at ``end`` is tried again.

        ``end`` is a moment of the loop's clock.
        """
        self._stopping = True
        self._database.hurry()
        async with self._looping:
            while self._in_hand:
                left = end - asyncio.get_running_loop().time()
                if left <= 0:
                    await self._give_up()
                else:
                    await asyncio.wait(self._in_hand.values(), timeout=min(left, RENEWING.total_seconds()))
                await self._try_round(self._at_once)
            for _ in range(LAST_MARKS):
                if self._ended:
                    await self._try_round(self._at_once)

    async def _give_up(self) -> None:
        """Ends the calls under way: whether the network has taken them nobody knows, so they are made again."""
        tasks = list(self._in_hand.values())
        log.warning("%d calls under way did not end within the grace: they are made again", len(tasks))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # --- the loop

    async def _try_round(self, a_round: Callable[[], Awaitable[int]]) -> None:
        """A round; the loop outlives whatever goes wrong in it."""
        try:
            await a_round()
        except Unavailable as error:
            log.warning("nothing is delivered while the database is unavailable: %s", error)
            if self._freed_at is not None:  # who is back with us shall first have the time to renew its leases
                self._freed_at = self._clock() + LEASE
            await asyncio.sleep(TROUBLE)
        except Exception:
            log.exception("a round of delivery failed")
            await self._mark_singly()

    async def _at_once(self) -> int:
        """Marks and claims in a transaction of its own, then starts what was claimed; gives how many were."""
        return self._take(await self._database.transact(self._step))

    async def _along(self) -> int:
        """The same, along with what is written next, or when it is time."""
        stepping = self._database.along(self._step)
        waits = [POLL, *map(patience, self._ended)]
        if self._next_due is not None:
            waits.append((self._next_due - self._clock()).total_seconds())
        self._look_at = math.inf
        self._look_within(min(waits))
        return self._take(await stepping)

    def _look_within(self, seconds: float) -> None:
        """Lets no more than these seconds pass until the next step."""
        loop = asyncio.get_running_loop()
        moment = loop.time() + seconds
        if moment < self._look_at:
            if self._timer is not None:
                self._timer.cancel()
            self._look_at, self._timer = moment, loop.call_at(moment, self._database.hurry)

    def _step(self, write: Connection) -> Done:
        """In a storage thread, maybe more than once: reads what the loop has noted, and changes nothing of it."""
        now = self._clock()
        ended = tuple(self._ended)
        room = NO_ROOM if self._stopping else Room(min(BATCH, MOST - len(self._in_hand)), self._acts - self._acting)
        free_until = self._free_until(now)
        renewing = now - self._renewed_at >= RENEWING
        held = list(self._in_hand) if renewing else ()
        claimed, next_due = step(write, ended, now, room, free_until, held)
        return Done(now, len(ended), claimed, next_due, free_until is not None, renewing)

    def _take(self, done: Done) -> int:
        """Starts what was claimed, and gives how many jobs that are."""
        del self._ended[: done.marked]
        self._next_due = done.next_due
        if done.freed:
            self._freed_at = done.at
        if done.renewed:
            self._renewed_at = done.at
        for job in done.claimed:
            self._begin(job, done.at)
        return len(done.claimed)

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
                await self._database.transact(lambda write, one=one: step(write, [one], self._clock(), NO_ROOM, None))  # type: ignore[misc]
            except Exception:
                log.exception("job %d can't be marked: it is tried again when its lease has ended", one.job.id)
        await asyncio.sleep(TROUBLE)

    async def _listen(self) -> None:
        """Wakes at what other processes hint."""
        async with aclosing(self._database.hints()) as hints:
            async for _ in hints:
                self.wake()

    def _begin(self, job: Claimed, now: datetime) -> None:
        """Starts a job, unless its pace says that it has to wait."""
        thread = Thread.of_lane(job.lane) if job.lane is not None else None
        until = self._pacer.admit(job.id, thread, now) if thread is not None else None
        if until is not None:
            self._end(Ended(job, PutBack(until)))
            return
        self._acting += thread is None
        self._in_hand[job.id] = asyncio.create_task(self._perform(job, thread), name=f"job-{job.id}")

    def _end(self, ended: Ended) -> None:
        self._ended.append(ended)
        self._look_within(patience(ended))

    async def _perform(self, job: Claimed, thread: Thread | None) -> None:
        """Performs a job, and notes what is to be marked."""
        began = perf_counter()
        CAUSE.set(job.cause or f"job/{job.id}")  # for the log lines of this task
        outcome = await attempt(self._door, self._channels, job, thread, self._clock)
        if thread is not None:
            self._pacer.left(thread)
        else:
            self._acting -= 1
        del self._in_hand[job.id]
        judged = judge(job, thread, outcome, self._clock(), self._pacer)
        self._told(job, type(judged).__name__.lower(), perf_counter() - began)
        self._end(Ended(job, judged))
