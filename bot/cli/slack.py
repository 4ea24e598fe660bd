"""``slack manifest``: what makes a client's Slack app."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.cli.operate import fail, read, settings, the_client

app = typer.Typer(help="The clients' workspaces in Slack.", no_args_is_help=True)


@app.command()
def manifest(client: Annotated[str, typer.Option(help="The client's slug.")]) -> None:
    """Print the manifest of a client's app: paste it at https://api.slack.com/apps under "From a manifest"."""
    from bot import i18n
    from bot.channels.slack.manifest import manifest as made
    from storage.clients import accounts

    i18n.load()
    found = read(lambda rows: the_client(rows, client))
    account = next((one for one in read(lambda rows: accounts(rows, "slack")) if one.client_id == found.id), None)
    if account is None:
        raise fail(f"{client} has no Slack account: name one under [slack] in its file, and load it.")
    typer.echo(json.dumps(made(found, account.name, settings().public_url), ensure_ascii=False, indent=2))
