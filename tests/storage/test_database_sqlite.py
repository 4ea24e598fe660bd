"""One writer, one commit for many: what may go wrong in the middle of a batch, and what others must not notice."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import threading
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from storage import workers
from storage.database import Database, Full, LockTimeout, Occupied, Unavailable, hold_alone, open_database, session
from tests.storage.conftest import add, metadata, names, together


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


class Watched(sqlite3.Connection):
    """A driver connection whose COMMIT does first what the test wants."""

    commits = 0
    before_commit: Callable[[], None] | None = None

    def execute(self, statement: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if statement == "COMMIT":
            Watched.commits += 1
            if Watched.before_commit is not None:
                Watched.before_commit()
        return super().execute(statement, parameters)


@pytest.fixture
async def watched(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """A database whose writer is Watched; nothing is counted yet."""
    monkeypatch.setattr(sqlite3.dbapi2, "connect", partial(sqlite3.connect, factory=Watched))
    database = open_database(sqlite_url)
    await database.transact(metadata.create_all)
    monkeypatch.setattr(Watched, "commits", 0)
    monkeypatch.setattr(Watched, "before_commit", None)
    yield database
    monkeypatch.setattr(Watched, "before_commit", None)
    await database.close()


def room_for(pages: int) -> Callable[[Connection], None]:
    """A unit of work after which the database may grow by so many pages."""

    def work(connection: Connection) -> None:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={used + pages}")

    return work


def too_much(connection: Connection) -> None:
    for number in range(100):
        add(f"{number}" + "x" * 4000)(connection)


async def test_a_full_database_in_the_middle_of_a_batch(database: Database) -> None:
    await database.transact(room_for(10))
    runs: list[int] = []

    def counted(connection: Connection) -> None:
        runs.append(1)
        add("a")(connection)

    results = await together(database, counted, too_much, add("b"), too_much, add("c"))
    assert [type(result) for result in results] == [type(None), Full, str, Full, str]
    assert await database.read(names) == ["a", "b", "c"]
    assert len(runs) == 2, "SQLite dropped the transaction, so the units before had to run again"
    await database.transact(room_for(1000))
    await database.transact(too_much)
    assert len(await database.read(names)) == 103


async def test_a_full_database_surfaces_as_a_lost_savepoint(database: Database) -> None:
    await database.transact(room_for(10))
    seen: list[str] = []

    def by_session(connection: Connection) -> None:
        try:
            with session(connection) as opened:
                too_much(opened.connection())
        except Exception as error:
            seen.append(str(error))
            raise

    results = await together(database, add("a"), by_session, add("b"))
    assert "no such savepoint" in seen[0]
    assert [type(result) for result in results] == [str, Full, str]
    assert await database.read(names) == ["a", "b"]


async def test_what_follows_a_dead_transaction_is_not_kept_twice(database: Database) -> None:
    """A unit that goes on after "database is full" harms itself at most."""
    await database.transact(room_for(10))

    def passes_over(connection: Connection) -> None:
        with pytest.raises(Exception, match="full"), session(connection):
            too_much(connection)

    results = await together(database, add("a"), passes_over, add("b"))
    assert [type(result) for result in results] == [str, RuntimeError, str]
    assert await database.read(names) == ["a", "b"]


async def test_the_death_of_a_batch_does_not_colour_the_errors_of_others(database: Database) -> None:
    await database.transact(room_for(10))

    def fails(_connection: Connection) -> None:
        raise KeyError("mine")

    results = await together(database, fails, too_much, fails)
    assert [type(result) for result in results] == [KeyError, Full, KeyError]


async def test_a_commit_that_fails_once(watched: Database) -> None:
    def fail() -> None:
        Watched.before_commit = None
        raise sqlite3.OperationalError("disk I/O error")

    def arm(connection: Connection) -> None:
        add("a")(connection)
        if Watched.commits == 1:
            Watched.before_commit = fail

    results = await together(watched, arm, add("b"))
    assert [type(result) for result in results] == [type(None), str]
    assert await watched.read(names) == ["a", "b"]
    assert Watched.commits == 4, "the first unit's, the one that failed, and each alone"


async def test_a_commit_that_keeps_failing(watched: Database) -> None:
    def fail() -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    Watched.before_commit = fail
    for _ in range(2):
        with pytest.raises(Unavailable, match="disk I/O error"):
            await watched.transact(add("a"))
    Watched.before_commit = None
    assert await watched.transact(names) == []


async def test_a_constraint_checked_at_commit_meets_who_broke_it(database: Database) -> None:
    def create(connection: Connection) -> None:
        connection.exec_driver_sql(
            "CREATE TABLE part (thing INTEGER REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED)"
        )

    def dangle(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO part VALUES (999)")

    await database.transact(create)
    results = await together(database, add("a"), dangle, add("b"))
    assert [type(result) for result in results] == [str, sqlite3.IntegrityError, str]
    assert await database.read(names) == ["a", "b"]


async def test_a_crowd_is_one_commit(watched: Database) -> None:
    await together(watched, *(add(f"{number}") for number in range(50)), crowd=workers.CROWD)
    assert Watched.commits == 2, "the first unit's, and one for all that waited"


async def test_of_few_none_waits_for_all(watched: Database) -> None:
    await together(watched, *(add(f"{number}") for number in range(8)), crowd=workers.CROWD)
    assert Watched.commits == 5, "the first unit's, and one for two of the others"


async def test_what_goes_along_shares_the_commit_and_misses_nothing(watched: Database) -> None:
    await watched.transact(add("a"))
    assert await watched.along(names) == ["a"], "nobody went along with the first, so this one is late"
    coming, before = watched.along(names), Watched.commits
    await watched.transact(add("b"))
    assert await coming == ["a", "b"]
    assert Watched.commits == before + 1


async def test_nobody_hears_before_the_commit_returned(watched: Database) -> None:
    committing, release = threading.Event(), threading.Event()

    def wait() -> None:
        committing.set()
        release.wait()

    Watched.before_commit = wait
    tasks = [asyncio.create_task(watched.transact(add(name))) for name in "ab"]
    await asyncio.to_thread(committing.wait)
    for _ in range(5):
        await asyncio.sleep(0)
    assert not any(task.done() for task in tasks)
    release.set()
    assert await asyncio.gather(*tasks) == ["a", "b"]


async def test_a_caller_who_goes_meanwhile_keeps_nobody_waiting(database: Database) -> None:
    running, release = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        running.set()
        release.wait()
        add("a")(connection)

    slowly = asyncio.create_task(database.transact(slow))
    same_batch = asyncio.create_task(database.transact(add("b")))
    await asyncio.to_thread(running.wait)
    slowly.cancel()
    release.set()
    assert await same_batch == "b"
    assert await database.read(names) == ["a", "b"]


async def test_a_lock_of_another_process(sqlite_url: str) -> None:
    database = open_database(sqlite_url, lock_timeout=0.01)
    await database.transact(metadata.create_all)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    results = await asyncio.gather(*(database.transact(add(name)) for name in "abc"), return_exceptions=True)
    assert [type(result) for result in results] == [LockTimeout] * 3
    other.execute("ROLLBACK")
    other.close()
    assert await database.transact(add("d")) == "d"
    assert await database.read(names) == ["d"]
    await database.close()


async def test_foreign_keys_are_enforced(database: Database) -> None:
    def dangle(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE part (thing INTEGER REFERENCES thing (id))")
        connection.exec_driver_sql("INSERT INTO part VALUES (999)")

    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        await database.transact(dangle)


async def test_one_process_at_a_time(sqlite_url: str) -> None:
    database = open_database(sqlite_url, alone=True)
    with pytest.raises(Occupied, match=r"in use by process \d+\. Stop that one first"):
        open_database(sqlite_url, alone=True)
    beside = open_database(sqlite_url)  # the command line works beside the server
    await beside.transact(metadata.create_all)
    await beside.close()
    await database.close()
    lock = hold_alone(sqlite_url)
    assert lock is not None
    lock.close()
    assert hold_alone("postgresql+psycopg://localhost/x") is None


async def test_the_files_are_the_owners_alone(sqlite_url: str, tmp_path: Path) -> None:
    database = open_database(sqlite_url, alone=True)
    await database.transact(metadata.create_all)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(["test.db", "test.db-wal", "test.db-shm", "test.db.lock"], 0o600)
    await database.close()


async def test_commits_reach_the_disk(database: Database) -> None:
    def pragmas(connection: Connection) -> list[Any]:
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "journal_mode")]

    assert await database.transact(pragmas) == [2, "wal"]  # 2 is FULL


def test_what_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_database(f"sqlite:///{tmp_path}/nowhere/test.db")
    Path(tmp_path, "letter.txt").write_text("Dear Sirs, " * 100)
    with pytest.raises(Unavailable, match="not a database"):
        open_database(f"sqlite:///{tmp_path}/letter.txt", alone=True)
