"""The database with which every transcript begins: the three examples, loaded once a run and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.office import client_file, clients
from bot.secrets import Vault
from storage.migrate import migrate
from tests.conversations.stage import KEY, token_of
from tests.databases import PostgresServer

EXAMPLES = Path(__file__).parents[2] / "examples"


def fill(url: str) -> None:
    """Migrates a database and loads the examples, each with a token of the sandbox."""
    migrate(url)
    vault = Vault([KEY])
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as write:
        for file in sorted(EXAMPLES.glob("*.toml")):
            content = client_file.parse(file.read_text(encoding="utf-8"), file.name)
            token = vault.seal(token_of(str(content["slug"])))
            clients.apply(write, content, {"telegram": {"token": token}})
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "template.db"
    fill(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    url = postgres_server.create()
    fill(url)
    return url


@pytest.fixture
def examples_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """``examples_url("sqlite")`` gives a fresh database with the examples loaded."""

    def fresh(kind: str) -> str:
        if kind == "sqlite":
            shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "house.db")
            return f"sqlite:///{tmp_path}/house.db"
        create = request.getfixturevalue("fresh_postgres")
        url: str = create(request.getfixturevalue("postgres_template"))
        return url

    return fresh
