"""The little shop with a catalogue, and orders that come about elsewhere."""

from __future__ import annotations

import html
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, text

import bot.handlers  # noqa: F401  every ability enters itself
from bot.turn import Door
from bot.update import Face, InConversation, Json, Kind, OfClient
from storage import clients
from storage.database import open_database
from storage.models import metadata
from tests import door
from tests.door import NOON, Desk

__all__ = ["NOON", "Shop", "open_shop"]

T = metadata.tables
WAYS_OUT: Final = frozenset(
    {"Back", "Never mind", "A person", "Indietro", "Lasciar stare", "Una persona", "Wstecz", "Rezygnuję", "Człowiek"}
)
ITEMS: Final = {
    "tube": ({"en": "Inner tube", "it": "Camera d'aria", "pl": "Dętka"}, 850),
    "tyre": ({"en": "Tyre", "it": "Copertone", "pl": "Opona"}, 3400),
    "wheel": ({"en": "Hand-built wheel", "it": "Ruota su misura", "pl": "Koło na miarę"}, None),
}
ORDER: Final = {
    "customer_id": None,
    "name": "Anna Rossi",
    "phone": "+393331234567",
    "email": "anna@example.com",
    "status": "in_progress",
    "items": [{"name": "Frame", "quantity": 1}],
    "note": "",
    "total": 12000,
    "expected_on": None,
    "changed_at": NOON,
    "created_at": NOON,
}


@dataclass
class Shop(Desk):
    """One customer of the shop, and what the operator and the clock do there."""

    async def hear(self) -> list[str]:
        """What was said since in new messages, line by line, the buttons behind it."""
        return [in_lines(payload) for kind, payload in await self.sent() if kind == "send"]

    async def forge(self, key: str) -> list[str]:
        """What is said to a key that no button of ours has brought."""
        return await self.send(Kind.PRESS, name=key, text="?", message="x0")

    async def operate(self, name: str, face: Face = Face.OPERATOR, **data: Json) -> Mapping[str, Any]:
        """What an act about the shop's orders brings back; its error under "error"."""
        reply = await self.act(face, name, OfClient(1), **data)
        assert reply is not None
        return {"error": reply.error} if reply.error else reply.data

    async def fall_due(self) -> list[str]:
        """Lets the clock do what is due by now, and gives what this customer hears."""
        due = await self.query(
            "select id, payload, conversation_id from job where lane is null and state = 'due'"
            f" and due_at <= {round(self.now.timestamp() * 1_000_000)} order by id"
        )
        for id, payload, talk in due:
            job = json.loads(payload)
            await self.act(Face.CLOCK, job["name"], InConversation(talk) if talk else OfClient(1), **job["data"])
            await self.change(f"update job set state = 'done' where id = {id}")
        return await self.hear()

    async def change_client(self, sql: str) -> None:
        """Changes what the client offers, as loading its file does: a new version of it."""

        def change(write: Connection) -> None:
            write.execute(text(sql))
            write.execute(text(f"update client set version = {clients.step()} where id = 1"))

        await self.database.transact(change)

    async def add_order(self, number: str, **changes: Any) -> None:
        """An order that has come about elsewhere."""

        def add(write: Connection) -> None:
            row = {"client_id": 1, "number": number, **ORDER, **changes}
            id = write.execute(insert(T["orders"]).values(row).returning(T["orders"].c.id)).scalar_one()
            event = {"client_id": 1, "order_id": id, "status": row["status"], "note": "", "at": row["changed_at"]}
            write.execute(insert(T["order_event"]).values(event))

        await self.database.transact(add)


def in_lines(payload: Any) -> str:
    """A message as it stands on the screen, its buttons behind it; the ways out stand everywhere and are left out."""
    labels = [label for row in payload["keyboard"] for label, *_rest in row]
    words = html.unescape(re.sub("<[^>]+>", "", payload["text"]))
    return words + "".join(f" [{label}]" for label in labels if label not in WAYS_OUT)


@asynccontextmanager
async def open_shop(migrated_url: str) -> AsyncIterator[Shop]:
    """A customer at the shop, which sells bicycle parts, takes orders and answers within four hours."""
    database = open_database(migrated_url)
    await database.transact(fill)
    shop = Shop(database, Door(database, lambda: NOON))
    shop.restart()
    try:
        yield shop
    finally:
        await database.close()


def fill(write: Connection) -> None:
    """The little shop with its catalogue, and another client."""
    door.fill(write)
    rules = {"takes_orders": True, "quiet": [21 * 60, 8 * 60], "answer_within": {"order": 240}}
    write.execute(T["client"].update().values(rules=rules))
    other = {
        "id": 2, "slug": "other", "version": clients.step(), "name": "Other", "languages": ["en"], "rules": {},
        "timezone": "Europe/Rome", "country": "IT", "region": "", "currency": "EUR", "colour": "", "address": "",
        "phone": "", "email": "", "loaded": {},
    }  # fmt: skip
    write.execute(insert(T["client"]).values(other))
    for place, (key, (names, price)) in enumerate(ITEMS.items()):
        item = {"client_id": 1, "key": key, "price": price, "position": place, "active": True}
        write.execute(insert(T["catalogue_item"]).values(item))
        for language, name in names.items():
            words = {"client_id": 1, "key": f"item.{key}", "language": language, "text": name}
            write.execute(insert(T["client_text"]).values(words))
