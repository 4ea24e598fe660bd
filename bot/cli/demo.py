"""The demo: the three example clients over SQLite, with the sandbox in the place of Telegram."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.cli.files import loading
from bot.cli.operate import perform
from bot.settings import Listen, Settings
from storage.migrate import migrate

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / ".demo"
EXAMPLES: Final = ("salon", "dentista", "bikes")

CUSTOMERS: Final = (("Anna", "pl"), ("Chiara", "it"), ("Emma", "en"))
"""Who stands ready to write to each of them: a name, and the language of her Telegram."""


@asynccontextmanager
async def playing(port: int, folder: Path = FOLDER, *, fresh: bool = True) -> AsyncIterator[tuple[str, str]]:
    """The house, its clients and the sandbox at work; gives the addresses of the page and of the inbox.

    The inbox is served at the next ``port``, and the database is in ``folder``. Raises OSError if a port is taken.
    """
    from bot.app import running
    from sandbox.app import create_app
    from sandbox.telegram import Telegram

    telegram = Telegram()
    runner = web.AppRunner(create_app(telegram), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        settings = prepare(url, port + 1 if port else 0, folder, fresh=fresh)
        async with running(settings, demo=url) as app:
            for number, name in enumerate(EXAMPLES, 1):
                token = f"{number}000000:demo-{name}"
                content, sealed = loading(ROOT / "examples" / f"{name}.toml", settings, token)
                await perform(app.database, "load_client", {"content": content, "sealed": sealed, "overwrite": True})
                telegram.add_bot(token, f"{name}_bot", str(content["name"]), colour=str(content["colour"]))
                for person, language in CUSTOMERS:
                    telegram.person(token, person, language)
            yield url + "/", app.url + "/inbox/demo"
    finally:
        await runner.cleanup()


def prepare(url: str, port: int, folder: Path, *, fresh: bool) -> Settings:
    """The demo's own settings, with its database made."""
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    settings = Settings(
        database_url=f"sqlite:///{folder / 'centralino.db'}",
        listen=Listen("127.0.0.1", port),
        public_url=None,
        telegram_api=url,
        key=None,
    )
    migrate(settings.database_url)
    return settings
