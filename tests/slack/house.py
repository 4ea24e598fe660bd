"""The house before a sandbox's Slack: what members do, and what they see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, text

from bot import app
from bot.app import App
from bot.delivery import UNPACED, Pace
from bot.settings import Settings
from sandbox.slack import Member, Slack, Workspace
from storage.models import metadata

T = metadata.tables
TOKEN, SECRET = "xoxb-1-shop", "of-the-shop"
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday, noon in Rome


@dataclass
class House:
    """The house, its Slack, and the shop's workspace with its channel #desk."""

    slack: Slack
    space: Workspace
    settings: Settings
    now: datetime = NOON
    pace: Pace = UNPACED
    app: App = field(init=False)

    @asynccontextmanager
    async def built(self) -> AsyncIterator[App]:
        """Built and serving, with nothing in the background: ``settle`` drives it."""
        self.app = await app.build(self.settings, clock=lambda: self.now, pace=self.pace)
        await self.app.serve()
        await self.slack.post_to(self.space, f"{self.app.url}/slack/shop")
        try:
            yield self.app
        finally:
            await self.app.stop()

    async def settle(self) -> None:
        """Lets everything happen that is under way or due."""
        for _ in range(3):  # what is posted is told to us as well
            await self.slack.drained()
            await self.app.settle()

    async def later(self, **by: float) -> None:
        """Lets time pass, and delivers what falls due."""
        self.now += timedelta(**by)
        await self.settle()

    async def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return await self.app.database.read(lambda rows: [tuple(row) for row in rows.execute(text(sql), values)])


def fill(write: Connection, seal: Callable[[str], Any]) -> None:
    """The tables, and in them the shop with its workspace."""
    metadata.create_all(write)
    add_client(write, "shop", "#desk", seal(TOKEN), seal(SECRET))


def add_client(write: Connection, name: str, channel: str, token: Any, secret: Any) -> None:
    """A client with a workspace, both of this name; its secrets are sealed."""
    client = {
        "slug": name, "version": 1, "name": name.title(), "languages": ["en", "it", "pl"], "timezone": "Europe/Rome",
        "country": "IT", "region": "", "currency": "EUR", "colour": "", "address": "", "phone": "", "email": "",
        "rules": {}, "loaded": {},
    }  # fmt: skip
    one = write.execute(insert(T["client"]).values(client).returning(T["client"].c.id)).scalar_one()
    settings = {"channel": channel, "sealed": {"signing_secret": secret.cipher}}
    account = {"client_id": one, "channel": "slack", "name": name, "token": token.cipher, "settings": settings}
    empty = dict.fromkeys(("username", "secret", "address", "profile", "polled_by", "trouble"), "")
    write.execute(insert(T["account"]).values(account | empty))


def seen(member: Member) -> list[str]:
    """What was shown to a member since this was last asked, one line each, buttons behind it."""
    lines = []
    for event in member.unread():
        labels = "".join(f" [{label}]" for label in event.labels)
        if event.message is not None:
            if event.message.user == member.id:
                continue
            said = " / ".join(line for text in event.lines for line in text.split("\n"))
            thread = " in thread" if event.message.thread else ""
            place = member.space.channels[event.place]
            where = f"#{place.name}" if place.name else "direct"
            lines.append(f"{event.kind} {where}{thread}: {said}{labels}")
        elif event.view is not None:
            told = event.lines if event.kind == "errors" else [event.title, *event.lines]
            lines.append(f"{event.kind}: {' / '.join(told)}{labels}" if event.kind != "closed" else "closed")
        else:
            lines.append(f"{event.kind}: {event.text}")
    return lines
