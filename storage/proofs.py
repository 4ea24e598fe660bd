"""Codes by which a customer shows who she is: kept as digests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from storage.models import Proof, metadata

proof = metadata.tables[Proof.__tablename__]

OPEN = (proof.c.used_at.is_(None), proof.c.until > bindparam("now"), proof.c.tries_left > 0)
ADD = insert(proof)
FORGET = delete(proof).where(proof.c.client_id == bindparam("client"), proof.c.customer_id == bindparam("customer"))
FIND = (
    select(proof.c.id, proof.c.customer_id)
    .where(proof.c.client_id == bindparam("client"), proof.c.digest == bindparam("digest"), *OPEN)
    .with_for_update()
)
USE = update(proof).where(proof.c.id == bindparam("of_id")).values(used_at=bindparam("now"))
MISS = (
    update(proof)
    .where(proof.c.client_id == bindparam("client"), proof.c.customer_id == bindparam("customer"), *OPEN)
    .values(tries_left=proof.c.tries_left - 1)
)


def give(write: Connection, client_id: int, customer_id: int, digest: str, until: datetime, tries: int) -> None:
    """Keeps a new code of a customer's; one she was given before is worth nothing any more."""
    write.execute(FORGET, {"client": client_id, "customer": customer_id})
    values = {"client_id": client_id, "customer_id": customer_id, "digest": digest, "until": until, "used_at": None}
    write.execute(ADD, {**values, "tries_left": tries})


def find(write: Connection, client_id: int, digest: str, now: datetime) -> Row[Any, Any] | None:
    """The open code with this digest, and whose it is; locked."""
    return write.execute(FIND, {"client": client_id, "digest": digest, "now": now}).one_or_none()


def use(write: Connection, proof_id: int, now: datetime) -> None:
    """A code is good once."""
    write.execute(USE, {"of_id": proof_id, "now": now})


def miss(write: Connection, client_id: int, customer_id: int, now: datetime) -> None:
    """Counts a wrong try against the codes that a customer was given."""
    write.execute(MISS, {"client": client_id, "customer": customer_id, "now": now})
