"""The house under measurement: several clients like an example one, each with its bot, in a process of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from bench.customers import NAME, ORDER, PHONE
from bot.app import running
from bot.cli.files import loading
from bot.cli.operate import perform
from bot.delivery import UNPACED
from bot.office.order_file import read_orders
from bot.settings import Listen, Log, Settings
from storage import clients
from storage.database import Database, open_database
from storage.migrate import migrate

EXAMPLE: Final = Path(__file__).parents[1] / "examples" / "bikes.toml"
CLIENTS: Final = 20
MONDAY: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""When it is as the measuring begins: a Monday morning at the workshops, in every run."""
KEY: Final = "YmVuY2gta2V5LWZvci1sb29wYmFjay1vbmx5LTMyYnk="


def settings(database_url: str, api: str) -> Settings:
    """The settings of a run; the public address is never used, for updates are posted by us."""
    return Settings(
        database_url=database_url,
        listen=Listen("127.0.0.1", 0),
        public_url="https://bench.example",
        key=SecretStr(KEY),
        telegram_api=api,
        log=Log("text", "warning"),
    )


async def prepare(database_url: str) -> None:
    """Makes the schema, the clients, and an order at each."""
    migrate(database_url)
    database = open_database(database_url)
    try:
        for number in range(1, CLIENTS + 1):
            await load(database, settings(database_url, "http://127.0.0.1"), number)
    finally:
        await database.close()


async def load(database: Database, chosen: Settings, number: int) -> None:
    """One more client like the example, under a name and with a bot of its own."""
    slug = f"bikes-{number}"
    content, sealed = loading(EXAMPLE, chosen, f"{number}:bench")
    content = {**content, "slug": slug, "telegram": {**content["telegram"], "account": slug}}
    content["slack"] = None  # a workspace is one client's
    await perform(database, "load_client", {"content": content, "sealed": sealed, "overwrite": True}, None)
    found = await database.read(lambda rows: clients.find(rows, slug))
    assert found is not None
    client = await database.read(lambda rows: clients.cached(rows, *found))
    sheet = f"number,status,name,phone\n{ORDER},ready,{NAME},{PHONE}\n".encode()
    await perform(database, "import_orders", {"orders": read_orders(sheet, "orders.csv", client)}, slug)


@asynccontextmanager
async def house(database_url: str, api: str) -> AsyncIterator[dict[str, Any]]:
    """The house at work; gives its address, and what has to be shown to post to each bot."""
    ahead = MONDAY - datetime.now(UTC)

    def clock() -> datetime:
        return datetime.now(UTC) + ahead

    async with running(settings(database_url, api), clock=clock, pace=UNPACED) as app:
        names = [f"bikes-{number}" for number in range(1, CLIENTS + 1)]
        yield {"url": app.url, "secrets": {name: app.telegram.secret(name) for name in names}}
