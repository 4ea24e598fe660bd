"""Brings a database to the present schema, on SQLite and PostgreSQL, and says whether it is there."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from storage.errors import Unavailable, translated
from storage.sqlite import create_file

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER: Final = Path(__file__).parent / "migrations"
LOCK: Final = 0x63656E74
"""The advisory lock under which one process migrates a PostgreSQL database."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, for one open connection."""
    from alembic.config import Config  # noqa: PLC0415  see head()

    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.attributes["connection"] = connection
    return settings


def migrate(url: str | URL, revision: str = "head") -> None:
    """Upgrades the database at ``url``, made if it is SQLite and not there.

    One process at a time does, wholly or not at all. A house that serves meanwhile waits for the tables that change, or
    lets its networks try again.
    """
    from alembic import command  # noqa: PLC0415  see head()

    url = make_url(url)
    if url.get_backend_name() == "sqlite":
        create_file(url)
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        in_one_transaction(engine)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
        connection.commit()
        command.upgrade(config(connection), revision)
        connection.commit()
    engine.dispose()


def in_one_transaction(engine: Engine) -> None:
    """Lets whoever migrates a SQLite database be its only writer to the end; Python's driver would not."""

    @event.listens_for(engine, "connect")
    def prepare(driver: sqlite3.Connection, _record: object) -> None:
        driver.isolation_level = None
        driver.execute("PRAGMA busy_timeout = 60000")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def is_current(rows: Connection) -> bool:
    """Whether the database has the schema of this release."""
    try:
        found = rows.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    except (OperationalError, ProgrammingError) as error:
        if isinstance(translated(error), Unavailable):
            raise
        return False  # there is no such table
    return found == [head()]


@cache
def head() -> str:
    """The last migration of this release, read from the files: Alembic would take a quarter of a second to come."""
    texts = [path.read_text(encoding="utf-8") for path in (FOLDER / "versions").glob("*.py")]
    made = {found[1] for text in texts for found in re.finditer(r'^revision\b.*= "(\w+)"', text, re.MULTILINE)}
    followed = {found[1] for text in texts for found in re.finditer(r'^down_revision\b.*= "(\w+)"', text, re.MULTILINE)}
    (last,) = made - followed
    return last
