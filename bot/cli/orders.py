"""``orders import | set``: how a client's orders stand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.operate import act, fail, read, the_client

app = typer.Typer(help="A client's orders.", no_args_is_help=True)

Client = Annotated[str, typer.Option("--client", help="The client's slug.")]


@app.command("import")
def import_orders(
    file: Annotated[Path, typer.Argument(help="A CSV file; docs/orders.md says its columns.", exists=True)],
    client: Client,
) -> None:
    """Take orders from a CSV file: a bad line is named, and then nothing of the file is taken."""
    from bot.office.order_file import BadOrders, read_orders, slices

    try:
        lines = read_orders(file.read_bytes(), file.name, read(lambda rows: the_client(rows, client)))
    except BadOrders as error:
        raise fail(*error.faults, "Nothing was taken.") from None
    total: Counter[str] = Counter()
    for portion in slices(lines):
        answer: Any = act("import_orders", {"orders": portion}, client)
        total.update(answer)
    taken = f"{total['added']} added, {total['changed']} changed, {total['same']} as before."
    typer.echo(f"{taken} Customers told: {total['told']}.")


@app.command("set")
def set_order(
    number: str,
    status: Annotated[
        str, typer.Argument(help="requested, accepted, in_progress, ready, shipped, delivered or cancelled.")
    ],
    client: Client,
    expected: Annotated[str, typer.Option(help="The expected date, like 2026-11-26.")] = "",
    note: Annotated[str, typer.Option(help="A word for the customer.")] = "",
) -> None:
    """Set how an order stands; who asked to be told is told."""
    data = {"number": number, "status": status, "expected": expected or None, "note": note or None}
    answer = act("set_order", data, client)
    typer.echo(f"Order {answer['number']}: {answer['status']}. Customers told: {answer['told']}.")
