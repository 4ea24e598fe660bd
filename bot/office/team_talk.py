"""What the desk and a client's team tell each other about a ticket: no customer ever reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.i18n import _, encode
from bot.office import posting, tickets
from bot.posts import Post, Press, line
from bot.reading import findable
from bot.update import Attachment, InConversation, OfClient
from bot.values import Client
from storage import jobs, links, posts, tasks, team_lines
from storage import tickets as kept
from storage.team_lines import TeamLine
from storage.tickets import Opened

NOBODY: Final = _("The client has no workspace, and none of its people is linked.")


def write(
    write: Connection, client: Client, ticket: Any, text: str, by: str, now: datetime, files: Sequence[Attachment] = ()
) -> int:
    """Keeps what ``by``, of the desk, writes to the team about a ticket (its row), and lets it go; gives its id."""
    new = add(write, client, ticket, "va", text, by, now, files)
    data = {"message": new}
    jobs.later(write, "team_message", now, OfClient(client.id), client_id=client.id, data=data)
    return new


def answered(
    write: Connection,
    client: Client,
    ticket_id: int,
    name: str,
    text: str,
    now: datetime,
    attachments: Sequence[Attachment] = (),
) -> int | None:
    """Keeps what ``name``, of the team, writes about a ticket, which is before the desk again; None where it is gone.

    A ticket that nobody waited for is due anew.
    """
    ticket = kept.by_id(write, client.id, ticket_id)
    if ticket is None:
        return None
    tickets.wake(write, ticket.id, now)
    if ticket.state != "done" and ticket.due_at is None:
        still = Opened(ticket.id, ticket.number, None, ticket.urgent)
        tickets.promise(write, client, still, ticket.kind, ticket.conversation_id, now)
    return add(write, client, ticket, "team", text, name, now, attachments)


def add(
    write: Connection,
    client: Client,
    ticket: Any,
    side: str,
    text: str,
    name: str,
    now: datetime,
    files: Sequence[Attachment],
) -> int:
    """Keeps a line of either side."""
    values = {
        "client_id": client.id,
        "conversation_id": ticket.conversation_id,
        "ticket_id": ticket.id,
        "by": side,
        "text": text,
        "folded": findable(text),
        "parts": [["{text}", encode({"text": text, "staff": name})]],
        "state": "waiting" if side == "va" else "",
    }
    return team_lines.add(write, values, files, now)


# --- how it reaches them ----------------------------------------------------------------------------------------------


def bring(write: Connection, client: Client, message_id: int, now: datetime) -> None:
    """Brings a line to the team: into the client's workspace, else to the first of its people who is linked.

    Where there is neither it waits, and says why.
    """
    found = team_lines.one(write, client.id, message_id)
    if found is None or found.state == "sent":
        return
    if client.slack:
        post(write, client, found, now)
    elif not hand(write, client, found, now):
        team_lines.mark(write, found.id, "waiting", str(NOBODY))
        return
    team_lines.mark(write, found.id, "sent")


def post(write: Connection, client: Client, found: TeamLine, now: datetime) -> None:
    """Posts it in the thread of its ticket, which begins with it where there is none."""
    under = its_post(write, client, found.ticket_id)
    if not under:
        under = f"ticket:{found.ticket_id}"
        title = line(_("The desk has a word about ticket {number}"), number=found.number)
        ticket = kept.by_id(write, client.id, found.ticket_id)
        about = ticket.customer_id if ticket is not None else None
        posting.put(write, client, under, Post(title=title), now, about=about)
    if client.slack_shows == "reference":
        read = Press(_("Read it"), "ticket_open", str(found.ticket_id))
        told = Post(lines=(line(_("{staff} has written."), staff=found.by),), buttons=((read,),))
        posting.say(write, client, told, now, under=under)
        return
    said = line(_("{staff}: {text}"), staff=found.by, text=found.text)
    posting.say(write, client, said, now, under=under, files=tuple(found.files))


def its_post(rows: Connection, client: Client, ticket_id: int) -> str:
    """The key of the post that a ticket has in the workspace already; empty where it has none."""
    task = tasks.of_ticket(rows, client.id, ticket_id)
    keys = [f"slip:{ticket_id}:0", f"ticket:{ticket_id}", f"task:{task.id}" if task is not None else ""]
    return next((key for key in keys if posts.find(rows, client.id, key) is not None), "")


def hand(write: Connection, client: Client, found: TeamLine, now: datetime) -> bool:
    """Lets it be said to the first of the client's people who is linked; False where nobody is."""
    reached = links.contacts(write, client.id)
    if not reached:
        return False
    target, data = InConversation(reached[0].conversation_id), {"message": found.id}
    jobs.later(write, "team_word", now, target, client_id=client.id, data=data)
    return True
