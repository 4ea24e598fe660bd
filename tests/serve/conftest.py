"""Installations of the house with one client in them, made by the command line, and the Telegram they speak to."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.telegram import Telegram
from tests.serve.house import House, clean
from tests.serve.loaded import ROOT

TOKEN = "11:corner"
KEY = "c2FuZGJveC1rZXktZm9yLXNlcnZlLXRlc3RzLW9ubHk="
CLIENT = Path(__file__).parent / "corner.toml"
COMMANDS = (["migrate"], ["client", "load", str(CLIENT), "--token", TOKEN])
"""What is done once on a new machine."""


@pytest.fixture(scope="session")
def sqlite_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database and its key, made as on a new machine."""
    folder = tmp_path_factory.mktemp("installation")
    env = clean({"CENTRALINO_DATABASE_URL": f"sqlite:///{folder}/centralino.db"})
    said = ""
    for argv in COMMANDS:
        command = [sys.executable, "-m", "bot", *argv]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, env=env, cwd=ROOT, capture_output=True, text=True, check=False
        )
        said = done.stdout
        assert done.returncode == 0 and TOKEN not in said, done.stderr
    assert "new client 'corner'" in said
    return folder


@pytest.fixture
def telegram() -> Telegram:
    """A Telegram that knows the client's bot."""
    telegram = Telegram(retry_pause=0.01)
    telegram.add_bot(TOKEN, "corner_bot", "Corner")
    return telegram


@pytest.fixture
async def api(telegram: Telegram) -> AsyncIterator[str]:
    """Where it is served."""
    async with telegram.serve() as url:
        yield url


@pytest.fixture
def on_sqlite(sqlite_installation: Path, tmp_path: Path, api: str, whole: bool) -> House:
    """An installation of its own on SQLite."""
    folder = shutil.copytree(sqlite_installation, tmp_path / "installation")
    env = {"CENTRALINO_DATABASE_URL": f"sqlite:///{folder}/centralino.db", "CENTRALINO_LISTEN": "127.0.0.1:0"}
    return House(env | {"CENTRALINO_TELEGRAM_API": api}, quick=not whole)


@pytest.fixture
async def on_postgres(postgres_url: str, api: str, whole: bool) -> House:
    """The same on PostgreSQL."""
    env = {"CENTRALINO_DATABASE_URL": postgres_url, "CENTRALINO_KEY": KEY, "CENTRALINO_LISTEN": "127.0.0.1:0"}
    house = House(env | {"CENTRALINO_TELEGRAM_API": api}, quick=not whole)
    for argv in COMMANDS:
        said = await house.run(*argv)
        assert TOKEN not in said
    return house
