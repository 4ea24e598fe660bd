"""A shop in the house, before the sandbox of a network: built, driven, and looked into."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pydantic import SecretStr
from sqlalchemy import Connection, insert, text

from bot import app
from bot.app import App
from bot.delivery import UNPACED, Pace
from bot.secrets import vault
from bot.settings import Listen, Settings
from storage.database import open_database
from storage.models import metadata

T: Final = metadata.tables
KEY: Final = "ZmFrZS1rZXktZm9yLXRlc3RzLW9ubHktMzItYnl0ZXM="
NOON: Final = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday, noon in Rome


@dataclass
class Shop:
    """The house with a shop in its database, whose clock is ours."""

    settings: Settings
    now: datetime = NOON
    pace: Pace = UNPACED
    app: App = field(init=False)

    @asynccontextmanager
    async def built(self) -> AsyncIterator[App]:
        """Built and serving, with nothing in the background: ``settle`` drives it."""
        self.app = await app.build(self.settings, clock=lambda: self.now, pace=self.pace)
        await self.app.serve()
        await self.begin()
        try:
            yield self.app
        finally:
            await self.app.stop()

    async def begin(self) -> None:
        """What the network does once the house serves."""

    async def settle(self) -> None:
        """Lets everything happen that is due."""
        await self.app.settle()

    async def later(self, **by: float) -> None:
        """Lets time pass, and delivers what falls due."""
        self.now += timedelta(**by)
        await self.settle()

    async def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return await self.app.database.read(lambda rows: [tuple(row) for row in rows.execute(text(sql), values)])


async def settled_in(url: str, fill: Callable[[Connection, Callable[[str], Any]], None], **network: str) -> Settings:
    """Fills the database by ``fill``, which is given what seals a secret; gives the settings of a house over it."""
    database = open_database(url)
    await database.transact(lambda write: fill(write, vault(url, KEY).seal))
    await database.close()
    return Settings(database_url=url, listen=Listen("127.0.0.1", 0), key=SecretStr(KEY), **network)  # type: ignore[arg-type]


def add_client(write: Connection, name: str, network: str, token: str, **settings: Any) -> None:
    """A client with an account on a network, both of this name; its token is sealed."""
    client = {
        "slug": name, "version": 1, "name": name.title(), "languages": ["en", "it", "pl"], "timezone": "Europe/Rome",
        "country": "IT", "region": "", "currency": "EUR", "colour": "", "address": "", "phone": "", "email": "",
        "rules": {}, "loaded": {},
    }  # fmt: skip
    one = write.execute(insert(T["client"]).values(client).returning(T["client"].c.id)).scalar_one()
    account = {"client_id": one, "channel": network, "name": name, "token": token, "settings": settings}
    empty = dict.fromkeys(("username", "secret", "address", "profile", "polled_by", "trouble"), "")
    write.execute(insert(T["account"]).values(account | empty))
