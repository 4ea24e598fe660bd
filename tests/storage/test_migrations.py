"""The migrations make just the schema of the models, on both databases."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any

from alembic import command
from sqlalchemy import JSON, Connection, DateTime, MetaData, Table, create_engine, func, inspect, select, text
from sqlalchemy.pool import NullPool

from storage.migrate import config, is_current, migrate
from storage.models import metadata


def test_the_migrations_make_the_models(database_url: str) -> None:
    migrate(database_url)
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        command.check(config(connection))  # raises where the models say otherwise
        assert is_current(connection)
        found = {
            name for name in inspect(connection).get_table_names() if "_words" not in name
        }  # what search is made of
        assert found == {*metadata.tables, "alembic_version"}


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)


def test_an_empty_database_is_not_current(database_url: str) -> None:
    migrate(database_url)
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        command.downgrade(config(connection), "base")
        connection.commit()
        assert not is_current(connection)
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}


def test_two_may_migrate_at_once(database_url: str) -> None:
    code = "import sys; from storage.migrate import migrate; migrate(sys.argv[1])"
    argv = [sys.executable, "-c", code, database_url]
    both = [subprocess.Popen(argv, stdin=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        assert is_current(connection)


def test_a_filled_database_of_the_first_version_is_brought_forward(database_url: str) -> None:
    migrate(database_url, FIRST)
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.begin() as write:
        before = fill(write)
    migrate(database_url)
    with engine.connect() as rows:
        assert is_current(rows)
        found = inspect(rows).get_table_names()
        for name, count in before.items():
            if name in found:  # a later version may do without one
                table = Table(name, MetaData(), autoload_with=rows)
                assert rows.execute(select(func.count()).select_from(table)).scalar_one() == count, name
                rows.execute(select(table).limit(1)).all()


FIRST = "0001"
ROWS = 3


def fill(write: Connection) -> dict[str, int]:
    """A few rows in every table, of made up values, whatever they would refer to; gives how many in which."""
    if write.dialect.name == "postgresql":
        write.execute(text("SET LOCAL session_replication_role = replica"))
    made = MetaData()
    made.reflect(write)
    tables = [table for table in made.sorted_tables if table.name != "alembic_version" and "_words" not in table.name]
    for table in tables:
        for number in range(1, ROWS + 1):
            values = {column.name: value(column, number) for column in table.columns if not column.nullable}
            write.execute(table.insert().values(values))
    return dict.fromkeys((table.name for table in tables), ROWS)


def value(column: Any, number: int) -> Any:
    """A value for a column; no two of them are the same."""
    kind = column.type.python_type
    if isinstance(column.type, JSON):
        return {}
    if isinstance(column.type, DateTime):
        return datetime(2026, 11, number, tzinfo=UTC if column.type.timezone else None)
    if kind is date:
        return date(2026, 11, number)
    return f"{column.name[:2]}{number}" if kind is str else b"x" if kind is bytes else kind(number)
