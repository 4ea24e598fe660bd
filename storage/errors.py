"""What an error of the database means for the unit of work it ended: run it again, try later, or a defect."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator


class Unavailable(Exception):
    """The database could not do the work now: nothing of it was kept, and trying later is right."""


class LockTimeout(Unavailable):
    """The work waited too long for what another holds."""


class Full(Unavailable):
    """The disk, or the room given to the database, is full."""


class Busy(Unavailable):
    """Too much work waits already."""


_AGAIN = {
    "23505",  # unique violation
    "23P01",  # exclusion violation
    "40P01",  # deadlock
    "40001",  # serialization failure
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
}

# SQLite tells the cause in the low byte of its extended code.
_SQLITE_UNAVAILABLE: dict[int, type[Unavailable]] = {
    sqlite3.SQLITE_FULL: Full,
    sqlite3.SQLITE_BUSY: LockTimeout,
    sqlite3.SQLITE_LOCKED: LockTimeout,
    sqlite3.SQLITE_IOERR: Unavailable,
    sqlite3.SQLITE_CANTOPEN: Unavailable,
    sqlite3.SQLITE_NOMEM: Unavailable,
    sqlite3.SQLITE_CORRUPT: Unavailable,
    sqlite3.SQLITE_NOTADB: Unavailable,
}

_POSTGRES_UNAVAILABLE: dict[str, type[Unavailable]] = {
    "53100": Full,
    "55P03": LockTimeout,
    "57014": LockTimeout,  # statement_timeout
    "57P01": Unavailable,  # the server is shutting down, or an administrator ended the connection
    "57P02": Unavailable,
    "57P03": Unavailable,
    "57P05": Unavailable,
    "25P03": Unavailable,
    "08": Unavailable,  # by class: connection lost, resources short, the server's own disk
    "53": Unavailable,
    "58": Unavailable,
}


def again(error: BaseException) -> bool:
    """Whether a second run may do better: two met at the same row, and the other one is through by now."""
    return any(_code(link) in _AGAIN for link in _chain(error))


def translated(error: BaseException) -> BaseException:
    """The error for the caller: an Unavailable if the database was at fault, else the error itself.

    The whole chain of causes is searched: with a Session open, "database is full" surfaces as "no such savepoint".
    """
    if isinstance(error, Unavailable):
        return error
    for link in _chain(error):
        kind = _unavailable(link)
        if kind is not None:
            told = kind(str(link).strip() or type(link).__name__)
            told.__cause__ = error
            return told
    return error


def _unavailable(error: BaseException) -> type[Unavailable] | None:
    code = _code(error)
    if isinstance(code, int):
        return _SQLITE_UNAVAILABLE.get(code & 0xFF)
    if code is not None:
        return _POSTGRES_UNAVAILABLE.get(code) or _POSTGRES_UNAVAILABLE.get(code[:2])
    # Without a code it was the driver, not the server, that met the error: there is no connection.
    psycopg = sys.modules.get("psycopg")  # loaded only where PostgreSQL serves: it takes 9 MiB
    return Unavailable if psycopg is not None and isinstance(error, psycopg.OperationalError) else None


def _code(error: BaseException) -> int | str | None:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None)  # the driver's own errors have none
    code: str | None = getattr(error, "sqlstate", None)  # psycopg's
    return code


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    rest: list[BaseException | None] = [error]
    while rest:
        link = rest.pop()
        if link is not None and id(link) not in seen:
            seen.add(id(link))
            yield link
            rest += [link.__context__, link.__cause__]  # the driver's error under SQLAlchemy's is both
