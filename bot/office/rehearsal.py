"""A rehearsal: somebody of the desk plays a customer, and all that comes of it goes when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.update import OfClient, Thread
from bot.values import Client
from storage import jobs, rehearsals, road

CHANNEL: Final = road.APART
"""The channel on which customers are played: nothing leaves the house on it."""
LASTS: Final = timedelta(hours=2)
"""After so long a rehearsal that nobody ended is over."""


def thread_of(client: Client, staff_id: int) -> Thread:
    """Where a member of the desk plays a customer of this client."""
    return Thread(CHANNEL, client.slug, str(staff_id))


def begin(write: Connection, client: Client, staff_id: int, name: str, language: str, now: datetime) -> None:
    """Begins a member's rehearsal with a customer nobody knows, whom the network calls ``name``; another is over."""
    end(write, client, staff_id, now)
    thread = thread_of(client, staff_id)
    road.open_talk(write, thread, client.id, name, language, now)
    rehearsals.mark(write, thread)
    about = {"staff": staff_id}
    jobs.later(
        write,
        "end_rehearsal",
        now + LASTS,
        OfClient(client.id),
        client_id=client.id,
        data=about,
        subject=subject(thread),
    )


def end(write: Connection, client: Client, staff_id: int, now: datetime) -> None:
    """Ends a member's rehearsal: the customer goes, and with her the talk, what she booked, and her tickets."""
    thread = thread_of(client, staff_id)
    jobs.call_off(write, subject(thread), now)
    rehearsals.remove(write, thread)


def subject(thread: Thread) -> str:
    """How the job that ends a rehearsal is found."""
    return f"rehearsal:{thread.account}:{thread.address}"
