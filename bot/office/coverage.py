"""Whether somebody answers now, and how a promise is said."""

from __future__ import annotations

from datetime import datetime

from bot.rules.hours import is_covered, is_open
from bot.rules.promises import said_by
from bot.values import Client


def answering(client: Client, now: datetime, *, urgent: bool = False) -> bool:
    """Whether somebody answers at this moment: the desk is covered and, unless it is urgent, the client open."""
    return is_covered(client, now) and (urgent or is_open(client, now))


def promised(due_at: datetime | None, now: datetime) -> datetime | None:
    """A ticket's promise as it is said to a customer; None where there is none, or none that can still be kept."""
    return said_by(due_at) if due_at is not None and due_at > now else None
