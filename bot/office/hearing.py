"""News for a client's people: what happened is noted here, and the clock shows it to whoever is to hear it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.office import homes
from bot.update import Json, OfClient
from bot.values import Appointment, Client
from storage import jobs

SOON: Final = timedelta(hours=24)
"""An appointment that begins within this is news; later ones stand in the digests."""


def hear(write: Connection, client: Client, what: str, now: datetime, *, urgent: bool = False, **about: Json) -> None:
    """Lets the client's people hear of something: message, booking, order, decision; settled and decided change a post.

    ``about`` are the row ids that it is about. Nothing happens for a client whose people are not on a network.
    """
    homes.changed(write, client, now)
    if client.slack:
        data = {"what": what, "urgent": urgent, **about}
        jobs.later(write, "news", now, OfClient(client.id), client_id=client.id, data=data)


def hear_booking(write: Connection, client: Client, one: Appointment, happened: str, now: datetime) -> None:
    """Lets them hear that an appointment was booked, moved or cancelled, if it is one of these days."""
    homes.changed(write, client, now)
    if now < one.starts_at <= now + SOON:
        hear(write, client, "booking", now, appointment=one.id, happened=happened)
