"""Between asyncio and the storage threads: units of work wait in a bounded queue, and their futures are told."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Connection

from storage.errors import Busy, Unavailable, translated

T = TypeVar("T")

FEW: Final = 2
CROWD: Final = 24
"""Where fewer than ``CROWD`` units wait, no more than ``FEW`` are taken at a time.

Who came first would wait until the turns of all who came after are through, and a commit takes but a fraction of a
turn. In a crowd all share one, for then it counts how many get through. At 40 % of the peak, by turns with all at a
time: 99 % within 14 to 30 ms instead of 23 to 37, half of them within 5 to 9 instead of 7 to 11.
"""


class Unit:
    """One unit of work: a function of a connection, and what came of it."""

    __slots__ = ("_error", "_result", "fn", "future")

    def __init__(self, fn: Callable[[Connection], Any], future: asyncio.Future[Any]) -> None:
        self.fn = fn
        self.future = future
        self._result: Any = None
        self._error: BaseException | None = None

    def succeed(self, result: Any) -> None:
        """Keep the result, in place of what an earlier run left."""
        self._result, self._error = result, None

    def fail(self, error: BaseException) -> None:
        """Keep the error, as the caller shall hear it."""
        error = translated(error)
        if isinstance(error, StopIteration):  # a future refuses it: its caller would wait for ever
            told = RuntimeError("the unit of work raised StopIteration")
            told.__cause__ = error
            error = told
        self._result, self._error = None, error

    def answer(self) -> None:
        """Resolve the future, on its loop; a caller who has gone is no error."""
        if self.future.done():
            return
        if self._error is None:
            self.future.set_result(self._result)
        else:
            self.future.set_exception(self._error)


class Nudge:
    """Stands in the queue for no unit: whoever takes it looks whether one waits to go along."""


NUDGE: Final = Nudge()


class Workers:
    """Threads that serve units of work; each takes up to `batch` of those that wait, in a crowd (see ``CROWD``).

    One thread runs each of `servers`, which settle every unit they are given. `dispose` runs after the last unit.
    """

    def __init__(
        self,
        name: str,
        servers: Sequence[Callable[[list[Unit]], None]],
        dispose: Callable[[], None],
        *,
        waiting: int,
        batch: int = 1,
    ) -> None:
        self._queue: SimpleQueue[Unit | Nudge | None] = SimpleQueue()
        self._along: Unit | None = None
        self._nudged = False
        self._missed = False  # whether the next one that comes is late already
        self._waiting = waiting
        self._batch = batch
        self._dispose = dispose
        self._closed = False
        self._gate = threading.Lock()
        self._threads = [
            threading.Thread(target=self._work, args=(serve,), name=f"{name}-{number}", daemon=True)
            for number, serve in enumerate(servers)
        ]
        for thread in self._threads:
            thread.start()

    async def submit(self, fn: Callable[[Connection], T]) -> T:
        """What fn gives. Raises Busy when too many wait, Unavailable after close, and what fn raises."""
        unit = Unit(fn, asyncio.get_running_loop().create_future())
        with self._gate:
            if self._closed:
                raise Unavailable("the database is closed")
            if self._queue.qsize() >= self._waiting:
                raise Busy(f"{self._waiting} units of work wait for the database")
            self._queue.put(unit)
        return cast(T, await unit.future)

    def along(self, fn: Callable[[Connection], T]) -> asyncio.Future[T]:
        """What fn gives, which goes along with what is served next; see Database.along. Raises Unavailable."""
        unit = Unit(fn, asyncio.get_running_loop().create_future())
        with self._gate:
            if self._closed:
                raise Unavailable("the database is closed")
            self._along = unit
            if self._missed:
                self._nudge()
        return unit.future

    def hurry(self) -> None:
        """Let what waits to go along go now; where nothing does, what comes next."""
        with self._gate:
            self._missed = self._missed or self._along is None
            self._nudge()

    def _nudge(self) -> None:
        if self._along is not None and not self._nudged:
            self._nudged = True
            self._queue.put(NUDGE)

    async def close(self) -> None:
        """Take nothing more, finish what waits, end the threads."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._nudge()
                for _ in self._threads:
                    self._queue.put(None)
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        for thread in self._threads:
            thread.join()
        self._dispose()

    def _work(self, serve: Callable[[list[Unit]], None]) -> None:
        while (units := self._take()) is not None:
            wanted = [unit for unit in units if not unit.future.cancelled()]
            try:
                if wanted:
                    serve(wanted)
            except BaseException as error:  # a thread that died would leave every later caller waiting
                for unit in wanted:
                    unit.fail(error)
            _answer(wanted)

    def _take(self) -> list[Unit] | None:
        """Wait for a unit and take some behind it, then what goes along with them; None is the end."""
        units: list[Unit] = []
        nudged = False
        one = self._queue.get()
        most = self._batch if self._queue.qsize() >= CROWD else min(FEW, self._batch)
        while one is not None:
            if isinstance(one, Unit):
                units.append(one)
            else:
                nudged = True
            if len(units) >= most:
                break
            try:
                one = self._queue.get_nowait()
            except Empty:
                break
        if one is None:
            if not units and not nudged:
                return None
            self._queue.put(None)  # the end comes after these
        if nudged or self._batch > 1:
            self._take_along(units)
        return units

    def _take_along(self, units: list[Unit]) -> None:
        """Take what waits to go along, behind these."""
        with self._gate:
            along, self._along, self._nudged = self._along, None, False
            self._missed = along is None and (self._missed or bool(units))
        if along is not None:
            units.append(along)


def _answer(units: list[Unit]) -> None:
    """Resolve the futures on their loops, waking each loop once."""
    groups: defaultdict[asyncio.AbstractEventLoop, list[Unit]] = defaultdict(list)
    for unit in units:
        groups[unit.future.get_loop()].append(unit)
    for loop, group in groups.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_answer_all, group)


def _answer_all(units: list[Unit]) -> None:
    for unit in units:
        unit.answer()
