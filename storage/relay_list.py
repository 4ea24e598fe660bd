"""The relays of a client that still stand, as the desk edits them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, or_, select

from storage.models import CustomerRow, metadata
from storage.relays import relay

customer = metadata.tables[CustomerRow.__tablename__]


class Standing(NamedTuple):
    """A relay that still stands: its words, and whom it is for (a customer, else a phone, else everyone)."""

    id: int
    texts: Mapping[str, str]
    private: bool
    repeat: str
    until: datetime | None
    phone: str
    customer: str


STANDING = (
    select(relay.c.id, relay.c.texts, relay.c.private, relay.c.repeat, relay.c.until, relay.c.phone)
    .add_columns(customer.c.name, customer.c.phone.label("her_phone"))
    .join_from(relay, customer, customer.c.id == relay.c.customer_id, isouter=True)
    .where(
        relay.c.client_id == bindparam("client"),
        relay.c.withdrawn_at.is_(None),
        or_(relay.c.until.is_(None), relay.c.until > bindparam("now")),
    )
    .order_by(relay.c.id.desc())
)


def standing(rows: Connection, client_id: int, now: datetime) -> list[Standing]:
    """The client's relays that are neither withdrawn nor over, the latest first."""
    found = rows.execute(STANDING, {"client": client_id, "now": now})
    return [
        Standing(row.id, row.texts, row.private, row.repeat, row.until, row.phone, row.name or row.her_phone or "")
        for row in found
    ]
