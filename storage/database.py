"""The one border between asyncio and the data: `await transact(fn)` to write, `await read(fn)` to read.

`fn` is plain synchronous code in a storage thread. It may run more than once, so it touches nothing but its
transaction; when `transact` returns, what it wrote is committed and on disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from sqlalchemy import URL, Connection, make_url

from storage.errors import Busy, Full, LockTimeout, Unavailable
from storage.prepared import Prepared
from storage.sqlite import Occupied, Writer, create_file, database_path, demand_room, hold_alone, read_engine
from storage.transaction import Alone, savepoint, session
from storage.workers import Workers

if TYPE_CHECKING:
    from storage.hints import Hints

__all__ = [
    "Busy", "Database", "Full", "LockTimeout", "Occupied", "Prepared", "Unavailable",
    "hold_alone", "open_database", "savepoint", "session",
]  # fmt: skip

T = TypeVar("T")

# Each makes the commit write to the disk: the number that SQLite keeps for applications, and we leave at nought;
# a transaction's number, which PostgreSQL logs.
_PROBES = {"sqlite": "PRAGMA user_version = 0", "postgresql": "SELECT pg_current_xact_id()"}


class Database:
    """An open database, made by open_database()."""

    def __init__(
        self,
        dialect: str,
        writers: Workers,
        readers: Workers,
        hints: Hints | None,
        lock: IO[str] | None = None,
        file: Path | None = None,
    ) -> None:
        self.dialect = dialect  # "sqlite" or "postgresql"
        self._writers = writers
        self._readers = readers
        self._hints = hints
        self._lock = lock
        self._file = file

    async def transact(self, fn: Callable[[Connection], T]) -> T:
        """Run fn in one transaction and give its result once that is committed.

        A unique or exclusion violation, a deadlock and a serialization failure roll it back and run it once more.
        Raises Unavailable (LockTimeout, Full, Busy) for what trying later can mend, and fn's own errors as they are;
        either way nothing of fn is kept. A cancelled caller doesn't know: it may have run.
        """
        return await self._writers.submit(fn)

    @property
    def shares_commits(self) -> bool:
        """Whether units that wait at the same time are committed together."""
        return self.dialect == "sqlite"

    def along(self, fn: Callable[[Connection], T]) -> asyncio.Future[T]:
        """What fn gives: it runs after whatever is written next and shares its commit, or alone after hurry().

        One at a time; each goes along with all that is written after the one before it has run. Where units share
        no commits it waits for hurry(). Errors as in transact.
        """
        return self._writers.along(fn)

    def hurry(self) -> None:
        """Run now what was given to along()."""
        self._writers.hurry()

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run fn over one moment of the database and give its result. It cannot write. Errors as in transact."""
        return await self._readers.submit(fn)

    async def check(self) -> None:
        """Raises Unavailable where the database can't be read and written now: it writes, and changes nothing."""

        def probe(write: Connection) -> None:
            if self._file is not None:  # on a full disk there may still be room for a probe, but not for a turn
                demand_room(self._file)
            write.exec_driver_sql(_PROBES[self.dialect]).close()

        await self.transact(probe)

    def hint(self) -> None:
        """Tell other processes, soon, that there is something new. Call after the commit; many calls become one."""
        if self._hints is not None:
            self._hints.send()

    def hints(self) -> AsyncGenerator[None, None]:
        """Iterate over what any process hints; aclose() it. Polling is the truth: some are missed, SQLite has none."""
        return _no_hints() if self._hints is None else self._hints.listen()

    async def close(self) -> None:
        """Finish what waits and close every connection."""
        if self._hints is not None:
            await self._hints.close()
        await self._writers.close()
        await self._readers.close()
        if self._lock is not None:
            self._lock.close()


async def _no_hints() -> AsyncGenerator[None, None]:
    for _ in ():
        yield


def open_database(
    url: str | URL,
    *,
    alone: bool = False,
    threads: int = 8,
    lock_timeout: float = 5.0,
    waiting: int = 10_000,
    batch: int = 200,
) -> Database:
    """Open `sqlite:///path` (made if there is none) or `postgresql+psycopg://...`.

    alone: on SQLite, keep away other processes that ask the same (see hold_alone; raises Occupied).
    threads: PostgreSQL writers; half as many read. lock_timeout: seconds to wait for a lock, then LockTimeout.
    waiting: how many units may queue, then Busy. batch: how many may share one commit on SQLite.
    Raises ValueError for another URL, OSError or Unavailable where the file cannot be made or is no database.
    """
    url = make_url(url)
    readers = max(1, threads // 2)
    lock, hints, file = None, None, None
    if url.get_backend_name() == "sqlite":
        create_file(url)
        file = database_path(url)
        lock = hold_alone(url) if alone else None
        writer = Writer(url, lock_timeout=lock_timeout)
        writers = Workers("storage-write", [writer], writer.close, waiting=waiting, batch=batch)
        reading = read_engine(url, lock_timeout=lock_timeout, threads=readers)
    elif url.drivername in {"postgresql", "postgresql+psycopg"}:
        # Here, for where SQLite serves the driver would only take 9 MiB.
        from storage.hints import Hints  # noqa: PLC0415
        from storage.postgres import connect_options, postgres_engine  # noqa: PLC0415

        url = url.set(drivername="postgresql+psycopg")
        writing = postgres_engine(url, lock_timeout=lock_timeout, threads=threads)
        writers = Workers("storage-write", [Alone(writing)] * threads, writing.dispose, waiting=waiting)
        reading = postgres_engine(url, lock_timeout=lock_timeout, threads=readers, read_only=True)
        hints = Hints(url, connect_options(url, lock_timeout=lock_timeout))
    else:
        raise ValueError(f"no such database: {url.drivername}. Use sqlite:///path or postgresql+psycopg://...")
    reader = Workers("storage-read", [Alone(reading)] * readers, reading.dispose, waiting=waiting)
    return Database(url.get_backend_name(), writers, reader, hints, lock, file)
