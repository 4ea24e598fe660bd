"""Everything in one run: the road of an update on both databases beside the floor, then free slots."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from bench import slots
from bench.customers import Script, books, looks_up
from bench.floor import READERS
from bench.road import Cost, of_floor, of_house, postgres, sqlite_file


@dataclass(frozen=True, slots=True)
class Play:
    """What customers do, whether in words alone, and how many of them come for each one asked for."""

    title: str
    script: Script
    share: float = 1.0
    typing: bool = False


PLAYS: Final = {
    "books": Play("Booking by buttons: /book, service, day, time, then name and phone in words, yes", books),
    "writes": Play("Booking in words alone", books, typing=True),
    "looks_up": Play("Looking up: /help, /order, its number, the phone", looks_up, 1.5, typing=True),
}


async def road(play: Play, customers: int, rounds: int, *, with_postgres: bool) -> None:
    """Measures one script everywhere, in turns, and prints its part of the table from the best of each."""
    costs: defaultdict[str, list[Cost]] = defaultdict(list)
    for _ in range(rounds):
        with sqlite_file() as url:
            cost, visits = await of_house(url, play.script, customers, typing=play.typing)
        costs["Centralino on SQLite"].append(cost)
        for reader in READERS:
            with sqlite_file() as url:
                costs[f"floor: {reader}, raw sqlite3"].append(await of_floor(url, visits, reader))
        if with_postgres:
            with postgres() as (url, pid):
                cost, visits = await of_house(url, play.script, customers, pid, typing=play.typing)
                costs["Centralino on PostgreSQL"].append(cost)
            with postgres() as (url, pid):
                costs["floor: de_json, raw psycopg"].append(await of_floor(url, visits, "de_json", pid))
    best = {name: min(found, key=lambda cost: cost.each) for name, found in costs.items()}
    floor, bare = (best[f"floor: {reader}, raw sqlite3"] for reader in READERS)
    ours = best["Centralino on SQLite"]
    print(f"\n{play.title}\n  {ours.updates} updates, {ours.calls / ours.updates:.1f} calls of the Bot API each")
    print(f"  {'':34}{'CPU ms':>8}{'updates':>10}{'of the':>9}{'of json':>9}")
    print(f"  {'':34}{'/update':>8}{'/CPU s':>10}{'floor':>9}{'floor':>9}")
    for name, cost in sorted(best.items(), key=lambda one: one[1].each):
        line(name, cost, floor, bare)
        if cost.server:
            print(f"  {'  (its server, not counted above)':34}{cost.server / cost.updates * 1000:>8.2f}")


def line(name: str, cost: Cost, floor: Cost, bare: Cost) -> None:
    """One line of the table."""
    ratios = f"{floor.each / cost.each:>9.2f}{bare.each / cost.each:>9.2f}"
    print(f"  {name:34}{cost.each:>8.2f}{1000 / cost.each:>10.0f}{ratios}", flush=True)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--customers", type=int, default=700, help="who book (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=2, help="how often; the best counts (default: %(default)s)")
    parser.add_argument("--script", choices=[*PLAYS], help="this one alone")
    parser.add_argument("--no-postgres", action="store_true", help="leave PostgreSQL out")
    options = parser.parse_args()
    if sys.dont_write_bytecode:
        print("Python writes no bytecode here (PYTHONDONTWRITEBYTECODE): starts are slower, turns are not.")
    for name, play in PLAYS.items():
        if options.script in {None, name}:
            customers = round(options.customers * play.share)
            asyncio.run(road(play, customers, options.rounds, with_postgres=not options.no_postgres))
    if options.script is None:
        print("\nFree slots")
        slots.main()


if __name__ == "__main__":
    main()
