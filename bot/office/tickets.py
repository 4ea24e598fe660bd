"""Tickets: what the desk must deal with, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.rules.promises import answer_by
from bot.update import InConversation, OfClient
from bot.values import Client, Conversation
from storage import jobs, tickets
from storage.numbers import next_number


def open_ticket(
    write: Connection,
    client: Client,
    kind: str,
    subject: str,
    now: datetime,
    *,
    talk: Conversation | None = None,
    customer_id: int | None = None,
    urgent: bool = False,
    due_at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> tickets.Opened:
    """Opens a ticket, or adds to the talk's open one of the same kind where that is a chat.

    ``due_at`` is what was promised; without it the client's promise for this kind. An overdue ticket is escalated by
    the clock. Returns the ticket's id, number and due time.
    """
    if kind == "chat" and talk is not None:
        standing = tickets.open_chat(write, talk.id)
        if standing is not None:
            if urgent and not standing.urgent:
                tickets.make_urgent(write, standing.id)
            return standing
    due = due_at or answer_by(client, kind, now, urgent=urgent)
    opened = tickets.add(
        write,
        {
            "client_id": client.id,
            "number": next_number(write, client.id, "ticket"),
            "kind": kind,
            "state": "open",
            "urgent": urgent,
            "customer_id": talk.customer_id if talk is not None else customer_id,
            "conversation_id": talk.id if talk is not None else None,
            "subject": subject[:500],
            "data": dict(data or {}),
            "opened_at": now,
            "due_at": due,
            "outcome": "",
        },
    )
    if due is not None:
        target = InConversation(talk.id) if talk is not None else OfClient(client.id)
        jobs.later(
            write,
            "ticket_due",
            due,
            target,
            client_id=client.id,
            data={"ticket": opened.id},
            subject=f"ticket:{opened.id}",
        )
    return opened


def close_ticket(write: Connection, ticket_id: int, now: datetime, outcome: str = "done") -> None:
    """Closes a ticket and calls off its escalation."""
    tickets.close(write, ticket_id, now, outcome)
    jobs.call_off(write, f"ticket:{ticket_id}", now)
