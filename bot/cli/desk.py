"""``desk``: the human half, by the command line, until she has her inbox."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Connection

from bot.cli.operate import act, fail, now, read
from bot.update import InConversation, Json, OfClient, Target

if TYPE_CHECKING:
    from bot.office.desk import Listed

app = typer.Typer(help="What the desk does: tickets, replies, decisions.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="The ticket's number.")]
Client = Annotated[str, typer.Option("--client", help="The client's slug, where several have that number.")]
By = Annotated[str, typer.Option("--by", help="Your name, as the customer sees it; else who covers the client.")]


@app.command("list")
def all_open() -> None:
    """List the open tickets of all clients: urgent first, then by when they are due."""
    from bot.office import desk

    listed = read(desk.open_tickets)
    for one in listed:
        typer.echo(a_line(one))
    if not listed:
        typer.echo("Nothing is open.")


@app.command("read")
def read_talk(number: Number, client: Client = "") -> None:
    """Show a ticket and the last words of its talk."""
    from bot.office import desk

    ticket = find(number, client)
    zone = ZoneInfo(ticket.timezone)
    typer.echo(a_line(ticket))
    for line in read(lambda rows: desk.talk(rows, ticket)):
        words = unescape(re.sub(r"<[^>]+>", "", line.text)) if line.by != "customer" else line.text
        state = f" ({line.state})" if line.state in {"failed", "dropped", "waiting"} else ""
        typer.echo(f"  {line.at.astimezone(zone):%d.%m. %H:%M} {line.by:8} {words}{state}")


@app.command()
def reply(number: Number, text: str, client: Client = "", by: By = "") -> None:
    """Answer the customer of a ticket; the conversation is the desk's until it is handed back."""
    ticket = find(number, client)
    answer = perform("reply", ticket, {"ticket": ticket.number, "text": text, "by": by})
    typer.echo(f"Sent as {ticket.client} to {ticket.customer or 'the customer'}: ticket {answer['ticket']}.")


@app.command("hand-back")
def hand_back(number: Number, client: Client = "", by: By = "") -> None:
    """Give the conversation back to the bot, which goes on where it stopped."""
    perform("hand_back", find(number, client), {"by": by})
    typer.echo("The bot has the conversation again.")


@app.command()
def close(number: Number, outcome: str = "", client: Client = "", by: By = "") -> None:
    """Mark a ticket done."""
    ticket = find(number, client)
    perform("close", ticket, {"ticket": ticket.number, "outcome": outcome, "by": by})
    typer.echo(f"Ticket {ticket.number} is done.")


@app.command()
def decide(
    number: Number,
    outcome: Annotated[str, typer.Argument(help="allow, refuse or propose.")],
    at: Annotated[str, typer.Option(help="The time proposed, on the client's clock, like 2026-11-26T15:00.")] = "",
    resource: Annotated[str, typer.Option("--with", help="With whom: a resource's key.")] = "",
    client: Client = "",
    by: By = "",
) -> None:
    """Decide what a customer asked for; she is told."""
    ticket = find(number, client)
    data = {"ticket": ticket.number, "outcome": outcome, "by": by, "at": at or None, "resource": resource or None}
    answer = perform("decide", ticket, given(data), to_client=True)
    typer.echo(f"Decided: {answer['result']}.")


@app.command()
def verify(
    number: Number,
    phone: Annotated[str, typer.Option(help="The number you vouch for.")] = "",
    client: Client = "",
    by: By = "",
) -> None:
    """Vouch for the customer of a ticket: she is who she says."""
    answer = perform("verify", find(number, client), {"by": by, "phone": phone})
    typer.echo(f"Verified. Records joined: {answer['merged']}.")


@app.command()
def code(number: Number, client: Client = "", by: By = "") -> None:
    """Make a code that proves who the customer of a ticket is, to be told her by phone."""
    answer = perform("give_code", find(number, client), {"by": by})
    typer.echo(f"Code {answer['code']}, to be written as /code {answer['code']} until {answer['until']}.")


@app.command()
def relay(
    it: str = "",
    en: str = "",
    pl: str = "",
    client: Annotated[str, typer.Option("--client", help="The client's slug.")] = "",
    ticket: Annotated[int, typer.Option(help="For the customer of this ticket.")] = 0,
    phone: Annotated[str, typer.Option(help="For whoever has this number.")] = "",
    private: Annotated[bool, typer.Option(help="Only once we know that it is her.")] = False,
    until: Annotated[str, typer.Option(help="Until when, like 2026-12-24T12:00.")] = "",
    always: Annotated[bool, typer.Option(help="At every contact, not only the next.")] = False,
    by: By = "",
) -> None:
    """Leave words to be told, verbatim, to one caller or to all at their next contact."""
    texts = {language: words for language, words in (("it", it), ("en", en), ("pl", pl)) if words}
    slug = client or (find(ticket, "").slug if ticket else "")
    if not texts or not slug:
        raise fail("Say for which client (--client) and what, in one language or more (--it, --en, --pl).")
    data = {
        "texts": texts,
        "ticket": ticket or None,
        "phone": phone or None,
        "private": private,
        "until": until or None,
        "repeat": "always" if always else "once",
        "by": by or "the desk",
    }
    typer.echo(f"Relay {act('relay', given(data), slug)['relay']} will be told.")


def find(number: int, slug: str) -> Listed:
    """The ticket of that number; ends the command where there is none, or more than one."""
    from bot.office import desk

    try:
        found = read(lambda rows: desk.find(rows, number, slug or None))
    except desk.Ambiguous as error:
        raise fail(
            f"Several clients have a ticket {number}: say which by --client ({', '.join(error.slugs)})."
        ) from None
    if found is None:
        raise fail(f"There is no ticket {number}. `python -m bot desk list` shows the open ones.")
    return found


def perform(name: str, ticket: Listed, data: dict[str, Json], *, to_client: bool = False) -> Any:
    """An act on a ticket: for its talk, or for its client where it has none."""
    data["by"] = data["by"] or read(lambda rows: who_covers(rows, ticket.client_id))
    target: Target = OfClient(ticket.client_id)
    if ticket.conversation_id is not None and not to_client:
        target = InConversation(ticket.conversation_id)
    return act(name, data, target=target)


def who_covers(rows: Connection, client_id: int) -> str:
    """Who of the desk answers for a client now, or else first in its file."""
    from storage.clients import load

    coverage = load(rows, client_id).coverage
    for cover in coverage:
        local = now().astimezone(ZoneInfo(cover.timezone))
        if cover.weekday == local.weekday() and cover.start <= local.hour * 60 + local.minute < cover.end:
            return cover.staff
    return coverage[0].staff if coverage else ""


def given(data: dict[str, Json]) -> dict[str, Json]:
    """The data without what was not given."""
    return {name: value for name, value in data.items() if value is not None}


def a_line(one: Listed) -> str:
    """A ticket on a line."""
    due = f"by {one.due_at.astimezone(ZoneInfo(one.timezone)):%d.%m. %H:%M}" if one.due_at else "no time promised"
    late = " LATE" if one.due_at and one.due_at < now() and one.state != "done" else ""
    urgent = "URGENT " if one.urgent else ""
    who = one.customer or "somebody"
    return f"{one.number:5} {urgent}{one.kind:8} {one.client:28} {who:20} {due}{late}  {one.subject}"
