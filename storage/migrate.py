"""Brings a database to the present schema, on SQLite and PostgreSQL, and says whether it is there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from storage.sqlite import create_file

FOLDER: Final = Path(__file__).parent / "migrations"
LOCK: Final = 0x63656E74
"""The advisory lock under which one process migrates a PostgreSQL database."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, for one open connection."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.attributes["connection"] = connection
    return settings


def migrate(url: str | URL, revision: str = "head") -> None:
    """Upgrades the database at ``url``, made if it is SQLite and not there; one process at a time."""
    url = make_url(url)
    if url.get_backend_name() == "sqlite":
        create_file(url)
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
        connection.commit()
        command.upgrade(config(connection), revision)
        connection.commit()
    engine.dispose()


def is_current(rows: Connection) -> bool:
    """Whether the database has just the schema of this release."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    return MigrationContext.configure(rows).get_current_revision() == head
