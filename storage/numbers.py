"""Numbers and codes: the next number of a client's orders, slips and tickets, and codes nobody can guess."""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import Connection, bindparam

from storage.models import Numbering, metadata
from storage.upsert import upsert

numbering = metadata.tables[Numbering.__tablename__]
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without 0, 1, I and O, which are misread."""
FIRST: Final = 1001
"""The first number given: small ones say how few came before."""

NEXT = (
    upsert(numbering)
    .values(client_id=bindparam("client_id"), what=bindparam("what"), last=FIRST)
    .on_conflict_do_update(index_elements=["client_id", "what"], set_={"last": numbering.c.last + 1})
    .returning(numbering.c.last)
)


def next_number(write: Connection, client_id: int, what: str) -> int:
    """The next number of this client's ``what`` (ticket, slip, order): 1001, 1002, and so on."""
    return int(write.execute(NEXT, {"client_id": client_id, "what": what}).scalar_one())


def code(length: int = 8) -> str:
    """A code that nobody can guess: ``length`` letters and digits, five bits each."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))
