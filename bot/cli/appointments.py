"""``appointments import``: a client's agenda as it exists on day one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.operate import act, fail, now, read, the_client

app = typer.Typer(help="A client's appointments.", no_args_is_help=True)


@app.callback()
def appointments() -> None:
    """A client's appointments."""


@app.command("import")
def import_appointments(
    file: Annotated[Path, typer.Argument(help="A CSV file; docs/appointments.md says its columns.", exists=True)],
    client: Annotated[str, typer.Option("--client", help="The client's slug.")],
) -> None:
    """Take appointments from a CSV file: a bad line is named, and then nothing of the file is taken."""
    from bot.office.agenda_file import read_agenda, starts_at
    from bot.office.agenda_import import clashes
    from bot.office.order_file import BadOrders, slices

    whose = read(lambda rows: the_client(rows, client))
    try:
        lines = read_agenda(file.read_bytes(), file.name, whose)
    except BadOrders as error:
        raise fail(*error.faults, "Nothing was taken.") from None
    coming = [line for line in lines if starts_at(line, whose) >= now()]
    faults = read(lambda rows: clashes(rows, whose, coming, now()))
    if faults:
        raise fail(*(f"{file.name}: {fault}" for fault in faults), "Nothing was taken.")
    total: Counter[str] = Counter()
    for portion in slices(coming):
        answer: Any = act("import_appointments", {"appointments": portion}, client)
        total.update(answer)
    past = len(lines) - len(coming)
    typer.echo(f"{total['added']} added, {total['same']} as before, {past} already past and left out.")
