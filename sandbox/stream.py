"""What one open page has been told, and what it must still hear."""

import json
from typing import Any

from sandbox.telegram import Person, Telegram
from sandbox.view import bot_view, chat_view, event_view, message_view


class Watch:
    """One page that watches all chats: first everything, then what is new each time it looks."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
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

    def news(self) -> list[tuple[str, Any]]:
        """What changed since the last look: the list of bots, and each chat with the events it had meanwhile."""
        news: list[tuple[str, Any]] = []
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
