"""The house before a sandbox's Telegram: what is posted to it, and what is read on the screens."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from sqlalchemy import Connection

from bot import app
from bot.app import App
from bot.channels.telegram.webhook import HEADER
from sandbox.telegram import Person, Press, Telegram
from tests import shop
from tests.shop import NOON, Shop, T

__all__ = ["NOON", "TOKEN", "House", "T", "add_client", "fill", "said"]

TOKEN: Final = "11:shop"


@dataclass(kw_only=True)
class House(Shop):
    """The house and its Telegram: what is posted to it and read from it."""

    telegram: Telegram

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


def fill(write: Connection, seal: Callable[[str], Any]) -> None:
    """The shop."""
    add_client(write, "shop", seal(TOKEN).cipher)


def add_client(write: Connection, name: str, token: str) -> None:
    """A client with a bot, both of this name."""
    shop.add_client(write, name, "telegram", token)


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
