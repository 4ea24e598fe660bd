"""The demo: the three example clients over SQLite, with the sandbox in the place of Telegram and Slack."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.cli.files import loading
from bot.cli.operate import perform
from bot.settings import Listen, Settings
from bot.update import Json
from storage.migrate import migrate

if TYPE_CHECKING:
    from sandbox.slack import Slack

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / ".demo"
DESK: Final = (("Giulia", "it", "admin"), ("Ewa", "pl", "va"))
"""Who works at the desk: the first answers for everybody, and nobody has a password."""
EXAMPLES: Final = ("salon", "dentista", "bikes")

LOCALES: Final = {"it": "it-IT", "en": "en-GB", "pl": "pl-PL"}
CUSTOMERS: Final = (("Anna", "pl"), ("Chiara", "it"), ("Emma", "en"))
"""Who stands ready to write to each of them: a name, and the language of her Telegram."""


@asynccontextmanager
async def playing(port: int, folder: Path = FOLDER, *, fresh: bool = True) -> AsyncIterator[tuple[str, str, str]]:
    """The house, its clients and the sandbox at work; gives where the customers, the team and the desk are played.

    The inbox is served at the next ``port``, and the database is in ``folder``. Raises OSError if a port is taken.
    """
    from bot.app import running
    from sandbox.app import create_app
    from sandbox.slack import Slack
    from sandbox.telegram import Telegram

    telegram, slack = Telegram(), Slack()
    runner = web.AppRunner(create_app(telegram, slack), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        slack.serve_at(url)
        settings = prepare(url, port + 1 if port else 0, folder, fresh=fresh)
        async with running(settings, demo=url) as app:
            for number, name in enumerate(EXAMPLES, 1):
                token = f"{number}000000:demo-{name}"
                secrets = {"token": f"xoxb-demo-{name}", "signing_secret": f"demo-{name}"}
                content, sealed = loading(ROOT / "examples" / f"{name}.toml", settings, token, secrets)
                await perform(app.database, "load_client", {"content": content, "sealed": sealed, "overwrite": True})
                telegram.add_bot(token, f"{name}_bot", str(content["name"]), colour=str(content["colour"]))
                for person, language in CUSTOMERS:
                    telegram.person(token, person, language)
                await furnish(slack, content, secrets, app.url)
            for name, language, role in DESK:
                member = {"name": name, "language": language, "timezone": "Europe/Rome", "role": role, "password": ""}
                await perform(app.database, "add_staff", member)
            yield url + "/", url + "/team", app.url + "/inbox/demo"
    finally:
        await runner.cleanup()


async def furnish(slack: Slack, content: Json, secrets: Mapping[str, str], url: str) -> None:
    """A workspace for a client, with its channel and those of its people who are in Slack."""
    space = slack.workspace(str(content["slug"]), secrets["token"], secrets["signing_secret"])
    space.bot.name = str(content["name"])
    space.add_channel(str(content["slack"]["channel"]).lstrip("#"))
    locale = LOCALES[content["languages"][0]]
    for contact in content["contacts"].values():
        if contact["slack"]:
            slack.member(space, contact["name"], locale, contact["slack"])
    await slack.post_to(space, f"{url}/slack/{content['slack']['account']}")


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
        slack_api=f"{url}/api/",
        key=None,
    )
    migrate(settings.database_url)
    return settings
