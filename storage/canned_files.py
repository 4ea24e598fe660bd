"""The files that go with canned replies."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from storage.models import CannedFile, metadata
from storage.upsert import upsert

canned_file = metadata.tables[CannedFile.__tablename__]


class OfCanned(NamedTuple):
    """A canned reply's file: what it is called, and the digest of its bytes."""

    name: str  # of the canned reply
    sha256: str
    called: str
    mime: str
    size: int


OF_CLIENT = select(
    canned_file.c.name, canned_file.c.sha256, canned_file.c.called, canned_file.c.mime, canned_file.c.size
).where(canned_file.c.client_id == bindparam("client"))
PUT = upsert(canned_file)
PUT = PUT.on_conflict_do_update(
    index_elements=["client_id", "name"],
    set_={name: PUT.excluded[name] for name in ("sha256", "called", "mime", "size")},
)
DROP = delete(canned_file).where(
    canned_file.c.client_id == bindparam("client"), canned_file.c.name == bindparam("of_name")
)


def of_client(rows: Connection, client_id: int) -> list[OfCanned]:
    """The files of a client's canned replies."""
    return [a_file(row) for row in rows.execute(OF_CLIENT, {"client": client_id})]


def a_file(row: Any) -> OfCanned:
    """The value in a row of OF_CLIENT."""
    return OfCanned(*row)


def put(write: Connection, client_id: int, one: OfCanned) -> None:
    """Gives a canned reply its file, in the place of another."""
    write.execute(PUT, {"client_id": client_id, **one._asdict()})


def drop(write: Connection, client_id: int, name: str) -> None:
    """Takes a canned reply's file away."""
    write.execute(DROP, {"client": client_id, "of_name": name})
