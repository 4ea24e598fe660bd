"""A door over a small client of its own, with abilities made for the engine's rules."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text

from bot import ability
from bot.turn import Door
from bot.update import Face, Kind, Reply, Thread, Update, Writer
from storage.database import Database, open_database
from storage.models import metadata

T = metadata.tables
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday, noon in Rome


@dataclass
class Desk:
    """Writes to the door as one customer and reads what is said to her."""

    database: Database
    door: Door
    now: datetime = NOON
    address: str = "1"
    seen: int = 0
    job: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def update(self, kind: Kind, **fields: Any) -> Reply | None:
        number = str(next(self.numbers))
        return await self.door.handle(
            Update(
                id=number,
                channel="telegram",
                account="shop",
                face=Face.CUSTOMER,
                kind=kind,
                target=Thread("telegram", "shop", self.address),
                at=self.now,
                writer=Writer("1", "Anna", "en"),
                **fields,
            )
        )

    async def write(self, text: str) -> list[str]:
        """What is said to these words, one string a message, its buttons behind it."""
        if text.startswith("/"):
            name, _space, rest = text[1:].partition(" ")
            await self.update(Kind.COMMAND, name=name, text=rest, message="m" + str(self.seen))
        else:
            await self.update(Kind.TEXT, text=text, message="m" + str(self.seen))
        return await self.hear()

    async def press(self, label: str) -> list[str]:
        """Presses the last button that reads so."""
        key, message = await self.find(label)
        self.reply = await self.update(Kind.PRESS, name=key, text=label, message=message)
        return await self.hear()

    async def find(self, label: str) -> tuple[str, str]:
        rows = await self.query("select payload, message_id from job where kind in ('send', 'edit') order by id desc")
        for payload, message in rows:
            for row in __import__("json").loads(payload)["keyboard"]:
                for shown, key, _asks in row:
                    if shown == label:
                        return key, f"x{message}"
        raise AssertionError(f"no button {label}")

    async def hear(self) -> list[str]:
        """What was said since; our own messages get their network id as if they had been sent."""

        def read(write: Connection) -> list[tuple[Any, ...]]:
            write.execute(
                text("update message set external_id = 'x' || id where \"by\" = 'bot' and external_id is null")
            )
            rows = write.execute(
                select(T["job"].c.id, T["job"].c.kind, T["job"].c.payload)
                .where(T["job"].c.id > self.job, T["job"].c.lane.is_not(None))
                .order_by(T["job"].c.id)
            )
            return [tuple(row) for row in rows]

        said = []
        for id, kind, payload in await self.database.transact(read):
            self.job = id
            if kind == "file":
                said.append(f"file {payload['name']}")
                continue
            words = " ".join(html.unescape(re.sub("<[^>]+>", "", payload["text"])).split())
            labels = [label for row in payload["keyboard"] for label, _key, _asks in row]
            buttons = "".join(f" [{label}]" for label in labels if label not in ("Back", "Never mind", "A person"))
            said.append(("edit: " if kind == "edit" else "") + words + buttons)
        return said

    async def query(self, sql: str) -> list[tuple[Any, ...]]:
        return await self.database.read(lambda rows: [tuple(row) for row in rows.execute(text(sql))])


@pytest.fixture
def own_abilities() -> Iterator[None]:
    """Abilities entered by a test leave with it."""
    kept = [
        (registry, dict(registry)) for registry in (ability.DIALOGS, ability.COMMANDS, ability.WISHES, ability.ACTS)
    ]
    yield
    for registry, before in kept:
        registry.clear()  # type: ignore[attr-defined]
        registry.update(before)  # type: ignore[attr-defined]


@pytest.fixture
async def desk(own_abilities: None, database_url: str) -> AsyncIterator[Desk]:
    """One customer's talk with a shop that has one room."""
    database = open_database(database_url)

    def fill(write: Connection) -> None:
        metadata.create_all(write)
        client = {
            "slug": "shop", "version": 1, "name": "Shop", "languages": ["en", "it", "pl"], "timezone": "Europe/Rome",
            "country": "IT", "region": "", "currency": "EUR", "colour": "", "address": "", "phone": "", "email": "",
            "rules": {"urgent_words": {"en": ["fire"]}}, "loaded": {},
        }  # fmt: skip
        one = write.execute(insert(T["client"]).values(client).returning(T["client"].c.id)).scalar_one()
        account = {"client_id": one, "channel": "telegram", "name": "shop", "token": "", "settings": {}}
        write.execute(
            insert(T["account"]).values(
                username="", secret="", address="", profile="", polled_by="", trouble="", **account
            )
        )

    await database.transact(fill)
    desk = Desk(database, None)  # type: ignore[arg-type]
    desk.door = Door(database, lambda: desk.now)
    yield desk
    await database.close()
