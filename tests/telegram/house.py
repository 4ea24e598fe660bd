"""The house before a sandbox's Telegram: what is posted to it, and what is read on the screens."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from sqlalchemy import Connection, insert, text

from bot import app
from bot.app import App
from bot.channels.telegram.webhook import HEADER
from bot.delivery import UNPACED, Pace
from bot.settings import Settings
from sandbox.telegram import Person, Press, Telegram
from storage.models import metadata

T = metadata.tables
TOKEN = "11:shop"
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday, noon in Rome


@dataclass
class House:
    """The house and its Telegram: what is posted to it and read from it."""

    telegram: Telegram
    settings: Settings
    now: datetime = NOON
    pace: Pace = UNPACED
    app: App = field(init=False)

    @asynccontextmanager
    async def built(self) -> AsyncIterator[App]:
        """Built and serving, with nothing in the background: `post` and `settle` drive it."""
        self.app = await app.build(self.settings, clock=lambda: self.now, pace=self.pace)
        await self.app.serve()
        try:
            yield self.app
        finally:
            await self.app.stop()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[App]:
        """At work, as `serve` runs it."""
        async with app.running(self.settings, pace=self.pace) as self.app:
            yield self.app

    async def post(self, update: Any, account: str = "shop", secret: str | None = None) -> int:
        """Posts as Telegram does, and gives the status."""
        headers = {HEADER: self.app.telegram.secret(account) if secret is None else secret}
        body: dict[str, Any] = {"data": io.BytesIO(update)} if isinstance(update, bytes) else {"json": update}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.app.url}/telegram/{account}", headers=headers, **body) as response,
        ):
            return response.status

    async def take(self, *updates: dict[str, Any] | Press) -> None:
        """Posts updates one after another, then delivers what they led to."""
        for update in updates:
            assert await self.post(update.update if isinstance(update, Press) else update) == 200
        await self.app.settle()

    async def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return await self.app.database.read(lambda rows: [tuple(row) for row in rows.execute(text(sql), values)])

    async def later(self, **by: float) -> None:
        """Lets time pass, and delivers what falls due."""
        self.now += timedelta(**by)
        await self.app.settle()


def fill(write: Connection, seal: Callable[[str], Any]) -> None:
    """The shop."""
    add_client(write, "shop", seal(TOKEN).cipher)


def add_client(write: Connection, name: str, token: str) -> None:
    """A client with a bot, both of this name."""
    client = {
        "slug": name, "version": 1, "name": name.title(), "languages": ["en", "it", "pl"], "timezone": "Europe/Rome",
        "country": "IT", "region": "", "currency": "EUR", "colour": "", "address": "", "phone": "", "email": "",
        "rules": {}, "loaded": {},
    }  # fmt: skip
    one = write.execute(insert(T["client"]).values(client).returning(T["client"].c.id)).scalar_one()
    account = {"client_id": one, "channel": "telegram", "name": name, "token": token, "settings": {}}
    empty = dict.fromkeys(("username", "secret", "address", "profile", "polled_by", "trouble"), "")
    write.execute(insert(T["account"]).values(account | empty))


def said(person: Person) -> list[str]:
    """What the bot has sent or edited since this was last asked, one line each, with the buttons behind it."""
    lines = []
    for event in person.unread():
        if event.answer is not None:
            lines.append(f"toast: {event.answer.text}".strip())
        if event.message is not None:
            labels = "".join(f" [{label}]" for row in event.message.labels for label in row)
            text = event.message.file.name if event.message.file else event.message.text
            lines.append(("edit: " if event.kind == "edited" else "") + text + labels)
    return lines
