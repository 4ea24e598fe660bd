"""Where a turn's CPU goes: a booking by buttons, its turns one after another in one thread, without any network.

``python -m bench.turns`` prints what each step takes; ``--profile`` also the functions that take most of it.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection

from bench.customers import SERVICE, name_of, phone_of
from bench.house import CLIENTS, MONDAY, prepare
from bench.road import sqlite_file
from bot.app import load_words
from bot.cli.house import settle_down
from bot.delivery.marks import Ended, Room, step
from bot.outcome import Sent
from bot.turn import Door
from bot.update import Face, Kind, Thread, Update, Writer
from storage.database import open_database
from storage.jobs import Claimed

WARMING: Final = 40
"""Customers who book before anything is counted."""


class Booker:
    """Somebody who books: ``steps`` are her updates, made from what she was told last."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.thread = Thread("telegram", f"bikes-{number % CLIENTS + 1}", str(number + 100))
        self.told: tuple[int, Any] = (0, {})
        self._chance = random.Random(number)

    def steps(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What each step is called, and the fields of its update."""
        yield "/book", {"kind": Kind.COMMAND, "name": "book"}
        while "You're booked" not in (text := self.told[1]["text"]):
            if "What name" in text:
                yield "name, in words", {"kind": Kind.TEXT, "text": name_of(self.number)}
            elif "On which number" in text:
                yield "phone, in words", {"kind": Kind.TEXT, "text": phone_of(self.number)}
            else:
                yield self._press(text)

    def _press(self, text: str) -> tuple[str, dict[str, Any]]:
        """A press of one of the buttons that were shown."""
        buttons = [button for row in self.told[1]["keyboard"] for button in row]
        for asked, name, fits in (
            ("What would you like", "service", lambda label: label == SERVICE),
            ("Which day", "day", str.isdigit),
            ("what time", "time", lambda label: ":" in label),
            ("Shall I book", "yes", lambda label: label.startswith("Yes")),
        ):
            if asked in text:
                label, key, _asks = self._chance.choice([one for one in buttons if fits(one[0])])
                return name, {"kind": Kind.PRESS, "name": key, "text": label, "message": str(self.told[0])}
        raise RuntimeError(f"the booking has an unexpected turn: {text}")


class Turns:
    """The turns of those who book, and the CPU seconds that each step took."""

    def __init__(self, url: str, profile: cProfile.Profile | None) -> None:
        self.database = open_database(url)
        self.took: defaultdict[str, list[float]] = defaultdict(list)
        self._door = Door(self.database, lambda: MONDAY)
        self._profile = profile
        self._updates = self._sent = 0

    async def book(self, one: Booker, *, counted: bool) -> None:
        """One customer's booking, from its first word to its last."""
        for name, fields in one.steps():
            self._updates += 1
            number = str(self._updates)
            update = Update(
                id=number,
                channel=one.thread.channel,
                account=one.thread.account,
                face=Face.CUSTOMER,
                target=one.thread,
                at=MONDAY,
                writer=Writer(one.thread.address, name_of(one.number), "en"),
                **{"message": number, **fields},
            )
            took = await self.database.transact(lambda write, update=update: self._turn(write, update, counted))  # type: ignore[misc]
            if counted:
                self.took[name].append(took)
            for sent, job in await self.database.transact(self._deliver):
                if job.kind == "send":
                    one.told = sent, job.payload

    def _turn(self, write: Connection, update: Update, counted: bool) -> float:
        """Takes an update, and gives the seconds of CPU that it took."""
        if self._profile is not None and counted:
            self._profile.enable()
        began = time.thread_time()
        self._door._turn(write, update)
        took = time.thread_time() - began
        if self._profile is not None:
            self._profile.disable()
        return took

    def _deliver(self, write: Connection) -> list[tuple[int, Claimed]]:
        """Marks everything as sent that is to be sent, and gives it by the network's ids."""
        sent: list[tuple[int, Claimed]] = []
        ended: list[Ended] = []
        while claimed := step(write, ended, MONDAY, Room(100, 100), None)[0]:
            ended = []
            for job in claimed:
                self._sent += 1
                sent.append((self._sent, job))
                ended.append(Ended(job, Sent(str(self._sent), None)))
        return sent


async def measure(customers: int, profile: cProfile.Profile | None) -> None:
    """Lets so many book, and prints what each step took."""
    with sqlite_file() as url:
        await prepare(url)
        load_words()
        turns = Turns(url, profile)
        for number in range(WARMING):
            await turns.book(Booker(number), counted=False)
        settle_down()
        for number in range(WARMING, WARMING + customers):
            await turns.book(Booker(number), counted=True)
        await turns.database.close()
    print(f"{'ms of CPU a turn':20}{'median':>8}{'best':>8}")
    for name, took in turns.took.items():
        print(f"{name:20}{statistics.median(took) * 1000:>8.2f}{min(took) * 1000:>8.2f}")
    each = [seconds for took in turns.took.values() for seconds in took]
    print(f"{'all':20}{statistics.mean(each) * 1000:>8.2f} on the average")


def main() -> None:
    """Prints the table, and with ``--profile`` where the time went."""
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description=__doc__)
    parser.add_argument("--customers", type=int, default=200, help="who book (default: %(default)s)")
    parser.add_argument("--profile", type=int, default=0, metavar="LINES", help="so many lines of a profile too")
    options = parser.parse_args()
    profile = cProfile.Profile() if options.profile else None
    asyncio.run(measure(options.customers, profile))
    if profile is not None:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(options.profile)


if __name__ == "__main__":
    main()
