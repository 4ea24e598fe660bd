"""Customers of three languages are served to the end by the house as a user runs it."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from sandbox.telegram import Telegram
from tests.ports import free_port
from tests.serve.conftest import TOKEN
from tests.serve.house import House
from tests.serve.visits import VISITS, Customer, known

LANGUAGES = ("it", "en", "pl")
ALL: dict[str, Any] = {
    "appointments": [("booked", 6), ("cancelled", 3)],
    "messages": 3,
    "orders": 3,
    "urgent": 3,
    "without reminders": 3,
    "unsent": [],
}
"""What all visits leave behind, and what the bookings alone do."""
BOOKED = dict.fromkeys(ALL, 0) | {"appointments": [("booked", 3)], "unsent": []}


def posted() -> dict[str, str]:
    """The settings by which Telegram posts to us."""
    port = free_port()
    return {"CENTRALINO_LISTEN": f"127.0.0.1:{port}", "CENTRALINO_PUBLIC_URL": f"http://127.0.0.1:{port}"}


async def test_every_ability_runs_to_its_end(telegram: Telegram, on_sqlite: House) -> None:
    on_sqlite.quick = False
    said = await served(telegram, on_sqlite, tuple(VISITS), "it", signal.SIGTERM)
    assert telegram.bots[TOKEN].updates.webhook is None
    presented(telegram)
    assert "Traceback" not in said and TOKEN not in said and "Rossi" not in said
    assert outcome(on_sqlite) == ALL


async def test_so_it_is_by_webhook_on_postgres(telegram: Telegram, on_postgres: House, whole: bool) -> None:
    on_postgres.env |= posted()
    said = await served(telegram, on_postgres, tuple(VISITS) if whole else ("Bianca", "Tomek"), "pl", signal.SIGINT)
    assert telegram.bots[TOKEN].updates.webhook is not None
    presented(telegram)
    assert "Traceback" not in said and TOKEN not in said
    assert outcome(on_postgres) == (ALL if whole else BOOKED)


async def served(
    telegram: Telegram, house: House, names: tuple[str, ...], language: str, number: signal.Signals
) -> str:
    """Lets these customers come, and the Tomek of one language be answered by the desk; gives what the house said."""

    async def visit(name: str, spoken: str) -> None:
        customer = Customer(telegram.person(TOKEN, name, spoken), spoken, f"{name} Rossi")
        await VISITS[name](customer)
        if (name, spoken) == ("Tomek", language):
            await the_desk_answers(house, customer)

    async with house.serving() as process:
        async with asyncio.TaskGroup() as visits:
            for name in names:
                for spoken in LANGUAGES:
                    visits.create_task(visit(name, spoken))
        await telegram.bots[TOKEN].updates.drained()
        assert await process.stop(number) == 0, process.said
    return process.said


async def the_desk_answers(house: House, customer: Customer) -> None:
    """From another process: her ticket is answered and handed back."""
    [(ticket,)] = house.rows(
        "SELECT number FROM ticket JOIN thread ON thread.customer_id = ticket.customer_id WHERE address = :address",
        address=str(customer.person.id),
    )
    await house.run("desk", "reply", str(ticket), "Eccomi, <Anna> & co.", "--by", "Giulia")
    said = await customer.hears("{staff}, {client}:")
    assert said.text == "Giulia, Corner Studio:\nEccomi, <Anna> & co."
    await house.run("desk", "hand-back", str(ticket))
    await customer.hears("The automatic assistant is here again; you can ask for a person at any time.")


def outcome(house: House) -> dict[str, Any]:
    """What the visits have left behind."""
    return {
        "appointments": house.rows("SELECT status, count(*) FROM appointment GROUP BY status ORDER BY status"),
        "messages": house.rows("SELECT count(*) FROM slip")[0][0],
        "orders": house.rows("SELECT count(*) FROM orders")[0][0],
        "urgent": house.rows("SELECT count(*) FROM ticket WHERE urgent")[0][0],
        "without reminders": house.rows("SELECT count(*) FROM customer WHERE NOT reminders")[0][0],
        "unsent": house.rows("SELECT text, state FROM message WHERE \"by\" <> 'customer' AND state <> 'sent'"),
    }


def presented(telegram: Telegram) -> None:
    """The bot has its commands and its descriptions in three languages, and in one for all others."""
    bot = telegram.bots[TOKEN]
    assert {language for _, language in bot.texts} == {"", *LANGUAGES}
    for language in LANGUAGES:
        shown = {one["command"]: one["description"] for one in telegram.person(TOKEN, "Anna", language).commands}
        assert shown["book"] == known("Book an appointment", language)
        assert len(shown) > 10
        short = known("An automatic assistant answers here. You can ask for a person at any time.", language)
        assert short in {text for (_, spoken), text in bot.texts.items() if spoken == language}
