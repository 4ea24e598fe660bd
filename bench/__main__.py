"""Everything in one run: the road of an update on both databases beside the floor, then free slots."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import Final

from bench import slots
from bench.customers import Script, books, looks_up
from bench.road import Cost, of_floor, of_house, postgres, sqlite_file

SCRIPTS: Final[dict[str, tuple[Script, float]]] = {
    "Booking: /book, service, day, time, name, phone, yes": (books, 1.0),
    "Looking up: /help, /order, its number, the phone": (looks_up, 1.5),
}
"""What customers do, and how many of them come for each one asked for."""


async def road(title: str, script: Script, customers: int, *, with_postgres: bool) -> None:
    """Measures one script everywhere, and prints its part of the table."""
    with sqlite_file() as url:
        ours, visits = await of_house(url, script, customers)
    floor = await of_floor(visits, "de_json")
    bare = await of_floor(visits, "json.loads")
    print(f"\n{title}")
    print(f"  {ours.updates} updates; {ours.calls / ours.updates:.1f} calls of the Bot API each")
    print(
        f"  {'':34}{'CPU ms':>8}{'updates':>10}{'of the':>9}{'of json':>9}\n"
        f"  {'':34}{'/update':>8}{'/CPU s':>10}{'floor':>9}{'floor':>9}"
    )
    line("floor: de_json, raw sqlite3", floor, floor, bare)
    line("floor: json.loads, raw sqlite3", bare, floor, bare)
    line("Centralino on SQLite", ours, floor, bare)
    if with_postgres:
        with postgres() as (url, pid):
            there, _ = await of_house(url, script, customers, pid)
        line("Centralino on PostgreSQL", there, floor, bare)
        print(f"  {'  (its server, not counted above)':34}{there.server / there.updates * 1000:>8.2f}")


def line(name: str, cost: Cost, floor: Cost, bare: Cost) -> None:
    """One line of the table."""
    ratios = f"{floor.each / cost.each:>9.2f}{bare.each / cost.each:>9.2f}"
    print(f"  {name:34}{cost.each:>8.2f}{1000 / cost.each:>10.0f}{ratios}", flush=True)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--customers", type=int, default=1000, help="who book (default: %(default)s)")
    parser.add_argument("--script", choices=["books", "looks_up"], help="this one alone")
    parser.add_argument("--no-postgres", action="store_true", help="leave PostgreSQL out")
    options = parser.parse_args()
    if sys.dont_write_bytecode:
        print("Python writes no bytecode here (PYTHONDONTWRITEBYTECODE): starts are slower, turns are not.")
    for title, (script, share) in SCRIPTS.items():
        if options.script in {None, script.__name__}:
            customers = round(options.customers * share)
            asyncio.run(road(title, script, customers, with_postgres=not options.no_postgres))
    if options.script is None:
        print("\nFree slots")
        slots.main()


if __name__ == "__main__":
    main()
