"""The house as a user runs it: `python -m bot`, in processes of their own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from sandbox.telegram.bell import Bell

ROOT: Final = Path(__file__).parents[2]
PREFIX: Final = "CENTRALINO_"


class Process:
    """A command that runs; `lines` is what it has said so far, on either stream."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.pid = process.pid
        self.lines: list[str] = []
        self._bell = Bell()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, *argv: str, env: Mapping[str, str]) -> Process:
        """Starts `python ARGV` with nothing of our own settings in its environment but `env`."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, *argv, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, env=clean(env), cwd=ROOT, limit=1 << 20
        )
        return cls(process)

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
        """Sends a signal."""
        self.process.send_signal(number)

    async def end(self) -> int:
        """Waits for its end; gives its exit status."""
        await self._reading
        return await self.process.wait()

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Asks it to end, and waits for it; gives its exit status."""
        if self.process.returncode is None:
            self.send(number)
        return await self.end()

    async def _read(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.lines.append(line.decode().rstrip())
            self._bell.ring()
        asyncio.get_running_loop().call_soon(self._bell.ring)  # once `ended` is true


class House:
    """One installation: `env` is its settings."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = dict(env)
        self._engine = create_engine(make_url(env["CENTRALINO_DATABASE_URL"]), poolclass=NullPool)

    async def run(self, *argv: str, status: int = 0) -> str:
        """Runs `python -m bot ARGV` to its end, and gives what it said; its exit status has to be `status`."""
        process = await Process.start("-m", "bot", *argv, env=self.env)
        assert await process.end() == status, process.said
        return process.said

    @asynccontextmanager
    async def serving(self, *argv: str, **env: str) -> AsyncIterator[Process]:
        """`python -m bot serve` at work; in the end, if it still runs, it is stopped and has to end well."""
        process = await Process.start("-m", "bot", "serve", *argv, env=self.env | env)
        try:
            await process.says("listening on")
            yield process
            if not process.ended:
                assert await process.stop() == 0, process.said
        finally:
            if not process.ended:
                process.send(signal.SIGKILL)
                await process.end()

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with self._engine.connect() as rows:
            return [tuple(row) for row in rows.execute(text(sql), values)]


def clean(env: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process: nothing of our own settings but `env`."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return ours | {"PYTHONUNBUFFERED": "1"} | dict(env)


def address(listening: str) -> str:
    """The address in the line by which a process says where it listens."""
    return listening.rpartition(" ")[2]
