"""``backup | restore``: the whole of an installation on SQLite, in one file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operate import fail, settings

Archive = Annotated[Path, typer.Argument(help="The archive: .tar, or .tar.gz to compress it.")]


def backup(file: Archive) -> None:
    """Save database and files into one archive, while the house is at work."""
    from storage.backup import pack

    found = settings()
    with said_plainly():
        pack(found.database_url, found.folder, file)
    typer.echo(f"Saved to {file}. Keep the key apart from it: without the key nobody can use the tokens in it.")


def restore(file: Archive) -> None:
    """Put back what ``backup`` has saved, where there is no database yet."""
    from storage.backup import unpack

    found = settings()
    with said_plainly():
        unpack(file, found.database_url, found.folder)
    typer.echo("It is back. Put the key in its place, then run `python -m bot migrate` and `python -m bot doctor`.")


@contextmanager
def said_plainly() -> Iterator[None]:
    """Ends the command with the reason where it can't be done."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise fail(str(error)) from None
