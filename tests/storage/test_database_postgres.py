"""Many transactions at once: races, deadlocks, lost connections, and hints between processes."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, bindparam, create_engine, insert, make_url, select, text, update
from sqlalchemy.exc import IntegrityError

from storage import hints
from storage.database import Database, Full, LockTimeout, Prepared, Unavailable, open_database, savepoint
from tests.storage.conftest import add, metadata, names, thing

LOCK = select(thing.c.count).where(thing.c.name == bindparam("name")).with_for_update()


@pytest.fixture
def database_url(postgres_url: str) -> str:
    return postgres_url


def outside(url: str, statement: str) -> None:
    """Execute something as somebody else."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


TERMINATE = """SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database() AND backend_type = 'client backend'"""


async def test_eight_takers_of_one_slot(database: Database) -> None:
    await database.transact(add("room"))

    def take(connection: Connection) -> bool:
        connection.execute(LOCK, {"name": "room"})
        if connection.scalar(select(thing.c.id).where(thing.c.name == "slot")):
            return False
        add("slot")(connection)
        return True

    results = await asyncio.gather(*(database.transact(take) for _ in range(8)))
    assert sorted(results) == [False] * 7 + [True]


async def test_takers_without_a_lock_are_sorted_out_by_the_constraint(database: Database) -> None:
    runs: list[int] = []
    here = threading.Barrier(4)

    def take(connection: Connection) -> bool:
        runs.append(1)
        if connection.scalar(select(thing.c.id).where(thing.c.name == "slot")):
            return False
        if len(runs) <= 4:
            here.wait()
        add("slot")(connection)
        return True

    results = await asyncio.gather(*(database.transact(take) for _ in range(4)))
    assert sorted(results) == [False] * 3 + [True]
    assert len(runs) == 7


async def test_crossing_moves_lock_in_order(database: Database) -> None:
    await database.transact(add("a", 100))
    await database.transact(add("b", 100))
    runs: list[int] = []
    locked = select(thing).where(thing.c.name.in_(["a", "b"])).order_by(thing.c.id).with_for_update()

    def move(origin: str, goal: str) -> Callable[[Connection], None]:
        def work(connection: Connection) -> None:
            runs.append(1)
            connection.execute(locked)
            for name, change in ((origin, -1), (goal, 1)):
                connection.execute(update(thing).where(thing.c.name == name).values(count=thing.c.count + change))

        return work

    await asyncio.gather(*(database.transact(move(*pair)) for pair in [("a", "b"), ("b", "a")] * 40))
    assert len(runs) == 80, "none had to run again"
    assert await database.read(lambda connection: list(connection.scalars(select(thing.c.count)))) == [100, 100]


async def test_a_deadlock_is_run_again(database: Database) -> None:
    await database.transact(add("a"))
    await database.transact(add("b"))
    runs: list[int] = []
    here, through = threading.Barrier(2), threading.Event()

    def crossing(first: str, second: str) -> Callable[[Connection], None]:
        def work(connection: Connection) -> None:
            runs.append(1)
            meet = len(runs) <= 2
            if not meet:  # or it might be quicker than the one that waits, and cross it again
                through.wait()
            for name in (first, second):
                connection.execute(update(thing).where(thing.c.name == name).values(count=thing.c.count + 1))
                if meet and name == first:
                    here.wait()

        return work

    async def cross(first: str, second: str) -> None:
        await database.transact(crossing(first, second))
        through.set()

    await asyncio.gather(cross("a", "b"), cross("b", "a"))
    assert len(runs) == 3
    assert await database.read(lambda connection: list(connection.scalars(select(thing.c.count)))) == [2, 2]


async def test_a_lock_that_takes_too_long(database_url: str) -> None:
    database = open_database(database_url, lock_timeout=0.05)
    await database.transact(metadata.create_all)
    await database.transact(add("a"))
    engine = create_engine(database_url)
    with engine.begin() as other:
        other.execute(LOCK, {"name": "a"})

        def wait(connection: Connection) -> None:
            add("half")(connection)
            connection.execute(LOCK, {"name": "a"})

        with pytest.raises(LockTimeout):
            await database.transact(wait)
    engine.dispose()
    assert await database.transact(names) == ["a"]
    await database.close()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.DiskFull, Full),
        (psycopg.errors.LockNotAvailable, LockTimeout),
        (psycopg.errors.QueryCanceled, LockTimeout),
        (psycopg.errors.TooManyConnections, Unavailable),
        (psycopg.errors.AdminShutdown, Unavailable),
        (psycopg.OperationalError, Unavailable),
        (psycopg.errors.DivisionByZero, LookupError),
    ],
)
async def test_what_the_servers_errors_mean(database: Database, error: type[Exception], kind: type[Exception]) -> None:
    runs: list[int] = []

    def fails(connection: Connection) -> None:
        runs.append(1)
        add("half")(connection)
        try:
            raise error("told by the server")
        except psycopg.Error:
            raise LookupError("told by the server") from None

    with pytest.raises(kind, match="told by the server") as caught:
        await database.transact(fails)
    assert type(caught.value) is kind
    assert len(runs) == 1
    assert await database.read(names) == []


