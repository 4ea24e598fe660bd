"""A shop with a catalogue behind a door, and a customer who writes to it."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, text

import bot.handlers.clock.orders
import bot.handlers.customer.order_status
import bot.handlers.customer.order_watch
import bot.handlers.customer.place_order
import bot.handlers.va.orders  # noqa: F401  each enters itself
from bot.turn import Door
from bot.update import Face, InConversation, Kind, OfClient, Reply, Thread, Update, Writer
from storage.database import Database
from storage.models import metadata

NOON: Final = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday, noon in Rome
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
class Shop:
    """What a customer of the shop writes and hears; ``address`` says which customer."""

    database: Database
    now: datetime = NOON
    language: str = "en"
    address: str = "1"
    reply: Reply | None = None
    heard: dict[str, int] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.door = Door(self.database, lambda: self.now)

    async def write(self, words: str) -> list[str]:
        """What is said to these words, one string a message, its buttons behind it."""
        if words.startswith("/"):
            name, _space, rest = words[1:].partition(" ")
            return await self.customer(Kind.COMMAND, name=name, text=rest)
        return await self.customer(Kind.TEXT, text=words)

    async def press(self, label: str) -> list[str]:
        """What is said when the last button that reads so is pressed; the press itself changes the message above."""
        rows = await self.sends()
        for _id, _kind, payload, message in reversed(rows):
            keys = [key for row in payload["keyboard"] for shown, key, *_asks in row if shown == label]
            if keys:
                return await self.customer(Kind.PRESS, name=keys[0], text=label, message=f"x{message}")
        raise AssertionError(f"no button {label}")

    async def forge(self, key: str) -> list[str]:
        """What is said to a key that no button of ours has brought."""
        return await self.customer(Kind.PRESS, name=key, text="?", message="x0")

    async def customer(self, kind: Kind, **fields: Any) -> list[str]:
        self.reply = await self.door.handle(
            Update(
                id=str(next(self.numbers)),
                channel="telegram",
                account="shop",
                face=Face.CUSTOMER,
                kind=kind,
                target=Thread("telegram", "shop", self.address),
                at=self.now,
                writer=Writer(self.address, "Anna", self.language),
                **fields,
            )
        )
        return await self.hear()

    async def act(self, name: str, target: Any = None, face: Face = Face.OPERATOR, **data: Any) -> Mapping[str, Any]:
        """What an act brings back; its error under "error"."""
        update = Update(
            id=str(next(self.numbers)),
            channel="operator",
            account="",
            face=face,
            kind=Kind.ACT,
            target=target or OfClient(1),
            at=self.now,
            name=name,
            data=data,
        )
        reply = await self.door.handle(update)
        return {} if reply is None else {**reply.data, **({"error": reply.error} if reply.error else {})}

    async def fall_due(self) -> list[str]:
        """Lets the clock do what is due by now, and gives what this customer hears."""
        due = await self.query(
            "select id, payload, conversation_id from job where lane is null and state = 'due'"
            f" and due_at <= {round(self.now.timestamp() * 1_000_000)} order by id"
        )
        for id, payload, talk in due:
            job = json.loads(payload)
            await self.act(job["name"], InConversation(talk) if talk else None, Face.CLOCK, **job["data"])
            await self.run(f"update job set state = 'done' where id = {id}")
        return await self.hear()

    async def hear(self) -> list[str]:
        """What this customer was told since, in new messages."""
        # As if it had been sent, so that its buttons can be pressed.
        await self.run("update message set external_id = 'x' || id where \"by\" <> 'customer' and external_id is null")
        said = []
        for id, kind, payload, _message in await self.sends():
            if id <= self.heard.get(self.address, 0):
                continue
            self.heard[self.address] = id
            if kind == "send":
                labels = [label for row in payload["keyboard"] for label, *_rest in row]
                words = html.unescape(re.sub("<[^>]+>", "", payload["text"]))
                said.append(words + "".join(f" [{label}]" for label in labels if label not in WAYS_OUT))
        return said

    async def sends(self) -> list[tuple[int, str, Any, int]]:
        """All that was to be sent to this customer: job, kind, payload and message."""
        rows = await self.query(
            f"select id, kind, payload, message_id from job where lane = 'telegram:shop:{self.address}' order by id"
        )
        return [(id, kind, json.loads(payload), message) for id, kind, payload, message in rows]

    async def add_order(self, number: str, **changes: Any) -> None:
        """An order that has come about elsewhere."""

        def add(write: Connection) -> None:
            table = metadata.tables["orders"]
            row = {"client_id": 1, "number": number, **ORDER, **changes}
            id = write.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
            event = {"client_id": 1, "order_id": id, "status": row["status"], "note": "", "at": row["changed_at"]}
            write.execute(insert(metadata.tables["order_event"]).values(event))

        await self.database.transact(add)

    async def query(self, sql: str) -> list[tuple[Any, ...]]:
        return await self.database.read(lambda rows: [tuple(row) for row in rows.execute(text(sql))])

    async def run(self, sql: str) -> None:
        def change(write: Connection) -> None:
            write.execute(text(sql))

        await self.database.transact(change)


def fill(write: Connection) -> None:
    """The tables, and the shop in them: noon to eight every weekday, with somebody at the desk."""
    metadata.create_all(write)
    tables = metadata.tables
    rules = {"takes_orders": True, "quiet": [21 * 60, 8 * 60], "answer_within": {"order": 240}}
    for id, slug in ((1, "shop"), (2, "other")):
        client = {
            "id": id, "slug": slug, "version": 1, "name": slug.title(), "languages": ["en", "it", "pl"],
            "timezone": "Europe/Rome", "country": "IT", "region": "", "currency": "EUR", "colour": "", "address": "",
            "phone": "", "email": "", "rules": rules, "loaded": {},
        }  # fmt: skip
        write.execute(insert(tables["client"]).values(client))
        account = {
            "client_id": id, "channel": "telegram", "name": slug, "token": "", "settings": {}, "username": "",
            "secret": "", "address": "", "profile": "", "polled_by": "", "trouble": "",
        }  # fmt: skip
        write.execute(insert(tables["account"]).values(account))
    staff = write.execute(
        insert(tables["staff"])
        .values(name="Giulia", language="it", timezone="Europe/Rome", active=True)
        .returning(tables["staff"].c.id)
    ).scalar_one()
    for weekday in range(5):
        hours = {"client_id": 1, "weekday": weekday, "opens_minute": 9 * 60, "closes_minute": 20 * 60}
        write.execute(insert(tables["hours"]).values(hours))
        cover = {"weekday": weekday, "start_minute": 9 * 60, "end_minute": 20 * 60, "timezone": "Europe/Rome"}
        write.execute(insert(tables["coverage"]).values(client_id=1, staff_id=staff, **cover))
    for place, (key, (names, price)) in enumerate(ITEMS.items()):
        item = {"client_id": 1, "key": key, "price": price, "position": place, "active": True}
        write.execute(insert(tables["catalogue_item"]).values(item))
        for language, name in names.items():
            words = {"client_id": 1, "key": f"item.{key}", "language": language, "text": name}
            write.execute(insert(tables["client_text"]).values(words))
