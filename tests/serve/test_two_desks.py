"""Two members of the desk, each on a process of her own: what one process takes or sees, the other's pages show."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

import aiohttp
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.inbox.passwords import hashed
from sandbox.telegram import Telegram
from storage import clients, staff
from tests.ports import free_port
from tests.serve.conftest import TOKEN
from tests.serve.house import House

PASSWORD = "correct horse battery"


class Desk:
    """A member at the pages of one process."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url, self.session = url, session

    async def page(self, path: str = "") -> str:
        """What a page shows, as its script fetches it."""
        headers = {"Accept": "text/html", "X-Again": "1"}
        async with self.session.get(f"{self.url}/inbox/{path}", headers=headers) as response:
            assert response.status == 200
            return await response.text()

    async def post(self, path: str, **form: str) -> int:
        """Sends a form."""
        async with self.session.post(f"{self.url}/inbox/{path}", data=form, headers={"Origin": self.url}) as response:
            return response.status

    @asynccontextmanager
    async def stream(self) -> AsyncIterator[aiohttp.StreamReader]:
        """What the page is told; it has begun to listen."""
        async with self.session.get(f"{self.url}/inbox/stream") as response:
            await said(response.content, b"ready")
            yield response.content

    async def sees(self, stream: aiohttp.StreamReader, words: str, path: str = "") -> str:
        """Looks again whenever it is told to, until the page has these words."""
        while words not in (shown := await self.page(path)):
            await said(stream, b"changed")
        return shown


async def said(stream: aiohttp.StreamReader, event: bytes) -> None:
    """Waits for an event."""
    while (line := await stream.readline()).strip() != b"event: " + event:
        assert line, "the stream ended"


@asynccontextmanager
async def sits(url: str, name: str) -> AsyncIterator[Desk]:
    """Somebody logs in at a process."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        desk = Desk(url, session)
        assert await desk.post("login", name=name, password=PASSWORD) == 200
        yield desk


def hire(house: House, *names: str) -> None:
    """Lets them work for the client."""
    engine = create_engine(house.env["CENTRALINO_DATABASE_URL"], poolclass=NullPool)
    with engine.begin() as write:
        found = clients.find(write, "corner")
        assert found is not None
        for name in names:
            staff.give(write, staff.add(write, name, "en", "Europe/Rome", "va", hashed(PASSWORD)), found[0])
    engine.dispose()


async def test_what_another_process_took_is_shown_at_once(telegram: Telegram, on_postgres: House) -> None:
    hire(on_postgres, "Marta", "Ewa")
    ports = [free_port(), free_port()]
    one, other = (f"http://127.0.0.1:{port}" for port in ports)
    public = {"CENTRALINO_PUBLIC_URL": other}  # where Telegram posts to: the other process
    async with (
        on_postgres.serving("--role", "web", CENTRALINO_LISTEN=f"127.0.0.1:{ports[0]}", **public),
        on_postgres.serving(CENTRALINO_LISTEN=f"127.0.0.1:{ports[1]}", **public),
        sits(one, "Marta") as marta,
        sits(other, "Ewa") as ewa,
        marta.stream() as told,
    ):
        assert "Anna" not in await marta.page()
        anna = telegram.person(TOKEN, "Anna", "en")
        anna.command("human")
        queue = await marta.sees(told, "Anna")
        found = re.search(r'href="/inbox/(tickets/corner/\d+)', unescape(queue))
        assert found is not None
        anna.write("Is the room free?")
        await marta.sees(told, "Is the room free?")

        # Ewa opens it on her process, and begins to write: Marta's page is told of both.
        ticket = found[1]
        await marta.page(ticket)
        csrf = await secret(ewa, ticket)
        await marta.sees(told, "Ewa is here too", ticket)
        assert await ewa.post(f"{ticket}/draft", csrf=csrf, box="reply", text="Yes") == 204
        await said(told, b"changed")
        while "Ewa is writing" not in await marta.page(ticket):
            await ewa.post(f"{ticket}/draft", csrf=csrf, box="reply", text="Yes, it is")

        # And what Marta does is on Ewa's page.
        assert await marta.post(f"{ticket}/take", csrf=await secret(marta, ticket), token="a") == 200
        assert "Whose: Marta" in await ewa.page(ticket)


async def secret(desk: Desk, path: str) -> str:
    """What every form of a member's carries."""
    found = re.search(r'name="csrf" value="(\w+)"', await desk.page(path))
    assert found is not None
    return found[1]
