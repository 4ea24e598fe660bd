"""``desk``: the human half, until she has her inbox."""

from __future__ import annotations

import typer

app = typer.Typer(help="What the desk does: tickets, replies, decisions.", no_args_is_help=True)


@app.callback()
def desk() -> None:
    """What the desk does."""
