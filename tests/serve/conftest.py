"""Installations of the house with one client in them, made by the command line, and the Telegram they speak to."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.telegram import Telegram
from tests.serve.house import ROOT, House, clean

TOKEN = "11:corner"
KEY = "c2FuZGJveC1rZXktZm9yLXNlcnZlLXRlc3RzLW9ubHk="
CLIENT = Path(__file__).parent / "corner.toml"


def made(env: dict[str, str]) -> House:
    """What is done once on a new machine."""
    said = []
    for argv in (["migrate"], ["client", "load", str(CLIENT), "--token", TOKEN]):
        command = [sys.executable, "-m", "bot", *argv]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, env=clean(env), cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 and TOKEN not in done.stdout, done.stderr
        said.append(done.stdout)
    assert "new client 'corner'" in said[-1]
    return House(env)


@pytest.fixture(scope="session")
def sqlite_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database and its key."""
    folder = tmp_path_factory.mktemp("installation")
    made({"CENTRALINO_DATABASE_URL": f"sqlite:///{folder}/centralino.db"})
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
def on_sqlite(sqlite_installation: Path, tmp_path: Path, api: str) -> House:
    """An installation of its own on SQLite."""
    folder = shutil.copytree(sqlite_installation, tmp_path / "installation")
    url = f"sqlite:///{folder}/centralino.db"
    return House({"CENTRALINO_DATABASE_URL": url, "CENTRALINO_LISTEN": "127.0.0.1:0", "CENTRALINO_TELEGRAM_API": api})


@pytest.fixture
def on_postgres(postgres_url: str, api: str) -> House:
    """The same on PostgreSQL."""
    env = {"CENTRALINO_DATABASE_URL": postgres_url, "CENTRALINO_KEY": KEY, "CENTRALINO_LISTEN": "127.0.0.1:0"}
    return made(env | {"CENTRALINO_TELEGRAM_API": api})
