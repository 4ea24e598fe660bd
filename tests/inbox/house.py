"""The house with the example clients, their customers on a sandbox Telegram, and browsers without a script."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from typing import Any

import aiohttp
from argon2 import PasswordHasher
from pydantic import SecretStr
from sqlalchemy import Connection, text

from bot import app
from bot.app import App
from bot.channels.telegram.webhook import HEADER
from bot.delivery import UNPACED
from bot.questions.replying import UNDO
from bot.settings import Listen, Settings
from sandbox.telegram import Person, Press, Telegram
from storage import clients, staff
from tests.conversations.stage import KEY, token_of

MONDAY = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)  # all three are open and covered
ACCOUNTS = {"salon": "salon-krakow", "dentista": "dentista-milano", "bikes": "bikes-dublin"}
PASSWORD = "correct horse battery"


@dataclass
class House:
    """The house; ``now`` is everybody's clock."""

    settings: Settings
    telegram: Telegram
    now: datetime = MONDAY
    app: App = field(init=False)
    people: dict[tuple[str, str], Person] = field(default_factory=dict)

    @asynccontextmanager
    async def built(self, *, demo: str = "") -> AsyncIterator[House]:
        """Built and serving, with nothing in the background."""
        self.app = await app.build(self.settings, clock=lambda: self.now, pace=UNPACED, demo=demo)
        await self.app.serve()
        try:
            yield self
        finally:
            await self.app.stop()

    # --- customers

    def person(self, slug: str, name: str, language: str = "en") -> Person:
        """A customer of a client, who is met once."""
        if (slug, name) not in self.people:
            self.people[slug, name] = self.telegram.person(token_of(slug), name, language)
        return self.people[slug, name]

    async def take(self, slug: str, update: dict[str, Any] | Press) -> None:
        """Brings an update to the house as Telegram does, and lets it act."""
        account = ACCOUNTS[slug]
        headers = {HEADER: self.app.telegram.secret(account)}
        body = update.update if isinstance(update, Press) else update
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.app.url}/telegram/{account}", headers=headers, json=body) as response,
        ):
            assert response.status == 200
        await self.app.settle()

    async def write(self, slug: str, name: str, words: str, language: str = "en") -> None:
        """A customer writes."""
        person = self.person(slug, name, language)
        if words.startswith("/"):
            await self.take(slug, person.command(words[1:]))
        else:
            await self.take(slug, person.write(words))

    def heard(self, slug: str, name: str) -> list[str]:
        """What the customer was told since this was last asked."""
        events = self.person(slug, name).unread()
        return [event.message.text for event in events if event.kind == "sent" and event.message is not None]

    async def pass_by(self, time: timedelta) -> None:
        """Lets time pass, and what falls due in it happen."""
        self.now += time
        await self.app.settle()

    # --- the desk

    async def hire(self, name: str, *slugs: str, language: str = "en", role: str = "va") -> int:
        """Lets somebody work at the desk for some clients."""

        def hired(write: Connection) -> int:
            known = next((one for one in staff.everybody(write) if one.name == name), None)
            password = hash_once()
            if known is None:
                number = staff.add(write, name, language, "Europe/Rome", role, password)
            else:
                number = known.id
                write.execute(text("delete from staff_client where staff_id = :id"), {"id": number})
                write.execute(
                    text("update staff set password = :password, language = :language, role = :role where id = :id"),
                    {"id": number, "password": password, "language": language, "role": role},
                )
            for slug in slugs:
                found = clients.find(write, slug)
                assert found is not None
                staff.give(write, number, found[0])
            return number

        return await self.app.database.transact(hired)

    @asynccontextmanager
    async def browser(self, name: str = "") -> AsyncIterator[Browser]:
        """A browser without a script; logged in, where it is somebody's."""
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            browser = Browser(self, session)
            if name:
                page = await browser.login(name)
                assert page.status == 200, page.text
            yield browser

    async def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return await self.app.database.read(lambda rows: [tuple(row) for row in rows.execute(text(sql), values)])


@cache
def hash_once() -> str:
    """The hash of everybody's password: one that costs nothing to check, for its cost stands in it."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass
class Page:
    """What a browser was shown."""

    status: int
    url: str
    text: str
    headers: Any

    @property
    def words(self) -> str:
        """The page without its markup."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.text)).split())

    def value(self, name: str) -> str:
        """What stands in the first field of this name."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found is not None, f"no field {name}"
        return unescape(found[1])

    def forms(self) -> list[str]:
        """Where its forms lead."""
        return [unescape(found) for found in re.findall(r'<form method="post" action="([^"]*)"', self.text)]


@dataclass
class Browser:
    """A browser without a script."""

    house: House
    session: aiohttp.ClientSession
    page: Page | None = None

    async def get(self, path: str, **headers: str) -> Page:
        """Opens a page."""
        url = path if path.startswith("http") else self.house.app.url + path
        async with self.session.get(url, headers={"Accept": "text/html", **headers}) as response:
            return await self._shown(response)

    async def post(self, path: str, *, origin: str | None = None, **form: Any) -> Page:
        """Sends a form as it is."""
        headers = {"Accept": "text/html", "Origin": self.house.app.url if origin is None else origin}
        if origin == "":
            del headers["Origin"]
        async with self.session.post(self.house.app.url + path, data=form, headers=headers) as response:
            page = await self._shown(response)
        await self.house.app.settle()
        return page

    async def _shown(self, response: aiohttp.ClientResponse) -> Page:
        body = await response.read()
        page = Page(response.status, str(response.url), body.decode(errors="replace"), response.headers)
        if response.content_type == "text/html":
            self.page = page
        return page

    async def login(self, name: str, password: str = PASSWORD) -> Page:
        """Logs in."""
        return await self.post("/inbox/login", name=name, password=password)

    async def act(self, slug: str, number: int, doing: str, /, **form: Any) -> Page:
        """Opens a ticket and sends one of its forms."""
        page = await self.get(f"/inbox/tickets/{slug}/{number}")
        assert page.status == 200, page.text
        fields = {"csrf": page.value("csrf"), "token": page.value("token"), **form}
        if doing == "reply" and "seen" not in form:
            fields["seen"] = page.value("seen")
        done = await self.post(f"/inbox/tickets/{slug}/{number}/{doing}", **fields)
        if doing == "reply":
            await self.house.pass_by(UNDO)
        return done


@asynccontextmanager
async def a_house(database_url: str) -> AsyncIterator[House]:
    """The house, not built yet, before a Telegram that knows the bots of the examples."""
    telegram = Telegram(retry_pause=0.001)
    for slug in ("salon", "dentista", "bikes"):
        telegram.add_bot(token_of(slug), f"{slug}_bot", slug)
    async with telegram.serve() as url:
        listen = Listen("127.0.0.1", 0)
        yield House(Settings(database_url=database_url, listen=listen, key=SecretStr(KEY), telegram_api=url), telegram)
