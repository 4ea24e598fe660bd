"""Relays as they are kept: what the client wants customers to be told at their next contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from storage import clients
from storage.models import Relay as RelayRow
from storage.models import RelayTold, metadata
from storage.upsert import upsert

relay = metadata.tables[RelayRow.__tablename__]
told = metadata.tables[RelayTold.__tablename__]


class Relay(NamedTuple):
    """A relay that is not withdrawn, with when this customer was last told it."""

    id: int
    texts: Mapping[str, str]
    private: bool
    repeat: str
    told_at: datetime | None


class Entered(NamedTuple):
    """A relay as it was entered, withdrawn or not: for a customer, a phone, or everyone; and who wanted it told."""

    id: int
    customer_id: int | None
    phone: str
    texts: Mapping[str, str]
    repeat: str
    member: str
    withdrawn_at: datetime | None


ADD = insert(relay).returning(relay.c.id)
FOR_ALL = and_(relay.c.customer_id.is_(None), relay.c.phone == "")
FOR = (
    select(relay.c.id, relay.c.texts, relay.c.private, relay.c.repeat, told.c.told_at)
    .join_from(
        relay, told, and_(told.c.relay_id == relay.c.id, told.c.customer_id == bindparam("customer")), isouter=True
    )
    .where(
        relay.c.client_id == bindparam("client"),
        relay.c.withdrawn_at.is_(None),
        or_(relay.c.until.is_(None), relay.c.until > bindparam("now")),
        or_(
            FOR_ALL,
            relay.c.customer_id == bindparam("customer"),
            and_(relay.c.phone != "", relay.c.phone == bindparam("phone")),
        ),
        or_(relay.c.repeat == "always", told.c.told_at.is_(None)),
    )
    .order_by(relay.c.id)
)
TOLD = (
    upsert(told)
    .values(relay_id=bindparam("relay"), customer_id=bindparam("customer"), told_at=bindparam("now"))
    .on_conflict_do_update(index_elements=["relay_id", "customer_id"], set_={"told_at": bindparam("now")})
)
BY_ID = select(*(relay.c[name] for name in Entered._fields)).where(
    relay.c.client_id == bindparam("client"), relay.c.id == bindparam("of_id")
)
EVER_TOLD = select(told.c.customer_id).where(told.c.relay_id == bindparam("relay")).limit(1)
TEXTS = select(relay.c.texts).where(
    relay.c.client_id == bindparam("client"), relay.c.id == bindparam("of_id"), relay.c.withdrawn_at.is_(None)
)
TRANSLATE = update(relay).where(relay.c.id == bindparam("of_id")).values(texts=bindparam("words"))
WITHDRAW = (
    update(relay)
    .where(relay.c.client_id == bindparam("client"), relay.c.id == bindparam("of_id"), relay.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("now"))
)


def add(write: Connection, values: Mapping[str, Any]) -> int:
    """Writes a new relay, and gives its id; the caller gives every column."""
    clients.touch(write, values["client_id"])  # it may be the only one
    return int(write.execute(ADD, values).scalar_one())


def for_customer(rows: Connection, client_id: int, customer_id: int, phone: str, now: datetime) -> list[Relay]:
    """What stands for a customer with this phone: repeated ones, and those that she was not told yet."""
    values = {"client": client_id, "customer": customer_id, "phone": phone, "now": now}
    return [Relay(*row) for row in rows.execute(FOR, values)]


def tell(write: Connection, relay_id: int, customer_id: int, now: datetime) -> None:
    """Notes that a customer was told a relay."""
    write.execute(TOLD, {"relay": relay_id, "customer": customer_id, "now": now})


def by_id(rows: Connection, client_id: int, relay_id: int) -> Entered | None:
    """The client's relay with this id, withdrawn or not."""
    row = rows.execute(BY_ID, {"client": client_id, "of_id": relay_id}).one_or_none()
    return Entered(*row) if row is not None else None


def ever_told(rows: Connection, relay_id: int) -> bool:
    """Whether anybody was told a relay."""
    return rows.execute(EVER_TOLD, {"relay": relay_id}).first() is not None


def texts(rows: Connection, client_id: int, relay_id: int) -> dict[str, str] | None:
    """The words of a relay by language; None where the client has no such relay, or has it no more."""
    return rows.execute(TEXTS, {"client": client_id, "of_id": relay_id}).scalar_one_or_none()


def translate(write: Connection, relay_id: int, words: Mapping[str, str]) -> None:
    """Gives a relay its words."""
    write.execute(TRANSLATE, {"of_id": relay_id, "words": dict(words)})


def withdraw(write: Connection, client_id: int, relay_id: int, now: datetime) -> bool:
    """Nobody is to be told a relay any more; False where there is no such relay."""
    clients.touch(write, client_id)
    return write.execute(WITHDRAW, {"client": client_id, "of_id": relay_id, "now": now}).rowcount > 0
