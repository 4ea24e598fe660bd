"""News for a client's people: what happened is noted here, and the clock shows it to whoever is to hear it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.office import homes
from bot.update import Json, OfClient
from bot.values import CHANNEL, Appointment, Client
from storage import jobs, posts

SOON: Final = timedelta(hours=24)
"""An appointment that begins within this is news; later ones stand in the digests."""


def places(client: Client) -> tuple[str, ...]:
    """Where news may be shown: the client's channel, or the direct messages of one of its people."""
    return (CHANNEL, *(contact.key for contact in client.contacts))


def standing(rows: Connection, client: Client, stem: str) -> list[str]:
    """Where posts stand whose keys begin so: they change wherever they are, whoever would hear of it now."""
    keys = {f"{stem}:{place}": place for place in places(client)}
    found = posts.known(rows, client.id, list(keys))
    return [place for key, place in keys.items() if key in found]


def hear(write: Connection, client: Client, what: str, now: datetime, *, urgent: bool = False, **about: Json) -> None:
    """Lets the client's people hear of something: message, booking, order, decision; others change a post that stands.

    ``about`` are the row ids that it is about. Nothing happens for a client whose people are not on a network.
    """
    homes.changed(write, client, now)
    if client.slack:
        data = {"what": what, "urgent": urgent, **about}
        jobs.later(write, "news", now, OfClient(client.id), client_id=client.id, data=data)


def hear_booking(
    write: Connection, client: Client, one: Appointment, happened: str, now: datetime, before: datetime | None = None
) -> None:
    """Lets them hear that an appointment was booked, moved or cancelled, if it is one of these days, or was ``before``.

    Of another a post may stand since it was one: that changes.
    """
    homes.changed(write, client, now)
    if any(now < at <= now + SOON for at in (one.starts_at, before) if at is not None):
        hear(write, client, "booking", now, appointment=one.id, happened=happened)
    elif client.slack and standing(write, client, f"appointment:{one.id}"):
        hear(write, client, "rebooked", now, appointment=one.id, happened=happened)
