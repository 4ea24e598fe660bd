"""What the customers of the bench do: they book, or they look something up; each script is a coroutine."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from typing import Any, Final

from bench.network import Call, Line

Message = dict[str, Any]
Script = Callable[["Customer"], Awaitable[None]]
ORDER, PHONE, NAME = "BK-1001", "+353 1 234 5678", "Anna Kowalska"
SERVICE: Final = "Puncture repair"
GIVEN: Final = (
    "Anna Marta Giulia Sofia Emma Olivia Zofia Maja Hanna Julia Chiara Elena Paola Lucia Grace Lucy Ella Alice Irena"
    " Ewa Piotr Jakub Tomasz Adam Marek Paweł Luca Matteo Andrea Paolo Davide Simone James Oliver Harry George Thomas"
    " Jack Henry Noah"
)
FAMILY: Final = (
    "Kowalska Nowak Wiśniewska Kamińska Zielińska Mazur Krawczyk Wójcik Lis Dudek Rossi Russo Ferrari Esposito Bianchi"
    " Romano Colombo Ricci Marino Greco Bruno Gallo Conti Smith Jones Taylor Brown Wilson Evans Walker Wright Hughes"
    " Green Hall Wood Clarke Murphy Kelly Byrne"
)
MOST_QUESTIONS: Final = 25
PAUSE: Final = 0.1
"""Seconds before each step: nobody presses a button before the network has told us what it calls the message."""
PATIENCE: Final = 60.0
"""Seconds after which somebody who waits for an answer gives the whole run up."""


def name_of(number: int) -> str:
    """What a customer is called: what is kept of texts that were met before should help no more than at work."""
    given, family = GIVEN.split(), FAMILY.split()
    return f"{given[number % len(given)]} {family[number % len(family)]}"


def phone_of(number: int) -> str:
    """The number of her phone."""
    return f"+353 1 {234 + number // 10_000 % 500} {number % 10_000:04}"


class Posted:
    """One update as it was posted, and the calls that it led to."""

    def __init__(self, number: int, path: str, headers: str, body: bytes) -> None:
        self.number, self.path, self.headers, self.body = number, path, headers, body
        self.calls: list[Call] = []


class Customer:
    """Somebody who writes to a bot of the house, and reads what is answered. ``typing`` is who presses no buttons."""

    def __init__(self, number: int, account: str, secret: str, when: int, *, typing: bool) -> None:
        self.number, self.typing = number, typing
        self.line: Line
        self.posted: list[Posted] = []
        self._path, self._headers = f"/telegram/{account}", f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
        self._when = when
        self._news: asyncio.Queue[Message] = asyncio.Queue()
        self._chance = random.Random(number)
        names = {"first_name": "Anna", "last_name": "Kowalska", "username": f"anna{number}"}
        self._user = {"id": number, "is_bot": False, **names, "language_code": "en"}
        self._chat = {"id": number, **names, "type": "private"}

    async def write(self, text: str) -> Message:
        """Writes, and reads the answer."""
        message = {"message_id": self._next, "from": self._user, "chat": self._chat, "date": self._when, "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        await self._post({"update_id": self._next, "message": message})
        return await self.read()

    async def press(self, message: Message, button: Message) -> Message:
        """Presses a button under a message, and reads the answer."""
        query = {"id": str(self._next), "from": self._user, "message": message, "chat_instance": "1"}
        await self._post({"update_id": self._next, "callback_query": {**query, "data": button["callback_data"]}})
        return await self.read()

    async def choose(self, message: Message, label: str, words: str) -> Message:
        """Presses the button of that label, or types the words."""
        if self.typing:
            return await self.write(words)
        return await self.press(message, next(one for one in buttons(message) if one["text"] == label))

    async def read(self) -> Message:
        """The next message from the bot. Raises TimeoutError where none comes."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._news.get()
        except TimeoutError:
            raise TimeoutError(f"no answer to {self.posted[-1].body.decode()}") from None

    def hear(self, message: Message) -> None:
        """A message comes."""
        self._news.put_nowait(message)

    def any_of(self, choices: list[Message]) -> str:
        """One of these buttons' labels."""
        return str(self._chance.choice(choices)["text"])

    @property
    def _next(self) -> int:
        """The number of the next update: no two are the same."""
        return self.number * 1000 + len(self.posted) + 1

    async def _post(self, update: Message) -> None:
        posted = Posted(self._next, self._path, self._headers, json.dumps(update).encode())
        self.posted.append(posted)
        await asyncio.sleep(PAUSE)
        await self.line.post(posted.path, posted.headers, posted.body)


def buttons(message: Message) -> list[Message]:
    """The buttons under a message."""
    return [one for row in message["reply_markup"]["inline_keyboard"] for one in row]


async def books(me: Customer) -> None:
    """Books an appointment: seven updates, and one more for each time that somebody else was quicker."""
    said = await me.write("/book")
    for _ in range(MOST_QUESTIONS):
        text = said["text"]
        if "You're booked" in text:
            await me.read()  # the invitation
            return
        said = await answered(me, said, text)
    raise RuntimeError("a booking finds no end")


async def answered(me: Customer, said: Message, text: str) -> Message:
    """The answer to a question of the booking."""
    if "What would you like to book?" in text:
        return await me.choose(said, SERVICE, SERVICE.lower())
    if "Which day suits you?" in text:
        shown = buttons(said)
        month = next(one["text"] for one in shown if one["text"].split()[-1].isdigit() and len(one["text"]) > 6)
        day = me.any_of([one for one in shown if one["text"].isdigit()])
        return await me.choose(said, day, f"{day} {month.split()[0]}")
    if "what time suits you?" in text:
        time = me.any_of([one for one in buttons(said) if ":" in one["text"]])
        return await me.choose(said, time, time)
    if "What name" in text:
        return await me.write(name_of(me.number))
    if "On which number" in text:
        return await me.write(phone_of(me.number))
    if "Shall I book it?" in text:
        return await me.choose(said, "Yes, book it", "yes")
    raise RuntimeError(f"the booking has an unexpected turn: {text}")


async def looks_up(me: Customer) -> None:
    """Asks what can be done here, then how an order stands: four updates."""
    await me.write("/help")
    await me.write("/order")
    await me.write(ORDER)
    said = await me.write(PHONE)
    if ORDER not in said["text"]:
        raise RuntimeError(f"the order is not told: {said['text']}")
