"""Inside a unit of work: savepoints, sessions, and how a unit runs in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, cast

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from storage.errors import again
from storage.prepared import WIRE
from storage.workers import Unit

_DEPTH = "savepoints"  # how many are open, in Connection.info


class Savepoint:
    """A point to which the unit of work can go back; opened by savepoint()."""

    __slots__ = ("_depth", "_driver", "_info", "_mark", "_name", "_open", "_wire")

    def __init__(self, connection: Connection) -> None:
        self._info = info = connection.info
        self._depth = info.get(_DEPTH, 0)
        self._name = f"s{self._depth}"
        self._wire = info.get(WIRE)
        if self._wire is not None:
            self._mark = self._wire.savepoint(self._name)
        else:
            self._driver = cast(Any, connection.connection.dbapi_connection)
            self._driver.execute(f"SAVEPOINT {self._name}")
        self._open = True
        info[_DEPTH] = self._depth + 1

    def release(self) -> None:
        """Keep what was done since, as part of what surrounds it."""
        self._end()
        (self._driver.execute if self._wire is None else self._wire.tell)(f"RELEASE {self._name}")

    def rollback(self) -> None:
        """Undo what was done since, also by savepoints opened within."""
        self._end()
        if self._wire is not None:
            self._wire.back(self._name, self._mark)
        else:
            self._driver.execute(f"ROLLBACK TO {self._name}")
            self._driver.execute(f"RELEASE {self._name}")

    def _end(self) -> None:
        if not self._open:
            raise RuntimeError("this savepoint has ended already")
        self._open = False
        self._info[_DEPTH] = self._depth

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
            unit.succeed(result)
        except BaseException as error:  # if the connection was lost, the pool now distrusts the idle ones too
            return error
        return None