@pytest.mark.parametrize("error", [psycopg.errors.SerializationFailure, psycopg.errors.ExclusionViolation])
async def test_other_lost_races(database: Database, error: type[Exception]) -> None:
    runs: list[int] = []

    def fails_once(connection: Connection) -> None:
        runs.append(1)
        add(f"try {len(runs)}")(connection)
        if len(runs) == 1:
            raise error

    await database.transact(fails_once)
    assert await database.read(names) == ["try 2"]


@pytest.mark.parametrize("by_driver", [False, True])
async def test_a_connection_lost_within_a_unit(database: Database, database_url: str, by_driver: bool) -> None:
    touch = Prepared(update(thing).values(count=bindparam("count_")))

    def loses(connection: Connection) -> None:
        add("half")(connection)
        outside(database_url, TERMINATE)
        if by_driver:
            touch.run(connection, count_=1)
        else:
            connection.execute(update(thing).values(count=1))

    with pytest.raises(Unavailable):
        await database.transact(loses)
    assert await database.transact(names) == await database.read(names) == []


async def test_a_savepoint_on_a_lost_connection(database: Database, database_url: str) -> None:
    def loses(connection: Connection) -> None:
        outside(database_url, TERMINATE)
        savepoint(connection)

    with pytest.raises(Unavailable):
        await database.transact(loses)
    assert await database.transact(names) == []


async def test_a_savepoint_on_a_pulled_cable(database: Database) -> None:
    """No server is left to say why."""

    def pull(connection: Connection) -> None:
        names(connection)
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        with Path(os.devnull).open() as nothing:
            os.dup2(nothing.fileno(), driver.fileno())
        savepoint(connection)

    with pytest.raises(Unavailable):
        await database.transact(pull)
    assert await database.transact(names) == []


async def test_after_a_restart_of_the_server_one_call_fails_at_most(database: Database, database_url: str) -> None:
    put = Prepared(insert(thing).values(name="lost"))
    here = threading.Barrier(4)

    def meet(connection: Connection) -> None:
        names(connection)
        here.wait()

    await asyncio.gather(*(database.transact(meet) for _ in range(4)))
    outside(database_url, TERMINATE)
    with pytest.raises(Unavailable):
        await database.transact(put.run)
    await asyncio.gather(*(database.transact(meet) for _ in range(4)))
    assert await database.transact(names) == []


async def test_a_failed_statement_cannot_be_passed_over(database: Database) -> None:
    """The server would answer COMMIT with a rollback, and no error."""
    await database.transact(add("a"))

    def passes_over(connection: Connection) -> None:
        add("b")(connection)
        with pytest.raises(IntegrityError):
            add("a")(connection)

    with pytest.raises(RuntimeError, match="passed over"):
        await database.transact(passes_over)


async def test_no_server() -> None:
    database = open_database("postgresql+psycopg://nobody@/nothing?host=/nonexistent")
    with pytest.raises(Unavailable):
        await database.transact(names)
    with pytest.raises(Unavailable):
        await database.read(names)
    await database.close()


async def test_the_settings_of_a_connection(database_url: str) -> None:
    database = open_database(f"{database_url}&options=-c%20lock_timeout%3D7s&application_name=mine", lock_timeout=3)

    def show(connection: Connection) -> list[str]:
        settings = ("TimeZone", "lock_timeout", "application_name", "default_transaction_isolation")
        return [connection.execute(text(f"SHOW {name}")).scalar_one() for name in settings]

    assert await database.transact(show) == ["UTC", "7s", "mine", "read committed"]
    assert await database.read(show) == ["UTC", "7s", "mine", "repeatable read"]
    await database.close()


async def test_going_back_keeps_what_is_prepared(database: Database) -> None:
    """psycopg's own cursor would drop every statement that it has prepared, at each ROLLBACK TO."""
    count = Prepared(select(thing.c.count).where(thing.c.name == bindparam("name")))

    def work(connection: Connection) -> list[tuple[int, ...]]:
        count.row(connection, name="a")
        savepoint(connection).rollback()
        rows = connection.execute(text("SELECT 1 FROM pg_prepared_statements WHERE statement LIKE '%thing%'"))
        return [tuple(row) for row in rows]

    assert await database.transact(work) == [(1,)]


async def test_hints_reach_other_processes(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints, "RECONNECT", 0)
    other = open_database(database_url)
    async with aclosing(other.hints()) as heard:
        await anext(heard)  # it listens
        for _ in range(100):
            database.hint()
        await anext(heard)
        outside(database_url, TERMINATE)
        await anext(heard)  # connected again
        next_one = asyncio.ensure_future(anext(heard))
        while not next_one.done():  # the first may go down with its connection
            database.hint()
            await asyncio.sleep(0)
        await next_one
    await other.close()


async def test_many_hints_become_one(database: Database, database_url: str) -> None:
    conninfo = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as listener:
        await listener.execute("LISTEN centralino")
        for _ in range(1000):
            database.hint()
        await database.close()  # sends what is asked for
        outside(database_url, "NOTIFY centralino, 'last'")
        heard = listener.notifies()
        assert [(await anext(heard)).payload for _ in range(2)] == ["", "last"]
        await heard.aclose()
