"""A salon with its customers, over the office alone: no door, no words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, text

from bot.office import appointments
from bot.office import clients as office_clients
from bot.office.appointments import hold
from bot.office.client_file import parse
from bot.rules.slots import free_slots
from bot.update import Thread
from bot.values import Appointment, Client, Service, Slot, Who
from storage import appointments as kept
from storage import clients, road
from storage.database import Database, open_database
from storage.types import moment

T = TypeVar("T")
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday, noon in Rome

SALON = """\
slug = "salon"
name = "Salone Aurora"
languages = ["it", "en", "pl"]
timezone = "Europe/Rome"
address = "Via Melzo 12, Milano"
phone = "+39 02 2951 0142"
quiet = "21:00-8:00"
hold_minutes = 10
offer_minutes = 60
decide_within = "2h"
late_default = "refuse"
approval_default = "refuse"

[hours]
mon-sat = ["9:00-19:00"]

[[coverage]]
staff = "Giulia"
timezone = "Europe/Rome"
hours = { mon-sat = ["9:00-19:00"] }

[resources.anna]
name = "Anna"

[resources.bruno]
name = "Bruno"

[resources.room]
name = "Aula"
kind = "room"
seats = 3

[services.cut]
name = { it = "Taglio", en = "Haircut", pl = "Strzyżenie" }
minutes = 30
cancel_until = "1d"
resources = ["anna"]

[services.colour]
name = { it = "Colore", en = "Colour", pl = "Koloryzacja" }
minutes = 60
resources = ["anna", "bruno"]

[services.course]
name = { it = "Corso", en = "Course", pl = "Kurs" }
minutes = 90
resources = ["room"]

[services.perm]
name = { it = "Permanente", en = "Perm", pl = "Trwała" }
minutes = 60
approval = true
resources = ["bruno"]

[services.wig]
name = { it = "Parrucca", en = "Wig", pl = "Peruka" }
minutes = 30
daily_cap = 2
resources = ["anna", "bruno"]

[telegram]
account = "salon"
token_env = "SALON_TOKEN"
"""


@dataclass
class Salon:
    """The salon's database, its client value, and the moment that it is."""

    database: Database
    client: Client
    now: datetime = NOON

    async def do(self, work: Callable[[Connection], T]) -> T:
        return await self.database.transact(work)

    async def customer(self, number: int, name: str = "Anna Rossi") -> Who:
        """A customer who writes at some address, as who acts now."""
        thread = Thread("telegram", "salon", str(number))

        def meet(write: Connection) -> Who:
            found = road.locate(write, thread)
            if found is None:
                road.open_talk(write, thread, self.client.id, name, "it", self.now)
                found = road.locate(write, thread)
            assert found is not None and found.customer is not None and found.conversation is not None
            return Who(self.client, replace(found.customer, name=name), found.conversation, self.now)

        return await self.do(meet)

    async def hold(self, who: Who, slot: Slot) -> dict[str, int]:
        """What keeping a slot gives."""
        held: dict[str, int] = await self.do(lambda write: hold.do(write, who, self.service(slot.service), slot))
        return held

    async def book(self, who: Who, slot: Slot, held: dict[str, int] | None = None) -> Appointment:
        """The booked appointment."""
        service, name = self.service(slot.service), who.customer.name
        return await self.do(lambda write: appointments.book(write, who, service, slot, name=name, held=held))

    async def appointment(self, id: int) -> Appointment:
        """An appointment as it stands."""
        found = await self.database.read(lambda rows: kept.by_id(rows, self.client, id))
        assert found is not None
        return found

    async def free(self, who: Who, slot: Slot) -> bool:
        """Whether a slot is among those that a customer is offered."""
        service, day = self.service(slot.service), self.client.local(slot.starts_at).date()

        def look(rows: Connection) -> bool:
            talk = who.conversation.id
            busy, per_day = appointments.taken(rows, self.client, service, day, 1, who.now, held_by=talk)
            return slot in free_slots(self.client, service, busy, day, 1, who.now, per_day=per_day)

        return await self.database.read(look)

    def service(self, key: str) -> Service:
        found = self.client.service(key)
        assert found is not None
        return found

    def slot(self, service: str, day: int, hour: int, minute: int = 0, resource: str = "") -> Slot:
        """A start in November 2026 on the salon's clock, at the service's first resource if none is named."""
        one = self.service(service)
        ids = {resource.key: resource.id for resource in self.client.resources}
        start = datetime(2026, 11, day, hour, minute, tzinfo=self.client.zone).astimezone(UTC)
        return Slot(start, ids[resource] if resource else one.resources[0], one.key, one.minutes)

    def at(self, who: Who, **later: float) -> Who:
        """The same customer, some time later."""
        return replace(who, now=who.now + timedelta(**later))

    async def jobs(self, name: str) -> list[dict[str, Any]]:
        """The data of what the clock still has to do under a name, each with its moment, in order."""
        rows = await self.database.read(
            lambda rows: rows.execute(
                text("select payload, due_at from job where kind = 'act' and state = 'due' order by due_at, id")
            ).all()
        )
        acts = [(json.loads(payload), at) for payload, at in rows]
        return [act["data"] | {"at": moment(at)} for act, at in acts if act["name"] == name]


@pytest.fixture
async def salon(migrated_url: str) -> AsyncIterator[Salon]:
    """The salon, open on both databases, at noon of a Monday."""
    database = open_database(migrated_url)

    def load(write: Connection) -> Client:
        content = parse(SALON, "salon.toml")
        office_clients.apply(write, content, {})
        (client,) = clients.all_clients(write)
        return client

    client = await database.transact(load)
    yield Salon(database, client)
    await database.close()
