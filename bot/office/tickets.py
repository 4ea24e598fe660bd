"""Tickets: what the desk must deal with, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from bot.i18n import _, encode, plain
from bot.office import alerts
from bot.rules.promises import answer_by
from bot.update import InConversation, Json, OfClient
from bot.values import Client, Conversation, Msgid, Refusal
from storage import jobs, tickets
from storage.numbers import next_number

About = tuple[Msgid, Mapping[str, Any]]
"""What a ticket is about where the house says it: the desk reads it in its own language."""
KINDS: Final[Mapping[str, Msgid]] = {
    "chat": _("Conversation"),
    "message": _("Message"),
    "decision": _("Decision"),
    "order": _("Order"),
    "task": _("Task"),
    "call": _("Call"),
}
"""What each kind of ticket is called."""
LONGEST: Final = 500
WRITTEN_DOWN: Final = frozenset({"call"})
"""Kinds of ticket that somebody of the desk opens while she is at it."""


def open_ticket(
    write: Connection,
    client: Client,
    kind: str,
    subject: str | About,
    now: datetime,
    *,
    talk: Conversation | None = None,
    customer_id: int | None = None,
    conversation_id: int | None = None,
    urgent: bool = False,
    due_at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> tickets.Opened:
    """Opens a ticket, or adds to the talk's open one of the same kind where that is a chat.

    ``due_at`` is what was promised; without it the client's promise for this kind. An overdue ticket is escalated by
    the clock. Who acts outside the talk gives its ``conversation_id``. Returns the ticket's id, number and due time.
    """
    if kind == "chat" and talk is not None:
        standing = tickets.open_chat(write, talk.id)
        if standing is not None:
            wake(write, standing.id, now)
            if urgent and not standing.urgent:
                tickets.make_urgent(write, standing.id)
                alerts.begin(write, client, standing.id, now, urgent=True)
                return promise(write, client, replace(standing, urgent=True), kind, talk.id, now)
            return standing
    due = due_at or answer_by(client, kind, now, urgent=urgent)
    words, about = kept(subject, client, now)
    opened = tickets.add(
        write,
        {
            "client_id": client.id,
            "number": next_number(write, client.id, "ticket"),
            "kind": kind,
            "state": "open",
            "urgent": urgent,
            "customer_id": talk.customer_id if talk is not None else customer_id,
            "conversation_id": talk.id if talk is not None else conversation_id,
            "subject": words,
            "about": about,
            "data": dict(data or {}),
            "opened_at": now,
            "due_at": due,
            "promised_at": due,
            "outcome": "",
        },
    )
    arm(write, client, opened, talk.id if talk is not None else conversation_id)
    if kind not in WRITTEN_DOWN:
        alerts.begin(write, client, opened.id, now, urgent=urgent)
    return opened


def kept(subject: str | About, client: Client, now: datetime) -> tuple[str, Json]:
    """A subject as it is kept: its words, in English where they are ours, and then what they are made of."""
    if isinstance(subject, str):
        return subject[:LONGEST], None
    message, values = subject
    cut = {name: value[:LONGEST] if type(value) is str else value for name, value in values.items()}
    return plain(message, cut, "en", client.zone, now)[:LONGEST], [str(message), encode(cut)]


def the_ticket(rows: Connection, client: Client, given: Mapping[str, Any]) -> Row[Any]:
    """The client's ticket that an act names by number; refused where there is none."""
    found = tickets.by_number(rows, client.id, int(given["ticket"]))
    if found is None:
        raise Refusal(_("There is no ticket {n}."), n=int(given["ticket"]))
    return found


def promise(
    write: Connection, client: Client, ticket: tickets.Opened, kind: str, talk_id: int | None, now: datetime
) -> tickets.Opened:
    """Promises anew: a ticket's time counts from now, or ends sooner where it was due sooner and still is to come."""
    counted, standing = answer_by(client, kind, now, urgent=ticket.urgent), ticket.due_at
    still = standing if standing is not None and standing > now else None
    due = min(counted, still) if counted is not None and still is not None else counted or still
    return set_due(write, client, ticket, due, talk_id, now)


def set_due(
    write: Connection, client: Client, ticket: tickets.Opened, due: datetime | None, talk_id: int | None, now: datetime
) -> tickets.Opened:
    """Gives a ticket another time by which it is to be dealt with, and the clock its escalation."""
    tickets.set_due(write, ticket.id, due)
    if due is None:
        alerts.end(write, ticket.id, now)
    elif ticket.due_at is None:
        alerts.begin(write, client, ticket.id, now, urgent=ticket.urgent)
    jobs.call_off(write, f"ticket:{ticket.id}", now)
    again = replace(ticket, due_at=due)
    arm(write, client, again, talk_id)
    return again


def arm(write: Connection, client: Client, ticket: tickets.Opened, talk_id: int | None) -> None:
    """Lets the clock look at a ticket when it is due."""
    if ticket.due_at is not None:
        target = InConversation(talk_id) if talk_id is not None else OfClient(client.id)
        data, subject = {"ticket": ticket.id}, f"ticket:{ticket.id}"
        jobs.later(write, "ticket_due", ticket.due_at, target, client_id=client.id, data=data, subject=subject)


def customer_waits(write: Connection, client: Client, talk: Conversation, now: datetime) -> None:
    """The customer has written to the desk: her talk's chat ticket is open, and due again if it was answered."""
    ticket = open_ticket(write, client, "chat", (_("Writes to the desk"), {}), now, talk=talk)
    if ticket.due_at is None:
        promise(write, client, ticket, "chat", talk.id, now)


def answered(write: Connection, client: Client, ticket: tickets.Opened, talk_id: int | None, now: datetime) -> None:
    """A person has answered: nobody waits for us, and nothing falls due."""
    tickets.warned(write, ticket.id, None)
    tickets.first_answered(write, ticket.id, now)
    set_due(write, client, ticket, None, talk_id, now)


def close_ticket(write: Connection, ticket_id: int, now: datetime, outcome: str = "done") -> None:
    """Closes a ticket and calls off its escalation."""
    tickets.close(write, ticket_id, now, outcome)
    alerts.end(write, ticket_id, now)
    jobs.call_off(write, f"ticket:{ticket_id}", now)


def snooze(
    write: Connection, client: Client, ticket_id: int, until: datetime | None, talk_id: int | None, now: datetime
) -> None:
    """Puts a ticket away until a time, when the clock brings it back, or until its customer writes."""
    tickets.snooze(write, ticket_id, until)
    alerts.end(write, ticket_id, now)
    jobs.call_off(write, f"snooze:{ticket_id}", now)
    if until is not None:
        target = InConversation(talk_id) if talk_id is not None else OfClient(client.id)
        data, subject = {"ticket": ticket_id}, f"snooze:{ticket_id}"
        jobs.later(write, "wake_ticket", until, target, client_id=client.id, data=data, subject=subject)


def wake(write: Connection, ticket_id: int, now: datetime) -> None:
    """Brings a ticket back, if it is snoozed."""
    if tickets.wake(write, ticket_id):
        jobs.call_off(write, f"snooze:{ticket_id}", now)


def reopen(
    write: Connection, client: Client, ticket: tickets.Opened, kind: str, talk_id: int | None, now: datetime
) -> bool:
    """Opens a ticket that was done, with a new promise; says whether it was."""
    if not tickets.reopen(write, ticket.id):
        return False
    promise(write, client, replace(ticket, due_at=None), kind, talk_id, now)
    return True
