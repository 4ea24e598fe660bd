"""Driver statements, compiled once."""

from __future__ import annotations

import pytest
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from storage.database import Database, Prepared
from tests.storage.conftest import names, thing


class Shouted(TypeDecorator[str]):
    """A type that converts, to see where it does."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str | None:
        return value and value.upper()


word = Table("word", MetaData(), Column("id", BigInteger, primary_key=True), Column("name", Shouted))

PUT = Prepared(insert(thing).values(name=bindparam("name"), count=bindparam("count")))
PUT_ONCE = Prepared(
    postgresql.insert(thing)
    .values(name=bindparam("name"), count=1)
    .on_conflict_do_nothing(index_elements=["name"])
    .returning(thing.c.name, thing.c.count)
)
PUT_OR_COUNT = Prepared(
    postgresql.insert(thing)
    .values(name=bindparam("name"), count=1)
    .on_conflict_do_update(index_elements=["name"], set_={"count": thing.c.count + 1})
)
COUNT = Prepared(
    update(thing)
    .where(thing.c.count >= bindparam("least"))
    .values(count=thing.c.count + bindparam("by", type_=Integer))
)
ALL = Prepared(select(thing.c.name, thing.c.count).order_by(thing.c.count).limit(bindparam("limit")))
LOCKED = Prepared(select(thing.c.count).where(thing.c.name == bindparam("name")).with_for_update(key_share=True))


async def test_rows_and_counts(database: Database) -> None:
    def work(connection: Connection) -> None:
        for number in range(5):
            assert PUT.run(connection, name=f"n{number}", count=number) == 1
        assert COUNT.run(connection, least=3, by=10) == 2
        assert ALL.rows(connection, limit=10) == [("n0", 0), ("n1", 1), ("n2", 2), ("n3", 13), ("n4", 14)]
        assert ALL.rows(connection, limit=1) == [("n0", 0)]
        assert ALL.row(connection, limit=10) == ("n0", 0)
        assert ALL.rows(connection, limit=0) == []
        assert LOCKED.row(connection, name="n4") == (14,)
        assert LOCKED.row(connection, name="nobody") is None

    await database.transact(work)
    assert await database.read(lambda connection: ALL.row(connection, limit=1)) == ("n0", 0)


async def test_conflicts_are_written_once_for_both(database: Database) -> None:
    def work(connection: Connection) -> None:
        assert PUT_ONCE.row(connection, name="a") == ("a", 1)
        assert PUT_ONCE.row(connection, name="a") is None
        assert PUT_OR_COUNT.run(connection, name="a") == 1
        assert LOCKED.row(connection, name="a") == (2,)

    await database.transact(work)


async def test_numbers_of_any_size_are_one_statement(database: Database) -> None:
    put = Prepared(insert(thing).values(id=bindparam("id"), name=bindparam("name")))
    find = Prepared(select(thing.c.id).where(thing.c.id == bindparam("id")))

    def work(connection: Connection) -> None:
        for number in (1, 40_000, 3_000_000_000, 9_000_000_000_000_000):
            put.run(connection, id=number, name=str(number))
            assert find.row(connection, id=number) == (number,)
        if connection.dialect.name == "postgresql":
            statements = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%thing%'")
            assert connection.scalar(statements) == 2

    await database.transact(work)


async def test_signs_that_mean_something_to_a_driver(database: Database) -> None:
    put = Prepared(insert(thing).values(name="100% :of %(it)s ?"))
    find = Prepared(select(thing.c.name).where(thing.c.name.like("100\\%%", escape="\\"), text("name LIKE '%\\:of%'")))
    modulo = Prepared(select(func.count()).where(thing.c.count % 2 == 0))

    def work(connection: Connection) -> None:
        put.run(connection)
        assert find.rows(connection) == [("100% :of %(it)s ?",)]
        assert modulo.row(connection) == (1,)

    await database.transact(work)


async def test_types_convert_what_the_statement_holds_and_nothing_else(database: Database) -> None:
    put = Prepared(insert(word).values(id=bindparam("id"), name=bindparam("name")))
    find = Prepared(select(word.c.name).where(word.c.name == "held"))

    def work(connection: Connection) -> None:
        word.create(connection)
        put.run(connection, id=1, name="held")
        put.run(connection, id=2, name="HELD")
        assert find.rows(connection) == [("HELD",)]

    await database.transact(work)


async def test_within_the_transaction(database: Database) -> None:
    def fails(connection: Connection) -> None:
        PUT.run(connection, name="half", count=1)
        raise KeyError

    with pytest.raises(KeyError):
        await database.transact(fails)
    assert await database.read(names) == []


async def test_a_lost_race_is_run_again(database: Database) -> None:
    runs: list[int] = []

    def race(connection: Connection) -> None:
        runs.append(1)
        PUT.run(connection, name="a", count=1)
        if len(runs) == 1:
            PUT.run(connection, name="a", count=2)

    await database.transact(race)
    assert await database.read(names) == ["a"]
    with pytest.raises(Exception, match="thing") as caught:
        await database.transact(lambda connection: PUT.run(connection, name="a", count=1))
    assert not isinstance(caught.value, IntegrityError), "the driver's own error"


async def test_a_missing_value_is_an_error(database: Database) -> None:
    with pytest.raises(Exception, match="count"):
        await database.transact(lambda connection: PUT.run(connection, name="a"))


async def test_what_a_driver_statement_cannot_do(database: Database) -> None:
    several = Prepared(select(thing).where(thing.c.name.in_(["a", "b"])))
    stamped = Table(
        "stamped", MetaData(), Column("id", Integer, primary_key=True), Column("at", DateTime, default=func.now)
    )
    for statement, reason in ((several, "in_"), (Prepared(insert(stamped).values(id=1)), "defaults are not run: at")):
        with pytest.raises(TypeError, match=reason):
            await database.transact(statement.rows)
