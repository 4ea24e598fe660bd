"""The migrations make just the schema of the models, on both databases."""

from __future__ import annotations

from alembic import command
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import NullPool

from storage.migrate import config, is_current, migrate
from storage.models import metadata


def test_the_migrations_make_the_models(database_url: str) -> None:
    migrate(database_url)
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        command.check(config(connection))  # raises where the models say otherwise
        assert is_current(connection)
        found = {name for name in inspect(connection).get_table_names() if "_words" not in name}  # what search is made of
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
