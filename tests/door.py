"""One customer at the door of a little shop: writes, presses, and reads what is said to her."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text

from bot import ability
from bot.turn import Door
from bot.update import Face, InConversation, Kind, Reply, Target, Thread, Update, Writer
from storage import clients
from storage.database import Database, open_database
from storage.models import metadata

T = metadata.tables
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday, noon in Rome
WAYS_OUT = (
    "Back", "Never mind", "A person", "Indietro", "Lasciar stare", "Una persona", "Wstecz", "Rezygnuję", "Człowiek",
)  # fmt: skip
REGISTRIES: tuple[dict[Any, Any], ...] = (ability.DIALOGS, ability.COMMANDS, ability.WISHES, ability.ACTS)


@dataclass
class Desk:
    """Writes to the door as one customer and reads what is said to her; ``now`` is everybody's clock."""

    database: Database
    door: Door
    address: str = "1"
    language: str = "en"
    clock: list[datetime] = field(default_factory=lambda: [NOON])
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    job: int = 0
    reply: Reply | None = None
    last: Update | None = None
    woken: list[int] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.clock[0]

    @now.setter
    def now(self, now: datetime) -> None:
        self.clock[0] = now

    @property
    def thread(self) -> Thread:
        return Thread("telegram", "shop", self.address)

    def another(self, address: str, language: str = "en") -> Desk:
        """Another customer at the same door."""
        return replace(self, address=address, language=language, job=0, reply=None)

    def restart(self) -> None:
        """A new door over the same database, as after a restart."""
        self.door = Door(self.database, lambda: self.now, lambda: self.woken.append(1))

    # --- to the door

    def made(self, kind: Kind, **fields: Any) -> Update:
        """An update of this customer's."""
        fields.setdefault("id", str(next(self.numbers)))
        fields.setdefault("target", self.thread)
        fields.setdefault("writer", Writer(f"w{self.address}", "Anna", self.language))
        if kind not in {Kind.PRESS, Kind.EDITED, Kind.REACH, Kind.OUTSIDE}:
            fields.setdefault("message", f"m{fields['id']}")
        return Update(channel="telegram", account="shop", face=Face.CUSTOMER, kind=kind, at=self.now, **fields)

    async def handle(self, update: Update) -> Reply | None:
        self.last = update
        self.reply = await self.door.handle(update)
        return self.reply

    async def send(self, kind: Kind, **fields: Any) -> list[str]:
        """What is said to an update of this kind."""
        await self.handle(self.made(kind, **fields))
        return await self.hear()

    async def write(self, words: str) -> list[str]:
        """What is said to these words, one string a message, its buttons behind it."""
        if words.startswith("/"):
            name, _space, rest = words[1:].partition(" ")
            return await self.send(Kind.COMMAND, name=name, text=rest)
        return await self.send(Kind.TEXT, text=words)

    async def press(self, label: str) -> list[str]:
        """Presses the last button that reads so."""
        key, message = await self.find(label)
        return await self.send(Kind.PRESS, name=key, text=label, message=message)

    async def act(
        self, face: Face, name: str, target: Target = None, *, id: str = "", language: str = "", **data: Any
    ) -> Reply | None:
        """An act of another face, in this customer's conversation if no target is given."""
        if target is None:
            target = InConversation(await self.talk())
        number = id or f"{face}{next(self.numbers)}"
        return await self.handle(
            Update(
                id=number,
                channel=face.value,
                account="",
                face=face,
                kind=Kind.ACT,
                target=target,
                at=self.now,
                name=name,
                data=data,
                writer=Writer("eva", "Eva", language),
            )
        )

    # --- from the house

    async def find(self, label: str) -> tuple[str, str]:
        """The key of the last button that reads so, and the network's id of its message."""
        lane = self.thread.lane
        for payload, message in await self.query(
            f"select payload, message_id from job where kind in ('send', 'edit') and lane = '{lane}' order by id desc"
        ):
            for row in json.loads(payload)["keyboard"]:
                for shown, key, _asks in row:
                    if shown == label:
                        return key, f"x{message}"
        raise AssertionError(f"no button {label}")

    async def sent(self) -> list[tuple[str, Any]]:
        """The sends, edits and files written since; our messages get their network id as if they had been sent."""

        def read(write: Connection) -> list[tuple[int, str, Any]]:
            write.execute(
                text("update message set external_id = 'x' || id where \"by\" <> 'customer' and external_id is null")
            )
            job = T["job"]
            rows = select(job.c.id, job.c.kind, job.c.payload).where(
                job.c.id > self.job, job.c.lane == self.thread.lane
            )
            return [(row.id, row.kind, row.payload) for row in write.execute(rows.order_by(job.c.id))]

        found = await self.database.transact(read)
        self.job = max((id for id, _kind, _payload in found), default=self.job)
        return [(kind, payload) for _id, kind, payload in found]

    async def hear(self) -> list[str]:
        """What was said since, as a person reads it."""
        return [read_out(kind, payload) for kind, payload in await self.sent()]

    async def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows, as they are in the tables."""
        return await self.database.read(lambda rows: [tuple(row) for row in rows.execute(text(sql))])

    async def change(self, sql: str) -> None:
        """Changes rows behind the house's back."""
        await self.database.transact(lambda write: write.execute(text(sql)).close())

    async def talk(self) -> int:
        """The id of this customer's conversation."""
        [(id,)] = await self.query(
            "select conversation.id from conversation join thread on thread.id = conversation.thread_id "
            f"where address = '{self.address}'"
        )
        return int(id)


