"""SQLite: one thread writes, and commits once for all the units of work that wait; a few connections read."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url

from storage.errors import Full, again, translated
from storage.transaction import run
from storage.workers import Unit

LEAST: Final = 1 << 20
"""Bytes that have to be free: some hundred turns."""


class Occupied(Exception):
    """Another process has this database."""


def hold_alone(url: str | URL) -> IO[str] | None:
    """Keep every other process that asks the same away from a SQLite database, until the file given back is closed.

    PostgreSQL serves any number of processes: None. Raises Occupied, saying by which process and what to do.
    """
    url = make_url(url)
    if url.get_backend_name() != "sqlite":
        return None
    path = database_path(url)
    lock = os.fdopen(os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with lock:
            holder = lock.read().strip() or "unknown"
        raise Occupied(
            f"{path} is in use by process {holder}. Stop that one first, or use PostgreSQL, which serves several."
        ) from None
    lock.truncate()
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def database_path(url: URL) -> Path:
    """Where the database file is. Raises ValueError for one in memory: each connection would see its own."""
    if not url.database or url.database == ":memory:" or url.query.get("mode") == "memory":
        raise ValueError("a SQLite database needs a file: sqlite:///centralino.db")
    return Path(url.database).absolute()


def demand_room(path: Path) -> None:
    """Raises Full where the disk has next to no room left beside the database."""
    disk = os.statvfs(path.parent)
    if disk.f_bavail * disk.f_frsize < LEAST:
        raise Full("the disk is full")


def create_file(url: URL) -> None:
    """Make the file if there is none, for its owner alone, and set the journal mode that it keeps.

    Raises OSError where it cannot be, Unavailable where it is no database.
    """
    path = database_path(url)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    try:
        driver = sqlite3.connect(path)
        try:
            driver.execute("PRAGMA journal_mode=WAL")
        finally:
            driver.close()
    except sqlite3.Error as error:
        raise translated(error) from error


def _engine(url: URL, lock_timeout: float, **options: Any) -> Engine:
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "timeout": lock_timeout, "cached_statements": 500},  # no BEGIN but ours
        **options,
    )

    @event.listens_for(engine, "connect")
    def prepare(driver: sqlite3.Connection, _record: object) -> None:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.execute("PRAGMA synchronous=FULL")
        driver.execute("PRAGMA temp_store=MEMORY")

    return engine


def read_engine(url: URL, *, lock_timeout: float, threads: int) -> Engine:
    """An engine that cannot write; a unit of work sees one moment of the database."""
    engine = _engine(url, lock_timeout, pool_size=threads, max_overflow=0)

    @event.listens_for(engine, "connect")
    def forbid(driver: sqlite3.Connection, _record: object) -> None:
        driver.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


class Writer:
    """Serves batches of units on the one connection that writes, with one COMMIT for all.

    SQLAlchemy sees one endless transaction; the real ones are begun and committed here, by driver statements.
    """

    def __init__(self, url: URL, *, lock_timeout: float) -> None:
        self._engine = _engine(url, lock_timeout, poolclass=NullPool)
        self._connection: Connection | None = None
        self._driver: sqlite3.Connection

        @event.listens_for(self._engine, "commit")
        def refuse(_connection: Connection) -> None:
            raise RuntimeError("a unit of work ended its transaction: only the storage does")

    def __call__(self, units: list[Unit], *, last: bool = False) -> None:
        """Settle each unit: all together, or, where one of them or the commit fails, each alone.

        A savepoint around each would save the others their second run, and cost every turn 2 % of its instructions.
        ``last``: one that lost a race does not run once more.
        """
        error = self._begin()
        began = error is None
        error = error or self._together(units)
        if error is None:
            return
        self._reset()
        if began and len(units) > 1:
            for unit in units:
                self([unit])
        elif began and again(error) and not last:
            self(units, last=True)
        else:  # where nothing could begin, waiting anew for each unit would hold up those behind
            for unit in units:
                unit.fail(error)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._drop(self._connection)

    def _begin(self) -> BaseException | None:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
                self._connection.begin()
                driver = self._connection.connection.dbapi_connection
                assert isinstance(driver, sqlite3.Connection)
                self._driver = driver
            self._driver.execute("BEGIN IMMEDIATE")
        except BaseException as error:
            return error
        return None

    def _together(self, units: list[Unit]) -> BaseException | None:
        """Run the units and commit. Gives the error by which the batch died: nothing of it is kept then."""
        connection = self._connection
        assert connection is not None
        try:
            for unit in units:
                unit.succeed(run(connection, unit.fn))
                # A failed statement can make SQLite drop the whole transaction; what came next would commit by itself.
                if not self._driver.in_transaction:
                    raise RuntimeError("a unit of work went on after its transaction was gone")
            self._driver.execute("COMMIT")  # an error where there is no transaction any more
        except BaseException as error:
            return error
        return None

    def _reset(self) -> None:
        """Back to a connection without a transaction, a new one if this cannot be mended."""
        connection = self._connection
        if connection is None:
            return
        try:
            _leave_sessions(connection)
            self._driver.rollback()
            if connection.in_transaction() and not connection.closed:
                return
        except BaseException:  # noqa: S110 - whatever it is, this connection serves no longer
            pass
        self._drop(connection)

    def _drop(self, connection: Connection) -> None:
        self._connection = None
        with suppress(Exception):
            self._driver.close()  # first, so that nothing more can be written
        with suppress(Exception):
            connection.invalidate()
            connection.close()


def _leave_sessions(connection: Connection) -> None:
    """End what a unit left open in SQLAlchemy; the transaction that is rolled back takes care of the rows."""
    while nested := connection.get_nested_transaction():
        with suppress(Exception):
            nested.close()
