"""News for a client's people: what happened is noted here, and the clock shows it to whoever is to hear it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.update import Json, OfClient
from bot.values import Client
from storage import jobs


def hear(write: Connection, client: Client, what: str, now: datetime, *, urgent: bool = False, **about: Json) -> None:
    """Lets the client's people hear of something: slip, urgent, booked, moved, cancelled, order, decision, relay.

    ``about`` are the row ids that it is about. Nothing happens for a client whose people are not on a network.
    """
    if client.slack:
        data = {"what": what, "urgent": urgent, **about}
        jobs.later(write, "news", now, OfClient(client.id), client_id=client.id, data=data)