def read_out(kind: str, payload: Any) -> str:
    """A send, edit or file in one line: words, then its buttons; the ways out stand everywhere and are left out."""
    if kind == "file":
        return f"file {payload['name']}"
    words = " ".join(html.unescape(re.sub("<[^>]+>", "", payload["text"])).split())
    labels = [label for row in payload["keyboard"] for label, _key, _asks in row]
    buttons = "".join(f" [{label}]" for label in labels if label not in WAYS_OUT)
    return ("edit: " if kind == "edit" else "") + words + buttons


@contextmanager
def own_registries() -> Iterator[None]:
    """Abilities entered within leave at the end; none of the house's own are there meanwhile."""
    kept = [dict(registry) for registry in REGISTRIES]
    for registry in REGISTRIES:
        registry.clear()
    try:
        yield
    finally:
        for registry, before in zip(REGISTRIES, kept, strict=True):
            registry.clear()
            registry.update(before)


@asynccontextmanager
async def open_desk(migrated_url: str, **options: Any) -> AsyncIterator[Desk]:
    """One customer at a shop that speaks en, it and pl, whose urgent words are "fire" and "incendio"."""
    database = open_database(migrated_url, **options)
    await database.transact(fill)
    desk = Desk(database, Door(database, lambda: NOON))
    desk.restart()
    try:
        yield desk
    finally:
        await database.close()


def fill(write: Connection) -> None:
    """The shop and its Telegram account; it is open and covered on weekdays from nine to seven."""
    client = {
        "slug": "shop", "version": clients.step(), "name": "Shop", "languages": ["en", "it", "pl"],
        "timezone": "Europe/Rome", "country": "IT",
        "region": "", "currency": "EUR", "colour": "", "address": "", "phone": "", "email": "",
        "rules": {"urgent_words": {"en": ["fire"], "it": ["incendio"]}}, "loaded": {},
    }  # fmt: skip
    one = write.execute(insert(T["client"]).values(client).returning(T["client"].c.id)).scalar_one()
    staff = write.execute(
        insert(T["staff"])
        .values(name="Eva", language="it", timezone="Europe/Rome", active=True)
        .returning(T["staff"].c.id)
    ).scalar_one()
    for day in range(5):
        write.execute(insert(T["hours"]).values(client_id=one, weekday=day, opens_minute=540, closes_minute=1140))
        write.execute(
            insert(T["coverage"]).values(
                client_id=one, staff_id=staff, weekday=day, start_minute=540, end_minute=1140, timezone="Europe/Rome"
            )
        )
    account = {"client_id": one, "channel": "telegram", "name": "shop", "token": "", "settings": {}}
    write.execute(
        insert(T["account"]).values(username="", secret="", address="", profile="", polled_by="", trouble="", **account)
    )
