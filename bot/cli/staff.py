"""``staff add | list | give | link``: who works at the desk."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from sqlalchemy import Connection

from bot.cli.operate import act, fail, read
from bot.values import LANGUAGES

app = typer.Typer(help="Who works at the desk.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What customers see: a first name.")],
    language: Annotated[str, typer.Option(help="Of her inbox: it, en or pl.")] = "it",
    timezone: Annotated[str, typer.Option(help="Where she works.")] = "Europe/Rome",
    admin: Annotated[bool, typer.Option(help="She also looks after the others.")] = False,
    client: Annotated[list[str] | None, typer.Option(help="A client she is given; may be said again.")] = None,
) -> None:
    """Let somebody work at the desk, or give her a new password; it is asked for, or read from standard input."""
    from zoneinfo import available_timezones

    from bot.inbox.passwords import hashed

    if language not in LANGUAGES or timezone not in available_timezones():
        raise fail(f"--language is one of {', '.join(LANGUAGES)}, and --timezone one like Europe/Rome.")
    try:
        password = hashed(asked())
    except ValueError as error:
        raise fail(f"That password can't be taken: {error}.") from None
    data = {"name": name, "language": language, "timezone": timezone, "password": password}
    answer = act("add_staff", {**data, "role": "admin" if admin else "va"})
    for slug in client or ():
        act("give_client", {"name": name}, slug)
    typer.echo(f"{name} can log in at /inbox/." if answer["new"] else f"{name} has a new password.")


@app.command("list")
def all_of_them() -> None:
    """List who works at the desk, and for whom."""
    from storage.clients import all_clients
    from storage.staff import everybody, given

    def look(rows: Connection) -> list[str]:
        slugs = {client.id: client.slug for client in all_clients(rows)}
        return [
            f"{one.name:20} {one.role:6} {one.language}  {'' if one.password else '(no password) '}"
            f"{', '.join(slugs[id] for id, _version in given(rows, one.id)) or 'no client'}"
            for one in everybody(rows)
        ]

    for line in read(look):
        typer.echo(line)


@app.command()
def give(
    name: str,
    client: Annotated[str, typer.Argument(help="The client's slug.")],
    away: Annotated[bool, typer.Option(help="Take the client away from her.")] = False,
) -> None:
    """Give a member of the desk a client: she sees no other."""
    answer = act("give_client", {"name": name, "away": away}, client)
    typer.echo(f"{answer['name']} {'no longer works' if away else 'works'} for {client}.")


@app.command()
def link(name: str) -> None:
    """Make a code by which she is alerted on her own Telegram."""
    from bot.cli.linking import new_link

    new_link({"staff": name})


def asked() -> str:
    """A password, asked for twice, or the first line of standard input where nobody sits there."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
