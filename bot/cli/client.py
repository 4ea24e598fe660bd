"""``client load | show | list | link``: the businesses we answer for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operate import act, fail, plainly, read, settings

app = typer.Typer(help="The businesses we answer for.", no_args_is_help=True)


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="A client file, like those in examples/.", exists=True, dir_okay=False)],
    overwrite: Annotated[bool, typer.Option(help="Also what was changed elsewhere since the last load.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Only show what would change.")] = False,
    token: Annotated[str, typer.Option(help="The Telegram bot's token, instead of the variable the file names.")] = "",
) -> None:
    """Create or update one client from a file; loading it twice changes nothing."""
    from bot.cli.files import loading
    from bot.office.client_file import BadFile

    try:
        with plainly("Its secrets can't be kept"):
            content, sealed = loading(file, settings(), token)
    except BadFile as error:
        raise fail(*error.faults) from None
    answer = act("load_client", {"content": content, "sealed": sealed, "overwrite": overwrite, "dry_run": dry_run})
    for line in answer.get("notes", ()):
        typer.secho(line, fg="yellow")
    for line in answer.get("lines", ()):
        typer.echo(line)
    if not answer.get("lines"):
        typer.echo("Nothing changed.")


@app.command()
def show(slug: str) -> None:
    """Print a client's present state as a client file."""
    from bot.office import clients

    try:
        typer.echo(read(lambda rows: clients.show(rows, slug)))
    except clients.CannotLoad as error:
        raise fail(str(error)) from None


@app.command()
def link(slug: str, contact: Annotated[str, typer.Argument(help="The contact's key in the client file.")]) -> None:
    """Make a code by which a client's contact gets messages on her own Telegram."""
    from bot.cli.linking import new_link

    new_link({"contact": contact}, slug)


@app.command("list")
def all_of_them() -> None:
    """List the clients."""
    from storage.clients import accounts, all_clients

    named = read(lambda rows: (all_clients(rows), accounts(rows)))
    for client in named[0]:
        where = ", ".join(f"{one.channel} {one.name}" for one in named[1] if one.client_id == client.id)
        typer.echo(f"{client.slug:20} {client.name:32} {'/'.join(client.languages):9} {where or 'no account'}")
