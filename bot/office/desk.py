"""What the desk has before it: its tickets, and the talk behind each."""

from __future__ import annotations

from sqlalchemy import Connection

from storage import desk, messages
from storage.desk import Listed, open_tickets
from storage.messages import Line

__all__ = ["Ambiguous", "Line", "Listed", "find", "open_tickets", "talk"]


class Ambiguous(Exception):
    """Several clients have a ticket of this number: ``slugs``."""

    def __init__(self, number: int, slugs: list[str]) -> None:
        super().__init__(f"Ticket {number} is one of several clients: {', '.join(slugs)}. Say which.")
        self.slugs = slugs


def find(rows: Connection, number: int, slug: str | None = None) -> Listed | None:
    """The ticket with this number, of the client ``slug`` where it is given; an open one before one that is done.

    Raises Ambiguous where several clients have one.
    """
    found = [one for one in desk.numbered(rows, number) if slug is None or one.slug == slug]
    still_open = [one for one in found if one.state != "done"]
    meant = still_open or found
    if len(meant) > 1:
        raise Ambiguous(number, sorted(one.slug for one in meant))
    return meant[0] if meant else None


def talk(rows: Connection, ticket: Listed, most: int = 20) -> list[Line]:
    """The last messages of a ticket's talk, the oldest of them first; none where it has no talk."""
    return messages.latest(rows, ticket.conversation_id, most) if ticket.conversation_id is not None else []
