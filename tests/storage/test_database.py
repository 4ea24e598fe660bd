"""What holds on both databases."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import Connection, create_engine, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped

from storage.database import Busy, Database, Unavailable, open_database, savepoint, session
from tests.storage.conftest import add, metadata, names, thing, together


class Base(DeclarativeBase):
    metadata = metadata


class Thing(Base):
    __table__ = thing
    count: Mapped[int]
    name: Mapped[str]


async def test_the_result_comes_back(database: Database) -> None:
    assert await database.transact(add("a")) == "a"
    assert await database.read(names) == ["a"]


async def test_an_error_undoes_the_unit_and_arrives_as_it_is(database: Database) -> None:
    def fails(connection: Connection) -> None:
        add("half")(connection)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        await database.transact(fails)
    assert await database.read(names) == []


async def test_a_failing_unit_leaves_its_neighbours(database: Database) -> None:
    def fails(connection: Connection) -> None:
        add("half")(connection)
        raise KeyError("mine")

    results = await together(database, add("a"), fails, add("b"), fails, add("c"))
    assert [type(result) for result in results] == [str, KeyError, str, KeyError, str]
    assert await database.read(names) == ["a", "b", "c"]


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit, asyncio.CancelledError])
async def test_no_error_ends_the_storage_thread(database: Database, error: type[BaseException]) -> None:
    def leaves(connection: Connection) -> None:
        add("half")(connection)
        raise error

    with pytest.raises(error):
        await database.transact(leaves)
    with pytest.raises(error):
        await database.read(lambda _: (_ for _ in ()).throw(error()))
    assert await database.transact(names) == await database.read(names) == []


async def test_stop_iteration_reaches_the_caller(database: Database) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await database.transact(lambda _: next(iter(())))


async def test_eight_increments_at_once_make_eight(database: Database) -> None:
    await database.transact(add("counter"))

    def increment(connection: Connection) -> None:
        count = connection.scalar(select(thing.c.count).where(thing.c.name == "counter").with_for_update())
        assert count is not None
        connection.execute(update(thing).values(count=count + 1))

    await asyncio.gather(*(database.transact(increment) for _ in range(8)))
    assert await database.read(lambda connection: connection.scalar(select(thing.c.count))) == 8


async def test_who_lost_a_race_is_rolled_back_and_runs_once_more(database: Database) -> None:
    await database.transact(add("taken"))
    runs: list[int] = []

    def race(connection: Connection) -> None:
        runs.append(1)
        add(f"try {len(runs)}")(connection)
        if len(runs) == 1:
            add("taken")(connection)

    await database.transact(race)
    assert await database.read(names) == ["taken", "try 2"]


async def test_who_loses_twice_raises_the_error_itself(database: Database) -> None:
    await database.transact(add("taken"))
    runs: list[int] = []

    def race(connection: Connection) -> None:
        runs.append(1)
        add("half")(connection)
        add("taken")(connection)

    with pytest.raises(IntegrityError):
        await database.transact(race)
    assert len(runs) == 2
    assert await database.read(names) == ["taken"]


async def test_a_lost_race_is_known_under_another_error(database: Database) -> None:
    await database.transact(add("taken"))
    runs: list[int] = []

    def race(connection: Connection) -> None:
        runs.append(1)
        try:
            if len(runs) == 1:
                add("taken")(connection)
        except IntegrityError:
            raise LookupError("no room") from None

    await database.transact(race)
    assert len(runs) == 2


async def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        await database.read(add("a"))
    assert await database.read(names) == []


async def test_reading_sees_one_moment(database: Database) -> None:
    begun, written = threading.Event(), threading.Event()

    def look_twice(connection: Connection) -> tuple[list[str], list[str]]:
        before = names(connection)
        begun.set()
        written.wait()
        return before, names(connection)

    reading = asyncio.create_task(database.read(look_twice))
    await asyncio.to_thread(begun.wait)
    await database.transact(add("a"))
    written.set()
    assert await reading == ([], [])
    assert await database.read(names) == ["a"]


async def test_a_session_sees_what_others_committed(database: Database, database_url: str) -> None:
    def look(connection: Connection) -> list[int]:
        with session(connection) as opened:
            return [each.count for each in opened.scalars(select(Thing))]

    def raise_by_session(connection: Connection) -> None:
        with session(connection) as opened:
            for each in opened.scalars(select(Thing)):
                each.count += 1

    await database.transact(add("a", 1))
    assert await database.transact(look) == [1]
    engine = create_engine(database_url)
    with engine.begin() as other:
        other.execute(update(thing).values(count=2))
    engine.dispose()
    assert await database.transact(look) == [2]
    await database.transact(raise_by_session)
    assert await database.transact(look) == await database.read(look) == [3]


async def test_a_session_that_fails_undoes_its_part_only(database: Database) -> None:
    def work(connection: Connection) -> None:
        add("before")(connection)
        with pytest.raises(KeyError), session(connection) as opened:
            opened.add(Thing(name="within", count=0))
            opened.flush()
            raise KeyError
        add("after")(connection)

    await database.transact(work)
    assert await database.read(names) == ["after", "before"]


async def test_savepoints_nest(database: Database) -> None:
    def work(connection: Connection) -> None:
        with savepoint(connection):
            add("kept")(connection)
            with pytest.raises(KeyError), savepoint(connection):
                add("undone")(connection)
                raise KeyError
            inner = savepoint(connection)
            add("kept too")(connection)
            inner.release()
        outer = savepoint(connection)
        add("undone by outer")(connection)
        savepoint(connection)
        add("undone by outer, from within")(connection)
        outer.rollback()
        with pytest.raises(RuntimeError, match="ended"):
            outer.release()

    await database.transact(work)
    assert await database.read(names) == ["kept", "kept too"]


async def test_a_savepoint_first_is_in_the_transaction(database: Database) -> None:
    def work(connection: Connection) -> None:
        with savepoint(connection):
            add("half")(connection)
        raise KeyError

    with pytest.raises(KeyError):
        await database.transact(work)
    assert await database.read(names) == []


async def test_a_failed_statement_within_a_savepoint_is_survived(database: Database) -> None:
    def work(connection: Connection) -> None:
        add("a")(connection)
        with pytest.raises(IntegrityError), savepoint(connection):
            add("a")(connection)
        add("b")(connection)

    await database.transact(work)
    assert await database.read(names) == ["a", "b"]


async def test_what_is_left_open_is_an_error(database: Database) -> None:
    def by_savepoint(connection: Connection) -> None:
        savepoint(connection)
        add("a")(connection)

    def by_session(connection: Connection) -> None:
        connection.begin_nested()
        add("a")(connection)

    for work in by_savepoint, by_session:
        with pytest.raises(RuntimeError, match="left a savepoint"):
            await database.transact(work)
    assert await database.transact(names) == await database.read(names) == []


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
async def test_a_unit_cannot_end_the_transaction(database: Database, end: str) -> None:
    def meddles(connection: Connection) -> None:
        getattr(connection, end)()

    results = await together(database, add("a"), meddles, add("b"))
    assert [type(result) for result in results] == [str, RuntimeError, str]
    assert await database.read(names) == ["a", "b"]
    assert await database.transact(add("c")) == "c"


async def test_a_full_queue_is_busy(database_url: str) -> None:
    database = open_database(database_url, waiting=2, threads=1)
    await database.transact(metadata.create_all)
    results = await together(database, add("a"), add("b"), add("c"))
    assert [type(result) for result in results] == [str, str, Busy]
    assert await database.transact(names) == ["a", "b"]
    await database.close()


async def test_a_caller_who_went_before_his_turn_is_passed_over(database_url: str) -> None:
    database = open_database(database_url, threads=1)
    await database.transact(metadata.create_all)
    held, release = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        held.set()
        release.wait()
        add("held")(connection)

    running = asyncio.create_task(database.transact(hold))
    await asyncio.to_thread(held.wait)
    waiting = asyncio.create_task(database.transact(add("waiting")))
    behind = asyncio.create_task(database.transact(add("behind")))
    await asyncio.sleep(0)
    running.cancel()
    waiting.cancel()
    release.set()
    await behind
    assert running.cancelled()
    assert waiting.cancelled()
    assert await database.read(names) == ["behind", "held"]
    await database.close()


async def test_closing_finishes_what_waits(database_url: str) -> None:
    database = open_database(database_url, threads=1)
    await database.transact(metadata.create_all)
    tasks = [asyncio.create_task(database.transact(add(f"{number:03}"))) for number in range(300)]
    await asyncio.sleep(0)
    await database.close()
    assert all(task.done() for task in tasks)
    assert [task.result() for task in tasks] == [f"{number:03}" for number in range(300)]
    with pytest.raises(Unavailable, match="closed"):
        await database.transact(add("late"))
    again = open_database(database_url)
    assert len(await again.read(names)) == 300
    await again.close()
    await again.close()


async def test_who_would_go_along_goes_alone_when_hurried_and_at_the_end(database_url: str) -> None:
    database = open_database(database_url, threads=1)
    await database.transact(metadata.create_all)
    database.hurry()
    assert await database.along(names) == []
    coming = database.along(names)
    database.hurry()
    assert await coming == []
    coming = database.along(names)
    await database.close()
    assert await coming == []
    with pytest.raises(Unavailable, match="closed"):
        database.along(names).cancel()


async def test_two_loops_share_a_database(database: Database) -> None:
    def in_another_loop() -> str:
        return asyncio.run(database.transact(add("other loop")))

    assert await asyncio.to_thread(in_another_loop) == "other loop"
    assert await database.read(names) == ["other loop"]


async def test_other_urls_are_refused() -> None:
    for url in (
        "mysql://nobody@localhost/x",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql+asyncpg://nobody@localhost/x",
    ):
        with pytest.raises(ValueError, match="sqlite:///"):
            open_database(url)


async def test_the_answer_is_not_before_the_commit(database: Database, database_url: str) -> None:
    """Each caller, as soon as it hears, finds its row by a connection of its own."""
    engine = create_engine(database_url)

    async def write_and_look(name: str) -> bool:
        await database.transact(add(name))
        with engine.connect() as other:
            return name in names(other)

    assert all(await asyncio.gather(*(write_and_look(f"{number}") for number in range(60))))
    engine.dispose()
