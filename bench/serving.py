"""A server in a process of its own, and the CPU time that this process has used."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from multiprocessing.connection import Connection
from typing import Any

from bot.cli.house import settle_down

Serve = Callable[..., AbstractAsyncContextManager[Any]]
"""Serves while its context lasts, and gives what its visitors must know. A function of a module, so that it pickles."""


class Serving:
    """A server at work. ``told`` is what it gave."""

    def __init__(self, pipe: Connection, process: Any, told: Any) -> None:
        self.told = told
        self.pid: int = process.pid
        self._pipe = pipe

    async def cpu(self) -> float:
        """Seconds of CPU that the process has used until now."""
        return float(await self._ask("cpu"))

    async def end(self) -> float:
        """Lets the server finish what it has in hand; gives the seconds of CPU until it has."""
        return float(await self._ask("end"))

    async def _ask(self, what: str) -> Any:
        self._pipe.send(what)
        return await asyncio.to_thread(self._pipe.recv)


@asynccontextmanager
async def serving(serve: Serve, *arguments: Any) -> AsyncIterator[Serving]:
    """Starts ``serve(*arguments)`` in a new process, as the house is deployed, and ends that in the end."""
    from tests.deployed import deployed  # noqa: PLC0415  the process that serves loads this module too

    os.environ.update(deployed())
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=child, args=(theirs, serve, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Serving(ours, process, await asyncio.to_thread(ours.recv))
    finally:
        ours.close()
        await asyncio.to_thread(process.join, 30)
        process.kill()


def child(pipe: Connection, serve: Serve, arguments: tuple[Any, ...]) -> None:
    """The life of the serving process: it ends when it is told to, or when nobody is there to tell it."""

    async def live() -> None:
        asked: asyncio.Queue[str] = asyncio.Queue()

        def hear() -> None:
            try:
                asked.put_nowait(pipe.recv())
            except EOFError:
                asyncio.get_running_loop().remove_reader(pipe.fileno())
                asked.put_nowait("gone")

        asyncio.get_running_loop().add_reader(pipe.fileno(), hear)
        async with serve(*arguments) as told:
            settle_down()
            pipe.send(told)
            while (what := await asked.get()) == "cpu":
                pipe.send(used())
        if what == "end":
            pipe.send(used())

    asyncio.run(live())


def used() -> float:
    """Seconds of CPU of this process, all threads and the kernel's share included."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
