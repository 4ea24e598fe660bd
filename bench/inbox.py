"""The inbox over a full database: what its pages ask of SQLite, and how soon what is written is on the screen.

Run ``python -m bench.inbox`` (``--messages 1000000 --tickets 100000`` by default; about two minutes). The first part
is the time of the queries alone, the best and the median of many; the second the time from the answer to the network,
which comes after the commit, to the page fetched anew by a browser that listens.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final

import aiohttp
from sqlalchemy import Connection, create_engine

from bench.house import CLIENTS, MONDAY, house, prepare
from bot.channels.telegram.webhook import HEADER
from bot.inbox.guard import COOKIE
from bot.inbox.her import Her, digest_of, find
from bot.inbox.queue import View, listed
from bot.inbox.ticket import opened
from bot.reading import findable, findable_person, fold
from bot.reading.finding import wanted
from storage import found, queue, sessions, staff
from storage.types import micros

SECRET: Final = "bench-session"  # noqa: S105  opens nothing but a database that lives for this run
OPEN: Final = 200
"""Tickets that are open at once."""
ROUNDS: Final = 200
TALK: Final = """czy można przyjść jutro o piątej z psem dziękuję proszę grazie buongiorno vorrei spostare appuntamento
hello is my bike ready please call me back tomorrow morning when do you open rower gotowy na kiedy cena prezzo"""
WORDS: Final = TALK.split()
NAMES: Final = ("Anna", "Łucja", "Piotr", "Giulia", "Emma", "Conor", "Żaneta", "Niccolò")


# --- a full database --------------------------------------------------------------------------------------------------


def fill(path: Path, messages: int, tickets: int) -> None:
    """Writes customers with their talks, messages and tickets, by raw sqlite3."""
    dice, each = random.Random(7), max(messages // 20, 1)
    driver = sqlite3.connect(path)
    driver.execute("PRAGMA synchronous=OFF")
    clients = [row[0] for row in driver.execute("SELECT id FROM client ORDER BY id")]
    driver.executemany(
        "INSERT INTO customer (id, client_id, name, phone, email, language, verified_by, reminders, folded, created_at)"
        " VALUES (?, ?, ?, ?, '', 'pl', '', 1, ?, 0)",
        (person(number, clients, dice) for number in range(1, each + 1)),
    )
    driver.executemany(
        "INSERT INTO thread (id, client_id, customer_id, channel, account, address, writer, reachable, created_at)"
        " VALUES (?, ?, ?, 'telegram', 'bench', ?, 'Anna', 1, 0)",
        ((number, clients[number % len(clients)], number, str(number)) for number in range(1, each + 1)),
    )
    driver.executemany(
        "INSERT INTO conversation (id, client_id, customer_id, thread_id, holder, epoch, language, puts, puzzled,"
        " last_text) VALUES (?, ?, ?, ?, 'bot', 0, 'pl', 0, 0, '')",
        ((number, clients[number % len(clients)], number, number) for number in range(1, each + 1)),
    )
    driver.executemany(
        "INSERT INTO message (client_id, conversation_id, by, audience, text, folded, pressed, state, epoch, at)"
        " VALUES (?, ?, ?, 'customer', ?, ?, '', '', 0, ?)",
        (said(number, each, clients, dice) for number in range(messages)),
    )
    driver.executemany(
        "INSERT INTO ticket (client_id, number, kind, state, urgent, customer_id, conversation_id, subject, data,"
        " opened_at, due_at, done_at, outcome) VALUES (?, ?, 'chat', ?, ?, ?, ?, '', '{}', ?, ?, ?, '')",
        (a_ticket(number, tickets, each, clients) for number in range(tickets)),
    )
    driver.commit()
    driver.execute("ANALYZE")
    driver.close()


def person(number: int, clients: list[int], dice: random.Random) -> tuple[Any, ...]:
    """The row of a customer."""
    name, phone = f"{dice.choice(NAMES)} {dice.choice(WORDS).title()}", f"+48{600000000 + number}"
    return number, clients[number % len(clients)], name, phone, findable_person(name, phone)


def said(number: int, each: int, clients: list[int], dice: random.Random) -> tuple[Any, ...]:
    """The row of a message: every other one is the bot's."""
    talk, ours = number % each + 1, number // each % 2 == 1
    text = " ".join(dice.choices(WORDS, k=7)) + (" xylophone" if number % 100_000 == 77 else "")
    at = micros(MONDAY) - 1_000_000 * (1_000_000 - number)
    return clients[talk % len(clients)], talk, "bot" if ours else "customer", text, "" if ours else findable(text), at


def a_ticket(number: int, tickets: int, each: int, clients: list[int]) -> tuple[Any, ...]:
    """The row of a ticket: the last ones are open."""
    talk, is_open = number % each + 1, number >= tickets - OPEN
    at = MONDAY - timedelta(minutes=tickets - number)
    due = (MONDAY + timedelta(minutes=number % 300)) if is_open else None
    done = None if is_open else text_of(at + timedelta(minutes=20))
    client = clients[talk % len(clients)]
    due_at = text_of(due) if due else None
    return client, 2000 + number, "open" if is_open else "done", number % 50 == 0, talk, talk, text_of(at), due_at, done


