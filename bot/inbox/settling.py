"""An appointment that can't stand, as the desk sees it: what is in the way, what is free, what was offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection

from bot.office import appointments, clashes, other_times
from bot.rules.spans import moment_of
from bot.values import Client, Resource
from storage import agenda, feeds
from storage.agenda import Visit
from storage.clashes import Clash

Time = tuple[datetime, Resource | None]


@dataclass(frozen=True, slots=True)
class Settling:
    """One of them.

    ``host`` is whose server the calendar is on that takes its time, with the ``spans`` it takes (never what stands
    there); it is empty where the client has closed. ``free`` are times to be offered.
    """

    clash: Clash
    visit: Visit
    client: Client
    resource: Resource | None
    host: str
    spans: Sequence[tuple[datetime, datetime]]
    offered: Sequence[Time]
    free: Sequence[Time]

    @property
    def open(self) -> bool:
        """Whether it is still to be settled."""
        return self.clash.open and self.visit.appointment.status in appointments.STANDING

    @property
    def waits(self) -> bool:
        """Whether the customer is to answer."""
        return bool(self.open and self.clash.offered and not self.clash.answer)


def settling(rows: Connection, clash: Clash, client: Client, now: datetime, *, looks: bool = True) -> Settling | None:
    """A clash with all that is shown of it; what is free only where it ``looks``. None where nothing is left of it."""
    visit = agenda.one_visit(rows, client.id, clash.appointment_id)
    if visit is None:
        return None
    booked = visit.appointment
    feed = feeds.by_id(rows, client.id, clash.feed_id) if clash.feed_id is not None else None
    host = (urlsplit(feed.address).hostname or "") if feed is not None else ""
    spans = clashes.foreign(rows, booked) if clash.feed_id is not None else []
    stands = looks and clash.open and booked.status in appointments.STANDING and booked.starts_at > now
    free = other_times.near(rows, client, booked, now) if stands else ()
    return Settling(
        clash,
        visit,
        client,
        client.resource(booked.resource_id),
        host,
        [(moment_of(start), moment_of(end)) for start, end in spans],
        [(at, client.resource(id)) for at, id in clash.offered],
        [(slot.starts_at, client.resource(slot.resource_id)) for slot in free],
    )
