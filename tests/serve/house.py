"""The house as a user runs it: `python -m bot`, in processes of their own, which end with the tests at the latest."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from sandbox.telegram.bell import Bell
from tests.deployed import deployed
from tests.serve.loaded import ROOT, dies_with_its_parent, fork

PREFIX: Final = "CENTRALINO_"


class Process:
    """A command that runs; `lines` is what it has said so far, on either stream."""

    def __init__(self, pid: int, output: asyncio.StreamReader, wait: Callable[[], Awaitable[int]]) -> None:
        self.pid = pid
        self.lines: list[str] = []
        self._output = output
        self._wait = wait
        self._bell = Bell()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, *argv: str, env: Mapping[str, str]) -> Process:
        """Starts `python ARGV` with nothing of our own settings in its environment but `env`."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *argv,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            env=clean(env),
            cwd=ROOT,
            limit=1 << 20,
            preexec_fn=dies_with_its_parent,
        )
        assert process.stdout is not None
        return cls(process.pid, process.stdout, process.wait)

    @classmethod
    async def fork(cls, *argv: str, env: Mapping[str, str]) -> Process:
        """The same, without what a start costs."""
        process, output = await asyncio.to_thread(fork, argv, clean(env))
        reader = asyncio.StreamReader(limit=1 << 20)

        def reading() -> asyncio.StreamReaderProtocol:
            return asyncio.StreamReaderProtocol(reader)

        async def wait() -> int:
            await asyncio.to_thread(process.join)
            assert process.exitcode is not None
            return process.exitcode

        await asyncio.get_running_loop().connect_read_pipe(reading, os.fdopen(output, "rb", 0))
        assert process.pid is not None
        return cls(process.pid, reader, wait)

    @property
    def ended(self) -> bool:
        """Whether it has ended, and all that it said was read."""
        return self._reading.done()

    @property
    def said(self) -> str:
        """All that it has said."""
        return "\n".join(self.lines)

    async def says(self, words: str) -> str:
        """The first line with these words, awaited. Raises AssertionError if it ends without."""

        def look() -> str | None:
            return next((line for line in self.lines if words in line), "" if self.ended else None)

        await self._bell.until(lambda: look() is not None)
        found = look()
        assert found, f"it never said {words!r}, but:\n{self.said}"
        return found

    def send(self, number: signal.Signals) -> None:
        """Sends a signal, where it still runs."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    async def end(self) -> int:
        """Waits for its end; gives its exit status."""
        await self._reading
        return await self._wait()

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Asks it to end, and waits for it; gives its exit status."""
        if not self.ended:
            self.send(number)
        return await self.end()

    async def kill(self) -> None:
        """Ends it, whatever it is at."""
        if not self.ended:
            self.send(signal.SIGKILL)
        await self.end()

    async def _read(self) -> None:
        async for line in self._output:
            self.lines.append(line.decode().rstrip())
            self._bell.ring()
        asyncio.get_running_loop().call_soon(self._bell.ring)  # once `ended` is true


class House:
    """One installation: `env` is its settings; `quick` says whether its processes are forked rather than started."""

    def __init__(self, env: Mapping[str, str], *, quick: bool = False) -> None:
        self.env = dict(env)
        self.quick = quick
        self._engine = create_engine(make_url(env["CENTRALINO_DATABASE_URL"]), poolclass=NullPool)

    async def start(self, *argv: str, **env: str) -> Process:
        """Starts `python -m bot ARGV`, as it is deployed unless it is forked; who starts it ends it."""
        if self.quick:
            return await Process.fork("-m", "bot", *argv, env=self.env | env)
        return await Process.start("-m", "bot", *argv, env=deployed() | self.env | env)

    async def run(self, *argv: str, status: int = 0) -> str:
        """Runs `python -m bot ARGV` to its end, and gives what it said; its exit status has to be `status`."""
        process = await self.start(*argv)
        try:
            assert await process.end() == status, process.said
        finally:
            await process.kill()
        return process.said

    @asynccontextmanager
    async def serving(self, *argv: str, **env: str) -> AsyncIterator[Process]:
        """`python -m bot serve` at work; in the end, if it still runs, it is stopped and has to end well."""
        process = await self.start("serve", *argv, **env)
        try:
            await process.says("listening on")
            yield process
            if not process.ended:
                assert await process.stop() == 0, process.said
        finally:
            await process.kill()

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with self._engine.connect() as rows:
            return [tuple(row) for row in rows.execute(text(sql), values)]

    def change(self, sql: str, **values: Any) -> None:
        """Changes rows behind its back."""
        with self._engine.begin() as write:
            write.execute(text(sql), values)


def clean(env: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process: nothing of our own settings but `env`."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return ours | {"PYTHONUNBUFFERED": "1"} | dict(env)


def address(listening: str) -> str:
    """The address in the line by which a process says where it listens."""
    return listening.rpartition(" ")[2]
