"""What open pages hear as it happens, and what one of them has been told already."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import web

from sandbox.play import BREATH_SECONDS, HEADERS
from sandbox.telegram import Person, Telegram
from sandbox.telegram.bell import Bell
from sandbox.view import bot_view, chat_view, event_view, message_view

News = list[tuple[str, Any]]
"""What a page must still hear: kinds and what they hold."""


class Stream:
    """The server-sent events of one page; a ``bell`` rings when something may have happened."""

    def __init__(self, bell: Bell) -> None:
        self.bell = bell
        self.closed = False

    async def close(self, app: web.Application) -> None:
        """Ends the streams that are open."""
        self.closed = True
        self.bell.ring()

    async def tell(self, request: web.Request, news: Callable[[], News]) -> web.StreamResponse:
        """Tells one open page the ``news`` whenever there are some."""
        response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
        await response.prepare(request)
        with suppress(ConnectionError):
            while not self.closed:
                if found := news():
                    await response.write(b"".join(event(kind, data) for kind, data in found))
                elif not await self._rung():
                    await response.write(b": still here\n\n")
        return response

    async def _rung(self) -> bool:
        """Waits for something to happen, but not long: a silent stream would not notice that its page has gone."""
        try:
            async with asyncio.timeout(BREATH_SECONDS):
                await self.bell.wait()
        except TimeoutError:
            return False
        return True


class Watch:
    """One page that watches all chats: first everything, then what is new each time it looks."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.began = False
        self.bots: list[dict[str, Any]] = []
        self.told: dict[tuple[str, int], tuple[int, dict[str, Any]]] = {}

    def everything(self) -> dict[str, Any]:
        """All bots, and all chats with their messages."""
        self.bots = [bot_view(bot) for bot in self.telegram.bots.values()]
        chats = []
        for person in self._people():
            chat = chat_view(person)
            self.told[person.bot.username, person.id] = (len(person.chat.events), chat)
            chats.append(chat | {"messages": [message_view(person.bot, message) for message in person.messages]})
        return {"bots": self.bots, "chats": chats}

    def news(self) -> News:
        """First everything; then what changed since the last look: the bots, and each chat with its events."""
        if not self.began:
            self.began = True
            return [("state", self.everything())]
        news: News = []
        bots = [bot_view(bot) for bot in self.telegram.bots.values()]
        if bots != self.bots:
            self.bots = bots
            news.append(("bots", bots))
        for person in self._people():
            key, chat = (person.bot.username, person.id), chat_view(person)
            seen, old = self.told.get(key, (0, {}))
            if len(person.chat.events) > seen or chat != old:
                events = [event_view(person.bot, event) for event in person.chat.events[seen:]]
                self.told[key] = (len(person.chat.events), chat)
                news.append(("chat", chat | {"events": events}))
        return news

    def _people(self) -> list[Person]:
        return [Person(bot, user) for bot in self.telegram.bots.values() for user in bot.people.values()]


def event(kind: str, data: Any) -> bytes:
    """One server-sent event."""
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
