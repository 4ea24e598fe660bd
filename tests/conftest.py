"""Fixtures that every test may ask for."""

from __future__ import annotations

import gc
import shutil
import signal
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import pytest_asyncio

from storage.migrate import migrate
from tests import compiled, databases
from tests.databases import PostgresServer, Rows

if TYPE_CHECKING:
    from playwright.async_api import Browser

LONGEST_END: Final = 120.0
"""Seconds after which the end of a test has hung: the guard of the test itself is over by then."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--whole`: what `make faults` runs at full length, and `make test` a part of."""
    parser.addoption("--whole", action="store_true", help="tests/faults and tests/serve at full length")


def pytest_configure() -> None:
    """Who asks us to end (a `timeout` does) lets every fixture end what it started."""
    compiled.share()
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it again and again for garbage would be a tenth of the run.

    What tests leave is looked through less often than a server would: that would be another tenth.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a test has recorded is told at the end."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.head_line}: {name}: {value}")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None, None, None]:
    """An end that hangs fails as a test does, or, where the test has failed already, ends this process."""
    signal.setitimer(signal.ITIMER_REAL, LONGEST_END)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


@pytest.fixture
def whole(request: pytest.FixtureRequest) -> bool:
    """Whether the tests run at full length."""
    return bool(request.config.getoption("--whole"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One chromium for the run (for each worker of it): tests that drive it run in the event loop of the session."""
    from tests.browsers import chromium  # here, for most workers drive none

    async with chromium() as browser:
        yield browser


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


@pytest.fixture(scope="session")
def sqlite_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and nothing in it, made once by the migrations: to be copied."""
    path = tmp_path_factory.mktemp("schema") / "schema.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_schema(postgres_server: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database with the schema, made once by the migrations."""
    url = postgres_server.create()
    migrate(url)
    yield url
    postgres_server.drop(url)


@pytest.fixture
def migrated_sqlite(sqlite_schema: Path, tmp_path: Path) -> str:
    """A SQLite database with the schema."""
    return f"sqlite:///{shutil.copy(sqlite_schema, tmp_path / 'test.db')}"


@pytest.fixture
def migrated_postgres(postgres_schema: str, postgres_server: PostgresServer) -> str:
    """A PostgreSQL database with the schema and nothing in it; one, that the tests use after each other."""
    postgres_server.reset(postgres_schema)
    return postgres_schema


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """A database with the schema: the test runs on both kinds."""
    url: str = request.getfixturevalue("migrated_sqlite" if request.param == "sqlite" else "migrated_postgres")
    return url


@pytest.fixture(scope="session")
def with_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the examples, loaded once: to be copied."""
    from tests.examples import fill  # here, for it is the whole house

    path = tmp_path_factory.mktemp("examples") / "house.db"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_examples(postgres_server: PostgresServer) -> Iterator[tuple[str, Rows]]:
    """A PostgreSQL database with the examples, loaded once, and the rows that it then has."""
    from tests.examples import fill

    url = postgres_server.create()
    fill(url)
    yield url, postgres_server.kept(url)
    postgres_server.drop(url)


@pytest.fixture
def postgres_with_examples(postgres_examples: tuple[str, Rows], postgres_server: PostgresServer) -> str:
    """A PostgreSQL database with the examples; one, that the tests use after each other."""
    url, rows = postgres_examples
    postgres_server.reset(url, rows)
    return url
