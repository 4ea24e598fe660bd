"""Fixtures that every test may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.databases import PostgresServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL for the run (for each worker of it)."""
    with databases.postgres_server() as server:
        yield server


@pytest.fixture
def fresh_postgres(postgres_server: PostgresServer) -> Iterator[Callable[..., str]]:
    """`fresh_postgres(template=None)` makes a database and gives its URL; it is dropped after the test."""
    made: list[str] = []

    def create(template: str | None = None) -> str:
        made.append(postgres_server.create(template))
        return made[-1]

    yield create
    for url in made:
        postgres_server.drop(url)


@pytest.fixture
def postgres_url(fresh_postgres: Callable[..., str]) -> str:
    """An empty PostgreSQL database."""
    return fresh_postgres()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database: the test runs on both kinds."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url
