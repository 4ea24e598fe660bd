"""Inside a unit of work: savepoints, sessions, and how a unit runs in a transaction of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from storage.errors import again
from storage.workers import Unit

_DEPTH = "savepoints"  # how many are open, in Connection.info


class Savepoint:
    """A point to which the unit of work can go back; opened by savepoint()."""

    __slots__ = ("_connection", "_depth", "_execute", "_open")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._depth = connection.info.get(_DEPTH, 0)
        self._execute = _executor(connection)
        self._execute(f"SAVEPOINT s{self._depth}")
        self._open = True
        connection.info[_DEPTH] = self._depth + 1

    def release(self) -> None:
        """Keep what was done since, as part of what surrounds it."""
        self._end("RELEASE")

    def rollback(self) -> None:
        """Undo what was done since, also by savepoints opened within."""
        self._end("ROLLBACK TO", "RELEASE")

    def _end(self, *steps: str) -> None:
        if not self._open:
            raise RuntimeError("this savepoint has ended already")
        self._open = False
        self._connection.info[_DEPTH] = self._depth
        for step in steps:
            self._execute(f"{step} s{self._depth}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._open:
            self.release() if error is None else self.rollback()


def savepoint(connection: Connection) -> Savepoint:
    """Open a savepoint by driver statements, a few microseconds each; they nest.

    As a context manager it is released at the end, and rolled back when an error leaves it.
    """
    return Savepoint(connection)


@contextmanager
def session(connection: Connection) -> Iterator[Session]:
    """A Session of its own inside the unit of work, in a savepoint: kept at the end, undone when an error leaves it.

    Never keep one for the next unit: it would show rows as they were.
    """
    with Session(connection, join_transaction_mode="create_savepoint") as opened, opened.begin():
        yield opened


def run(connection: Connection, fn: Callable[[Connection], Any]) -> Any:
    """Run fn, which must leave the transaction as it found it: open, and without open savepoints."""
    info = connection.info
    info[_DEPTH] = 0
    result = fn(connection)
    if not connection.in_transaction():
        raise RuntimeError("a unit of work ended its transaction: only the storage does")
    if info[_DEPTH] or connection.in_nested_transaction():
        raise RuntimeError("a unit of work left a savepoint or a session open")
    return result


class Alone:
    """Serves units one by one, each in a transaction of its own from the engine's pool."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, units: list[Unit]) -> None:
        """Settle each unit; one that lost a race is rolled back and runs once more."""
        for unit in units:
            error = self._attempt(unit)
            if error is not None and again(error):
                error = self._attempt(unit)
            if error is not None:
                unit.fail(error)

    def _attempt(self, unit: Unit) -> BaseException | None:
        try:
            with self._engine.begin() as connection:
                result = run(connection, unit.fn)
                _sound(connection)
            unit.succeed(result)
        except BaseException as error:  # if the connection was lost, the pool now distrusts the idle ones too
            return error
        return None


def _sound(connection: Connection) -> None:
    """PostgreSQL answers COMMIT after a failed statement with a rollback, and no error."""
    driver: Any = connection.connection.dbapi_connection
    if isinstance(driver, sqlite3.Connection):
        return
    from storage.postgres import failed  # noqa: PLC0415  see open_database()

    if failed(driver):
        raise RuntimeError("a unit of work passed over a failed statement: only within a savepoint can it go on")


def _executor(connection: Connection) -> Callable[[str], object]:
    """How to execute a command of the driver's connection in the cheapest way."""
    driver: Any = connection.connection.dbapi_connection
    if isinstance(driver, sqlite3.Connection):
        return driver.execute
    from storage.postgres import commanding  # noqa: PLC0415  see open_database()

    return commanding(driver)
