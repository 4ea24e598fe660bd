"""The rows that an update leaves behind, written by raw drivers: the part of the floor that is a database."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, Final, NamedTuple

import psycopg
from psycopg.types.numeric import Int8Dumper

THREADS: Final = 8
"""How many write on PostgreSQL, as in the house."""
BATCH: Final = 200
"""How many units of work share a commit, as in the house."""
AWAITING: Final = json.dumps({"ask": "slot", "token": 3, "keys": [["value", {"at": "x" * 25, "resource": 1}]] * 12})
DIALOGS: Final = json.dumps([{"dialog": "book", "answers": [["service", "puncture repair", "puncture", "x" * 32]] * 2}])
ACTS: Final = tuple(
    json.dumps({"name": name, "data": {"appointment": 1, "sequence": 0}, "target": {"client": 1}})
    for name in ("hold_lapsed", "remind", "visited")
)
LATER: Final = 19_000_000_000
"""Microseconds after which the clock acts."""


class Heard(NamedTuple):
    """What the floor needs of an update: its number, the chat, the text, and the message that was pressed."""

    number: int
    chat: int
    text: str
    pressed: str


class Said(NamedTuple):
    """A call that the house made for the same update: the method, the text in it, and the body with its type."""

    method: str
    text: str
    body: bytes
    type: str


class Recorded(NamedTuple):
    """What the house made of an update: the words by which it is searched for, and the calls."""

    words: str
    calls: list[Said]

    @property
    def books(self) -> bool:
        """Whether an appointment came of it, which goes out as a calendar file."""
        return any(one.method == "sendDocument" for one in self.calls)


UPDATE: Final = (
    "INSERT INTO updates"
    " (channel, account, id, face, kind, name, actor, target, conversation_id, client_id, result, at)"
    " VALUES ('telegram', ?, ?, 'customer', 'text', '', ?, ?, ?, ?, 'answered', ?) ON CONFLICT DO NOTHING"
)
TALK: Final = (
    "SELECT conversation.id, conversation.customer_id, conversation.*, thread.reachable, customer.name, customer.phone,"
    " client.version FROM conversation"
    " JOIN thread ON thread.id = conversation.thread_id JOIN customer ON customer.id = conversation.customer_id"
    " JOIN client ON client.id = conversation.client_id"
    " WHERE thread.channel = 'telegram' AND thread.account = ? AND thread.address = ? AND ended_at IS NULL"
)
CUSTOMER: Final = (
    "INSERT INTO customer (client_id, name, phone, email, language, verified_by, reminders, folded, created_at)"
    " VALUES (?, '', '', '', '', '', TRUE, 'anna kowalska', 1795424400000000) RETURNING id"
)
KNOWN: Final = (
    "UPDATE customer SET name = 'Anna Kowalska', phone = '+35312345678', email = '',"
    " folded = 'anna kowalska 35312345678 12345678 r87654321353' WHERE id = ?"
)
APPOINTMENT: Final = (
    "INSERT INTO appointment (client_id, customer_id, service_id, resource_id, seat, starts_at, ends_at, blocked_from,"
    " blocked_to, status, uid, sequence, code, name, for_whom, note, held_by, held_until, waived, created_at)"
    " VALUES (?, ?, ?, ?, ?, '2026-11-23 16:15:00.000000', '2026-11-23 16:35:00.000000', 29924175, 29924205, 'held',"
    " ?, 0, ?, '', '', '', ?, '2026-11-23 09:10:00.000000', '', '2026-11-23 09:00:00.000000') RETURNING id"
)
BOOKED: Final = (
    "UPDATE appointment SET status = 'booked', name = 'Anna Kowalska', held_by = NULL, held_until = NULL"
    " WHERE id = ? AND status = 'held'"
)
THREAD: Final = (
    "INSERT INTO thread (client_id, customer_id, channel, account, address, writer, reachable, created_at)"
    " VALUES (?, ?, 'telegram', ?, ?, 'Anna Kowalska', TRUE, 1795424400000000) RETURNING id"
)
CONVERSATION: Final = (
    "INSERT INTO conversation (client_id, customer_id, thread_id, holder, epoch, language, puts, puzzled, last_text)"
    " VALUES (?, ?, ?, 'bot', 0, 'en', 0, 0, '') RETURNING id"
)
MESSAGE: Final = (
    "INSERT INTO message"
    " (client_id, conversation_id, by, audience, text, folded, parts, pressed, state, external_id, epoch, at)"
    " VALUES (?, ?, ?, 'customer', ?, ?, ?, '', ?, ?, 0, ?) RETURNING id"
)
FIND: Final = "SELECT id, text FROM message WHERE conversation_id = ? AND external_id = ? ORDER BY id DESC LIMIT 1"
REWRITE: Final = "UPDATE message SET text = text || ' chosen', pressed = 'chosen', edited_at = ? WHERE id = ?"
JOB: Final = (
    "INSERT INTO job (client_id, conversation_id, message_id, kind, lane, due_at, attempts, state, payload)"
    " VALUES (?, ?, ?, 'send', ?, ?, 0, 'due', ?) RETURNING id"
)
ACT: Final = (
    "INSERT INTO job (client_id, conversation_id, kind, subject, due_at, attempts, state, payload)"
    " VALUES (?, ?, 'act', ?, ?, 0, 'due', ?) RETURNING id"
)
DROP: Final = "UPDATE job SET state = 'dropped', ended_at = ? WHERE subject = ? AND state = 'due'"
SAVE: Final = (
    "UPDATE conversation SET holder = 'bot', epoch = 0, language = 'en', dialogs = ?, awaiting = ?, puts = puts + 1,"
    " puzzled = 0, last_in_at = ? WHERE id = ?"
)
DONE: Final = "UPDATE job SET state = 'done', ended_at = ? WHERE id = ?"
SENT: Final = "UPDATE message SET state = 'sent', external_id = ? WHERE id = ?"

Written = list[tuple[int, int | None]]
"""The job of each call, and the message it sends."""


class Rows:
    """The hot tables, written by raw statements over the file or the server at a URL. It belongs to one thread."""

    begin = "BEGIN IMMEDIATE"

    def __init__(self, url: str) -> None:
        self.execute: Callable[..., Any]
        if url.startswith("sqlite:///"):
            path = url.removeprefix("sqlite:///")
            driver = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=500)
            driver.execute("PRAGMA synchronous=FULL")
            driver.execute("PRAGMA temp_store=MEMORY")
            driver.execute("PRAGMA foreign_keys=ON")
            self.execute = driver.execute
        else:
            self.begin = "BEGIN"
            self.execute = over_psycopg(url)
        self._clients: dict[str, int] = dict(self.execute("SELECT name, client_id FROM account").fetchall())
        self._seats: dict[int, tuple[int, int]] = {
            client: (service, resource)
            for client, service, resource in self.execute(
                "SELECT service.client_id, min(service.id), min(resource.id) FROM service"
                " JOIN resource ON resource.client_id = service.client_id GROUP BY service.client_id"
            ).fetchall()
        }

    def turn(self, account: str, heard: Heard, recorded: Recorded, calls: list[Said]) -> Written:
        """What one update leaves behind."""
        now, client, chat = time.time_ns() // 1000, self._clients[account], str(heard.chat)
        lane = f"telegram:{account}:{chat}"
        row = self.execute(TALK, (account, chat)).fetchone()
        talk, customer = (row[0], row[1]) if row is not None else self._meet(client, account, chat)
        if heard.pressed:
            found = self.execute(FIND, (talk, heard.pressed)).fetchone()
            self.execute(REWRITE, (now, found[0] if found is not None else 0))
        else:
            self._one(MESSAGE, client, talk, "customer", heard.text, recorded.words, None, "", str(heard.number), now)
        if recorded.books:
            self._book(client, talk, customer, heard, now)
        written: Written = []
        for call in calls:
            message = None
            if call.method == "sendMessage":
                message = self._one(MESSAGE, client, talk, "bot", call.text, "", "[]", "waiting", None, now)
            written.append((self._one(JOB, client, talk, message, lane, now, call.body.decode()), message))
        self.execute(SAVE, (DIALOGS, AWAITING, now, talk))
        self.execute(UPDATE, (account, str(heard.number), chat, lane, talk, client, now))
        return written

    def mark(self, job: int, message: int | None, external: str) -> None:
        """That a call was made, and what the network calls the message."""
        self.execute(DONE, (time.time_ns() // 1000, job))
        if message is not None:
            self.execute(SENT, (external, message))

    def _meet(self, client: int, account: str, chat: str) -> tuple[int, int]:
        """The conversation and the customer of somebody who writes for the first time."""
        customer = self._one(CUSTOMER, client)
        return self._one(CONVERSATION, client, customer, self._one(THREAD, client, customer, account, chat)), customer

    def _book(self, client: int, talk: int, customer: int, heard: Heard, now: int) -> None:
        """The rows of an appointment that was held and booked, and what the clock will do about it."""
        number = heard.number  # no two stand in one seat
        held = self._one(
            APPOINTMENT, client, customer, *self._seats[client], number, f"{number}@bench", str(number), talk
        )
        subject = f"appointment:{held}"
        self._one(ACT, client, None, subject, now, ACTS[0])
        self.execute(KNOWN, (customer,))
        self.execute(DROP, (now, subject))
        self.execute(BOOKED, (held,))
        for place, payload in ((talk, ACTS[1]), (None, ACTS[2])):
            self._one(ACT, client, place, subject, now + LATER, payload)

    def _one(self, sql: str, *values: Any) -> int:
        return int(self.execute(sql, values).fetchone()[0])


def over_psycopg(url: str) -> Callable[..., Any]:
    """Executes on a connection of psycopg's, by one cursor, every statement prepared at its second use."""
    driver = psycopg.connect(url.replace("+psycopg", ""), autocommit=True, prepare_threshold=1)
    driver.prepared_max = 500
    driver.adapters.register_dumper(int, Int8Dumper)  # else each mixture of sizes is a statement of its own
    cursor, known = driver.cursor(), dict[str, str]()

    def execute(sql: str, values: Any = None) -> Any:
        if sql not in known:
            known[sql] = sql.replace("?", "%s")
        return cursor.execute(known[sql], values)

    return execute


