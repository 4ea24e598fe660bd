"""Foreign calendars of resources: what is known of each, and the time that their events take away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from storage.models import BusyFeed, BusyTime, metadata

feed = metadata.tables[BusyFeed.__tablename__]
time = metadata.tables[BusyTime.__tablename__]


@dataclass(frozen=True, slots=True)
class Feed:
    """A foreign calendar, as it was when it was last tried."""

    id: int
    client_id: int
    resource_id: int
    address: str = field(repr=False)
    etag: str
    modified: str
    digest: str
    tried_at: datetime | None
    read_at: datetime | None
    failing_since: datetime | None
    trouble: str


COLUMNS = tuple(Feed.__slots__)
FEEDS = select(*(feed.c[name] for name in COLUMNS))
DUE = FEEDS.where(or_(feed.c.tried_at.is_(None), feed.c.tried_at <= bindparam("before"))).order_by(feed.c.id)
OF_CLIENTS = FEEDS.where(feed.c.client_id.in_(bindparam("clients", expanding=True))).order_by(feed.c.id)
BY_ID = FEEDS.where(feed.c.client_id == bindparam("client"), feed.c.id == bindparam("id"))
CLAIM = (
    update(feed)
    .where(feed.c.id == bindparam("of_id"), feed.c.tried_at.is_not_distinct_from(bindparam("seen")))
    .values(tried_at=bindparam("now"))
)
READ = (
    update(feed)
    .where(feed.c.id == bindparam("of_id"))
    .values(
        etag=bindparam("tag"),
        modified=bindparam("since"),
        digest=bindparam("sum"),
        read_at=bindparam("now"),
        failing_since=None,
        trouble="",
    )
)
AGAIN = (
    update(feed)
    .where(feed.c.id == bindparam("of_id"))
    .values(read_at=bindparam("now"), etag=bindparam("tag"), modified=bindparam("since"))
)
FAILED = (
    update(feed)
    .where(feed.c.id == bindparam("of_id"))
    .values(failing_since=bindparam("since"), trouble=bindparam("why"))
)
BUSY = select(time.c.resource_id, time.c.blocked_from, time.c.blocked_to).where(
    time.c.resource_id.in_(bindparam("resources", expanding=True)),
    time.c.blocked_to > bindparam("first"),
    time.c.blocked_from < bindparam("after"),
)
SPANS = select(time.c.blocked_from, time.c.blocked_to).where(time.c.feed_id == bindparam("feed"))
KNOWN = select(feed.c.resource_id, feed.c.address).where(feed.c.client_id == bindparam("client"))


def put(write: Connection, client_id: int, wanted: Mapping[int, Iterable[str]]) -> None:
    """Makes the addresses of a client's resources (row ids) these; what an address was for goes with it."""
    pairs = {(resource, address) for resource, addresses in wanted.items() for address in addresses}
    known = {(row[0], row[1]) for row in write.execute(KNOWN, {"client": client_id})}
    for resource, address in known - pairs:
        write.execute(delete(feed).where(feed.c.resource_id == resource, feed.c.address == address))
    fresh = {"etag": "", "modified": "", "digest": "", "trouble": ""}
    for resource, address in sorted(pairs - known):
        write.execute(insert(feed).values(client_id=client_id, resource_id=resource, address=address, **fresh))


def due(rows: Connection, before: datetime) -> list[Feed]:
    """The calendars that nobody has tried since a moment."""
    return [Feed(*row) for row in rows.execute(DUE, {"before": before})]


def of_clients(rows: Connection, clients: Collection[int]) -> list[Feed]:
    """The calendars of these clients."""
    return [Feed(*row) for row in rows.execute(OF_CLIENTS, {"clients": list(clients)})]


def by_id(rows: Connection, client_id: int, feed_id: int) -> Feed | None:
    """The client's calendar with this row id."""
    row: Any = rows.execute(BY_ID, {"client": client_id, "id": feed_id}).one_or_none()
    return Feed(*row) if row is not None else None


def claim(write: Connection, one: Feed, now: datetime) -> bool:
    """Takes a calendar in hand; False where another process has."""
    return write.execute(CLAIM, {"of_id": one.id, "seen": one.tried_at, "now": now}).rowcount > 0


def took(
    write: Connection, one: Feed, spans: Iterable[tuple[int, int]], etag: str, modified: str, digest: str, now: datetime
) -> None:
    """Keeps what a calendar takes away, in the place of what it took before."""
    write.execute(READ, {"of_id": one.id, "tag": etag, "since": modified, "sum": digest, "now": now})
    write.execute(delete(time).where(time.c.feed_id == one.id))
    found = [
        {"feed_id": one.id, "resource_id": one.resource_id, "blocked_from": start, "blocked_to": end}
        for start, end in spans
    ]
    if found:
        write.execute(insert(time), found)


def same(write: Connection, feed_id: int, etag: str, modified: str, now: datetime) -> None:
    """Notes that a calendar was read whole, and takes what it took."""
    write.execute(AGAIN, {"of_id": feed_id, "tag": etag, "since": modified, "now": now})


def failed(write: Connection, feed_id: int, since: datetime, why: str) -> None:
    """Notes since when, and why, a calendar can't be read; what it took before stays taken."""
    write.execute(FAILED, {"of_id": feed_id, "since": since, "why": why[:300]})


def busy(rows: Connection, resources: Collection[int], first: int, after: int) -> list[tuple[int, int, int]]:
    """What foreign calendars take of these resources between two epoch minutes: (resource, from, to)."""
    found = rows.execute(BUSY, {"resources": list(resources), "first": first, "after": after})
    return [(row[0], row[1], row[2]) for row in found]


def spans(rows: Connection, feed_id: int) -> list[tuple[int, int]]:
    """What a calendar takes, in epoch minutes, as it was last read."""
    return [(row[0], row[1]) for row in rows.execute(SPANS, {"feed": feed_id})]
