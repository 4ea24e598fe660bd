"""The towns that faults happen in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.office import client_file, clients
from bot.secrets import Vault
from sandbox.telegram import Telegram
from storage.migrate import migrate
from tests.faults.crowd import KEY, Town, name_of, token_of

CLIENT = (Path(__file__).parent / "client.toml").read_text()


@pytest.fixture
async def town(request: pytest.FixtureRequest, whole: bool, tmp_path: Path) -> AsyncIterator[Town]:
    """The clients' bots on a Telegram, over the database that the test's parameter names."""
    telegram = Telegram(retry_pause=0.01)
    for number in range(20 if whole else 6):
        telegram.add_bot(token_of(number), f"{name_of(number)}_bot")
    async with telegram.serve() as api:
        yield Town(telegram, api, request.getfixturevalue("filled"), quick=not whole)


@pytest.fixture
def file() -> str:
    """The file of each client."""
    return CLIENT


@pytest.fixture
def filled(request: pytest.FixtureRequest, whole: bool, file: str) -> str:
    """A database with the clients in it."""
    parameters = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    url: str = request.getfixturevalue("sqlite_url" if parameters.get("kind", "sqlite") == "sqlite" else "postgres_url")
    fill(url, 20 if whole else 6, file)
    return url


def fill(url: str, count: int, file: str = CLIENT, **secrets: str) -> None:
    """Migrates a database and loads so many clients of this file, with these secrets of their workspaces."""
    migrate(url)
    engine, vault = create_engine(url, poolclass=NullPool), Vault([KEY])
    with engine.begin() as write:
        for number in range(count):
            name = name_of(number)
            content = client_file.parse(file.replace("NAME", name), "client.toml")
            slack = {secret: vault.seal(value.replace("NAME", name)) for secret, value in secrets.items()}
            clients.apply(write, content, {"telegram": {"token": vault.seal(token_of(number))}, "slack": slack})
    engine.dispose()
