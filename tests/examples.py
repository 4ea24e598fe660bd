"""A house with the three examples in it, as a new one that has loaded them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.office import client_file, clients
from bot.secrets import Vault
from storage.migrate import migrate
from tests.conversations.stage import KEY, token_of

EXAMPLES: Final = Path(__file__).parents[1] / "examples"


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
