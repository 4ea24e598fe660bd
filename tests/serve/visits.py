"""Customers who use every ability to its end, in whichever language; each visit is a chat of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from bot.i18n.catalog import catalog
from bot.i18n.template import template
from bot.values import Msgid
from sandbox.telegram import Message, Person

PHONE: Final = "+393331234567"
PATIENCE: Final = 120
"""Seconds after which a customer tells what she was waiting for."""


def known(msgid: str, language: str) -> str:
    """The longest piece of a message, as it is in a language, that no value changes."""
    pattern = template(Msgid(msgid), language, False).patterns[0]
    piece = max((*(place.before for place in pattern.places), pattern.after), key=len).strip()
    # Or she would wait in vain for what is not said any more.
    assert msgid in catalog("it").texts or not any(map(str.isalpha, piece)), f"nothing says {msgid!r}"
    return piece


class Customer:
    """Somebody who writes in a language; `name` is what she calls herself."""

    def __init__(self, person: Person, language: str, name: str) -> None:
        self.person, self.language, self.name = person, language, name

    async def hears(self, msgid: str) -> Message:
        """The next message that says this. Raises AssertionError, with what was said instead, where nobody says it."""
        words, instead = known(msgid, self.language), []
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while True:
                    event = await self.person.hears()
                    if event.kind == "sent" and event.message is not None:
                        if words in event.message.text:
                            return event.message
                        instead.append(event.message.text)
        raise AssertionError(f"{self.name} waited for {words!r}, and heard {instead}")

    async def gets_file(self, ending: str) -> str:
        """The next file, with this ending: what is in it."""
        while True:
            event = await self.person.hears()
            if event.message is not None and event.message.file is not None:
                assert event.message.file.name.endswith(ending)
                return event.message.file.data.decode()

    def write(self, text: str) -> None:
        self.person.write(text)

    def press(self, message: Message, button: str | int) -> None:
        """Presses the button with this message on it, or the one at this place; taps it where it is no inline one."""
        wanted = button if isinstance(button, int) else known(button, self.language)
        if message.inline:
            self.person.press(message, wanted)
        else:
            self.person.tap(str(wanted))

    async def answers(self, question: str, button: str | int) -> None:
        """Presses a button under the question once it is put."""
        self.press(await self.hears(question), button)

    async def says_who(self, question: str) -> None:
        """Says her name, and shares her number by the button for it."""
        await self.hears(question)
        self.write(self.name)
        await self.hears("On which number can we reach you?")
        self.person.tap(known("Share my number", self.language), phone=PHONE)


async def chooses_time(customer: Customer) -> None:
    """The first time in two days: of today's, the first may be too soon by when she presses it."""
    await customer.hears("Which day suits you? First free day: {first:day}.")
    customer.write({"en": "the day after tomorrow", "it": "dopodomani", "pl": "pojutrze"}[customer.language])
    await customer.answers("{day:day}: what time suits you?", 0)


async def books(customer: Customer) -> None:
    customer.write("/book")
    await chooses_time(customer)
    await customer.says_who("What name shall I put it under?")
    await customer.answers("Let me read it back.", "Yes, book it")
    await customer.hears("You're booked. We'll see you {slot:on}.")
    assert "BEGIN:VEVENT" in await customer.gets_file(".ics")


async def moves(customer: Customer) -> None:
    await books(customer)
    customer.write("/move")
    await chooses_time(customer)
    await customer.answers("Let me read it back.", "Yes, move it")
    await customer.hears("Your appointment is moved. We'll see you {slot:on}.")


async def cancels(customer: Customer) -> None:
    await books(customer)
    customer.write("/cancel")
    await customer.answers("Shall I cancel this appointment?", "Yes, cancel it")
    await customer.hears("Your appointment is cancelled.")
    assert "CANCELLED" in await customer.gets_file(".ics")


async def leaves_a_message(customer: Customer) -> None:
    customer.write("/message")
    await customer.answers("Who is the message for?", "Anyone")
    await customer.hears("What is it about? You can write, or send a voice message or files.")
    customer.write("Ciao, witam, hello & <b>")
    await customer.hears("What's your name?")
    customer.write(customer.name)
    await customer.answers("Where would you like the answer?", "Answer here, in the chat")
    await customer.answers("Let me read it back.", "Yes, pass it on")
    await customer.hears("Noted: message no. {number}.")


async def orders(customer: Customer) -> None:
    customer.write("/buy")
    await customer.answers("What would you like to order?", 0)
    await customer.answers("{item}: how many?", "2")
    await customer.answers("{lines}. Anything else?", "That's all")
    await customer.says_who("What name shall I put the order under?")
    await customer.answers("Let me read it back.", "Yes, order it")
    await customer.answers("Your order is with us. Number: {number}.", "Order status")
    await customer.hears("Status: {status}, {since:date}.")


async def chooses(customer: Customer) -> None:
    """What is said at once, and what is kept of her: help, reminders, a copy of her data, another language."""
    customer.write("/help")
    await customer.hears("Write in your own words, or use these commands:")
    customer.write("/settings")
    await customer.answers("I remind you of your appointments here. Shall I go on with that?", "No reminders")
    await customer.hears("All right, no more reminders. You can have them again at any time: /settings.")
    customer.write("/privacy")
    await customer.answers("What would you like to do?", "A copy of my data")
    assert "/settings" in await customer.gets_file(".json")
    customer.write("/language")
    customer.press(
        await customer.hears("Which language do you prefer?"), {"en": 1, "it": 2, "pl": 0}[customer.language]
    )
    customer.language = {"en": "it", "it": "pl", "pl": "en"}[customer.language]
    await customer.hears("All right, we'll go on in English.")


async def is_in_need(customer: Customer) -> None:
    customer.write({"en": "It is urgent!", "it": "È urgente!", "pl": "To pilne!"}[customer.language])
    said = await customer.person.hears()
    assert said.message is not None and "112" in said.message.text


async def asks_for_a_person(customer: Customer) -> None:
    customer.person.start()
    await customer.hears("I'm the automatic assistant; you can ask for a person at any time.")
    customer.write("/human")
    await customer.hears(
        "I'm passing you to a person, who will answer here {by:by}. "
        "Feel free to write meanwhile; you won't have to repeat anything."
    )


VISITS: Final[dict[str, Callable[[Customer], Coroutine[Any, Any, None]]]] = {
    "Bianca": books,
    "Michał": moves,
    "Carla": cancels,
    "Mia": leaves_a_message,
    "Oscar": orders,
    "Sara": chooses,
    "Ursula": is_in_need,
    "Tomek": asks_for_a_person,
}
"""Who comes in each language, and what for."""
