"""Delivery over a real database, with a network that does as it is told and a clock that stands still."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, text

from bot.delivery import UNPACED, Delivery, Pace
from bot.outcome import Outcome, Sent
from bot.turn import Defect
from bot.update import InConversation, Reply, Update
from storage import jobs, road
from storage.database import Database
from storage.jobs import Claimed
from storage.models import metadata

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
MESSAGE = metadata.tables["message"]


@dataclass
class Network:
    """A channel: every call is noted, waits while its lane is held, and ends as planned (else as sent)."""

    calls: list[tuple[str, Any]] = field(default_factory=list)
    plans: dict[str, list[Outcome | Exception]] = field(default_factory=lambda: defaultdict(list))
    holds: dict[str, asyncio.Event] = field(default_factory=dict)
    under_way: int = 0
    most: int = 0
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def perform(self, job: Claimed) -> Outcome:
        assert job.lane is not None
        self.calls.append((job.lane, job.payload))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        self.heard.set()
        if job.lane in self.holds:
            await self.holds[job.lane].wait()
        self.under_way -= 1
        planned = self.plans[job.lane]
        outcome = planned.pop(0) if planned else Sent(f"n{job.id}")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def until(self, calls: int) -> None:
        """Returns when so many calls were made."""
        while len(self.calls) < calls:
            self.heard.clear()
            await self.heard.wait()

    def texts(self, lane: str = "") -> list[str]:
        """What was sent, in a lane or in all."""
        return [payload["text"] for at, payload in self.calls if lane in ("", at)]


@dataclass
class Door:
    """A door that notes what comes, lets it wait where it is told to, and fails as often."""

    updates: list[Update] = field(default_factory=list)
    hold: asyncio.Event | None = None
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    defects: int = 0
    tickets: list[tuple[int, str]] = field(default_factory=list)

    async def handle(self, update: Update) -> Reply | None:
        self.updates.append(update)
        self.heard.set()
        if self.hold is not None:
            await self.hold.wait()
        if self.defects:
            self.defects -= 1
            raise Defect("broken")
        return None

    async def until(self, updates: int) -> None:
        """Returns when so much has come."""
        while len(self.updates) < updates:
            self.heard.clear()
            await self.heard.wait()

    async def give_up(self, client_id: int, subject: str) -> None:
        self.tickets.append((client_id, subject))


@dataclass
class Post:
    """Jobs, the loop that delivers them, and the clock."""

    database: Database
    network: Network
    door: Door
    pace: Pace = UNPACED
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.loop = self.new_loop()

    def new_loop(self) -> Delivery:
        """Another process over the same database."""
        door: Any = self.door
        return Delivery(self.database, door, {"net": self.network}, lambda: self.now, pace=self.pace)

    async def send(self, lane: str, said: str, **fields: Any) -> None:
        """Writes a job of a lane."""
        kind = fields.pop("kind", "send")
        payload = {"text": said, "keyboard": [], **fields.pop("payload", {})}
        await self.database.transact(lambda write: road.send(write, lane, kind, payload, self.now, **fields))

    async def message(self) -> int:
        """A message of ours that waits to be sent."""
        values = {"client_id": 1, "conversation_id": 1, "by": "bot", "audience": "customer", "text": "", "pressed": "",
                  "state": "waiting", "epoch": 0, "at": self.now}  # fmt: skip
        statement = insert(MESSAGE).values(values).returning(MESSAGE.c.id)
        return int(await self.database.transact(lambda write: write.execute(statement).scalar_one()))

    async def later(self, name: str, at: datetime) -> None:
        """Writes an act of the clock."""
        place = InConversation(5)
        await self.database.transact(lambda write: jobs.later(write, name, at, place, client_id=1, data={"n": 1}))

    async def states(self, columns: str = "state", table: str = "job") -> list[Any]:
        """What stands in the jobs, or the messages, in their order."""
        sql = text(f"select {columns} from {table} order by id")

        def read(rows: Connection) -> list[Any]:
            found = [tuple(row) for row in rows.execute(sql)]
            return [row[0] for row in found] if "," not in columns else found

        return await self.database.read(read)

    async def settle(self, **after: float) -> None:
        """Delivers what is due, after some time."""
        self.now += timedelta(**after)
        await self.loop.settle()

    async def due_in(self) -> list[float]:
        """Seconds until each job that is not done falls due."""
        rows = await self.states("state, due_at")
        start = self.now.timestamp()
        return [round(due / 1e6 - start, 3) for state, due in rows if state == "due"]