class Writer:
    """Threads that write: on SQLite one, which commits once for all that waits; on PostgreSQL a commit for each."""

    def __init__(self, url: str) -> None:
        alone = url.startswith("sqlite")
        self._batch = BATCH if alone else 1
        self._queue: SimpleQueue[Any] = SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._threads = [threading.Thread(target=self._work, args=(Rows(url),)) for _ in range(1 if alone else THREADS)]
        for thread in self._threads:
            thread.start()

    def write(self, work: Callable[..., Any], *values: Any) -> asyncio.Future[Any]:
        """What the work, a method of Rows, gives, once that is on disk."""
        done: asyncio.Future[Any] = self._loop.create_future()
        self._queue.put((work, values, done))
        return done

    async def end(self) -> None:
        """Finishes what waits."""
        for _thread in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _work(self, rows: Rows) -> None:
        going = True
        while going:
            units = [self._queue.get()]
            try:
                while len(units) < self._batch:
                    units.append(self._queue.get_nowait())
            except Empty:
                pass
            going = units[-1] is not None
            rows.execute(rows.begin)
            results = [(done, work(rows, *values)) for work, values, done in filter(None, units)]
            rows.execute("COMMIT")
            self._loop.call_soon_threadsafe(settle, results)


def settle(results: list[tuple[asyncio.Future[Any], Any]]) -> None:
    """Lets those go on whose work is on disk."""
    for done, result in results:
        done.set_result(result)