def text_of(at: datetime) -> str:
    """A moment as SQLite's columns of SQLAlchemy hold it."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


# --- queries ----------------------------------------------------------------------------------------------------------


def queries(rows: Connection, who: Her) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What the pages ask, each by its name."""
    first = queue.open_tickets(rows, who.clients, MONDAY)[0]
    yield "queue: its one query", lambda: queue.open_tickets(rows, who.clients, MONDAY)
    yield "queue: the whole list, worked out", lambda: listed(rows, who, View(), MONDAY)
    yield "done: the last hundred", lambda: listed(rows, who, View("done"), MONDAY)
    client = who.clients[first.client_id]
    yield "ticket: talk, card, notes", lambda: opened(rows, who, client, first.number, MONDAY, None, "")
    for words in ("xylophone", "piatej z psem", "łucja przy", "600 012 345", "2001"):
        yield f"search: {words}", lambda words=words: found.find(rows, who.clients, fold(words), wanted(words), 50)  # type: ignore[misc]


def measure(path: Path) -> None:
    """Prints the best and the median of each."""
    engine = create_engine(f"sqlite:///{path}")
    print(f"  {'':40}{'best':>8}{'median':>10}")
    with engine.connect() as rows:
        who = find(rows, SECRET, MONDAY)
        assert who is not None
        for name, ask in queries(rows, who):
            found = []
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                ask()
                found.append(time.perf_counter() - begun)
            print(f"  {name:40}{min(found) * 1000:>8.2f}{median(found) * 1000:>10.2f} ms", flush=True)
    engine.dispose()


# --- the screen -------------------------------------------------------------------------------------------------------


async def screen(url: str) -> None:
    """Prints how soon a customer's words are on the page of somebody who looks at the queue."""
    logging.disable(logging.WARNING)  # nobody listens there: the bots are not presented, and nothing is sent
    async with house(url, "http://127.0.0.1:9") as there, aiohttp.ClientSession(cookies={COOKIE: SECRET}) as browser:
        told, shown = [], []
        async with browser.get(f"{there['url']}/inbox/stream") as stream:
            assert stream.status == 200
            await heard(stream, b"ready")
            for number in range(1, 31):
                posted = await post(browser, there, number)
                await heard(stream, b"changed")
                told.append(time.perf_counter() - posted)
                async with browser.get(f"{there['url']}/inbox/", headers={"X-Again": "1"}) as page:
                    await page.read()
                shown.append(time.perf_counter() - posted)
        print(f"  {'from commit to the page being told':40}{min(told) * 1000:>8.2f}{median(told) * 1000:>10.2f} ms")
        print(f"  {'from commit to the page fetched anew':40}{min(shown) * 1000:>8.2f}{median(shown) * 1000:>10.2f} ms")


async def post(browser: aiohttp.ClientSession, there: Any, number: int) -> float:
    """A customer asks for a person; gives when that was answered, after the commit."""
    account = f"bikes-{number % CLIENTS + 1}"
    person = {"id": 9_000 + number, "first_name": "Anna", "is_bot": False, "language_code": "en"}
    chat = {"id": 9_000 + number, "type": "private", "first_name": "Anna"}
    message = {"message_id": number, "date": 1_700_000_000, "chat": chat, "from": person, "text": "/human"}
    message["entities"] = [{"type": "bot_command", "offset": 0, "length": 6}]
    body, headers = {"update_id": number, "message": message}, {HEADER: there["secrets"][account]}
    async with browser.post(f"{there['url']}/telegram/{account}", json=body, headers=headers) as answer:
        assert answer.status == 200
    return time.perf_counter()


async def heard(stream: aiohttp.ClientResponse, event: bytes) -> None:
    """Waits for an event of the stream."""
    while (line := await stream.content.readline()).strip() != b"event: " + event:
        assert line


async def main(messages: int, tickets: int) -> None:
    """Fills, and measures."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        path = Path(folder) / "bench.db"
        await prepare(url)
        begun = time.perf_counter()
        fill(path, messages, tickets)
        engine = create_engine(url)
        with engine.begin() as write:
            member = staff.add(write, "Bench", "it", "Europe/Rome", "va", "")
            for row in write.exec_driver_sql("SELECT id FROM client").all():
                staff.give(write, member, row[0])
            sessions.begin(write, digest_of(SECRET), member, "bench", MONDAY)
        engine.dispose()
        took = time.perf_counter() - begun
        print(f"{messages:,} messages, {tickets:,} tickets, {CLIENTS} clients; filled in {took:.0f} s")
        measure(path)
        await screen(url)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.inbox", description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--tickets", type=int, default=100_000)
    chosen = parser.parse_args()
    asyncio.run(main(chosen.messages, chosen.tickets))
