"""Customers under whose hands the house dies: what they do is posted until taken, some of it twice or shuffled."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import aiohttp

from bot.channels.telegram.webhook import HEADER, secret_of
from bot.secrets import Vault
from sandbox.telegram import Person, Telegram
from tests.ports import free_port
from tests.serve.house import House

Post = Callable[[dict[str, Any]], Awaitable[None]]

KEY: Final = "c2FuZGJveC1rZXktZm9yLWZhdWx0LXRlc3RzLW9ubHk="
PAUSE: Final = 0.2
"""Seconds until what was not taken is posted again, or until it is looked again."""
SORRY: Final = "something went wrong on our side"
"""What is said where an update met a defect: nobody has to wait for more."""
ODD: Final = 0.05
"""How much is redelivered, and how much comes before what was written earlier."""


def name_of(number: int) -> str:
    """A client's slug, and its account."""
    return f"studio-{number}"


def token_of(number: int) -> str:
    """The token of a client's bot."""
    return f"{number + 1}:{name_of(number)}"


@dataclass
class Town:
    """A Telegram with the clients' bots, and the installation that serves them at `ports`; `quick` is House's."""

    telegram: Telegram
    api: str
    database_url: str
    quick: bool
    ports: list[int] = field(default_factory=list)
    house: House = field(init=False)

    def __post_init__(self) -> None:
        url = self.database_url
        env = {"CENTRALINO_DATABASE_URL": url, "CENTRALINO_KEY": KEY, "CENTRALINO_TELEGRAM_API": self.api}
        self.house = House(env, quick=self.quick)

    def settings(self, port: int) -> dict[str, str]:
        """Those of the process that listens at this port; all of them are posted to at the first one's address."""
        if port not in self.ports:
            self.ports.append(port)
        public = f"http://127.0.0.1:{self.ports[0]}"
        return {"CENTRALINO_LISTEN": f"127.0.0.1:{port}", "CENTRALINO_PUBLIC_URL": public}

    def busy(self) -> list[str]:
        """The lanes that have a send in flight."""
        return [lane for (lane,) in self.house.rows("SELECT lane FROM job WHERE state = 'busy' AND lane IS NOT NULL")]

    async def at_rest(self) -> None:
        """Waits until nothing is to be sent any more."""
        waiting = "SELECT count(*) FROM job WHERE state IN ('due', 'busy') AND lane IS NOT NULL"
        while self.house.rows(waiting) != [(0,)]:  # noqa: ASYNC110 - another process does it, and rings for nobody
            await asyncio.sleep(PAUSE)


class Crowd:
    """All customers. `taken` counts what they have brought in, `waits` what answers took; `chance` is what is odd."""

    def __init__(self, town: Town, chance: random.Random, count: int, chatter: int) -> None:
        self.town, self.chance, self.chatter = town, chance, chatter
        self.taken = 0
        self.refused = 0
        self.waits: list[float] = []
        bots = list(town.telegram.bots)
        self.customers = [
            Customer(self, town.telegram.person(bots[number % len(bots)], f"Anna {number}"), number % len(bots))
            for number in range(count)
        ]
        self.ports: Sequence[int] = ()

    def wait(self) -> float:
        """The median of the seconds that answers took since this was asked last."""
        waits, self.waits = self.waits, []
        return statistics.median(waits)

    async def live(self, customers: Sequence[Customer] | None = None) -> None:
        """Lets these, or all of them, do what they came for."""
        self.ports = self.town.ports
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            for customer in self.customers if customers is None else customers:
                group.create_task(customer.live(session))

    async def post(self, session: aiohttp.ClientSession, account: str, update: dict[str, Any]) -> None:
        """Posts an update to any process until one has taken it, and a few of them once more."""
        headers = {HEADER: secret_of(Vault([KEY]), account)}
        times = 2 if self.chance.random() < ODD else 1
        while times:
            url = f"http://127.0.0.1:{self.chance.choice(self.ports)}/telegram/{account}"
            try:
                async with session.post(url, json=update, headers=headers) as response:
                    times -= response.status == 200
                    self.refused += response.status != 200
            except (aiohttp.ClientError, TimeoutError):
                self.refused += 1
            else:
                if response.status == 200:
                    continue
            self.town.telegram.bell.ring()
            await asyncio.sleep(PAUSE)
        self.taken += 1
        self.town.telegram.bell.ring()


class Customer:
    """One who books, then writes on; `written` is all that she wrote, and `updates` the ids it went under."""

    def __init__(self, crowd: Crowd, person: Person, bot: int) -> None:
        self.crowd, self.person, self.account = crowd, person, name_of(bot)
        self.written: list[str] = []
        self.updates: list[int] = []

    @property
    def lane(self) -> str:
        """The lane of what is sent to her."""
        return f"telegram:{self.account}:{self.person.id}"

    async def live(self, session: aiohttp.ClientSession) -> None:
        """Books, then writes on."""
        post = partial(self.crowd.post, session, self.account)
        await self.asks(post, "/book tomorrow 10:00", "What name")
        await self.asks(post, f"Anna {self.person.id}", "On which number")
        await self.asks(post, "+393331234567", "Shall I book it?")
        await self.asks(post, "yes", "You're booked.")
        number = 0
        while number < self.crowd.chatter:
            if self.crowd.chance.random() < ODD and number + 1 < self.crowd.chatter:
                early, late = self.made(f"word {number}"), self.made(f"word {number + 1}")
                await post(late)
                await post(early)
                number += 2
            else:
                await post(self.made("/help" if number % 3 else f"word {number}"))
                number += 1

    def made(self, text: str) -> dict[str, Any]:
        """The update of what she writes."""
        update = self.person.unsent.write(text)
        self.written.append(text)
        self.updates.append(update["update_id"])
        return update

    async def asks(self, post: Post, text: str, answer: str) -> None:
        """Writes, and waits for this answer; what comes twice meanwhile she passes over."""
        await post(self.made(text))
        begun = time.monotonic()
        while True:
            event = await self.person.hears()
            if event.message is not None and answer in event.message.text:
                self.crowd.waits.append(time.monotonic() - begun)
                return
            assert event.message is None or SORRY not in event.message.text, self.written


def ports(count: int) -> list[int]:
    """So many free ports."""
    return [free_port() for _ in range(count)]
