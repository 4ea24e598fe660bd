"""Customers as somebody at the telephone looks for them: by a name or a number, with where they are reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from storage import search
from storage.models import ConversationRow, CustomerRow, ThreadRow, metadata

customer = metadata.tables[CustomerRow.__tablename__]
conversation = metadata.tables[ConversationRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]


@dataclass(frozen=True, slots=True)
class Caller:
    """A customer, with the talk in which she is reached; None where she has none, or has blocked us."""

    id: int
    name: str
    phone: str
    language: str
    verified_by: str
    writer: str
    talk: int | None

    @property
    def called(self) -> str:
        """What she is called."""
        return self.name or self.writer or self.phone


KNOWN = (
    select(
        customer.c.id,
        customer.c.name,
        customer.c.phone,
        customer.c.language,
        customer.c.verified_by,
        thread.c.writer,
        conversation.c.id.label("talk"),
        thread.c.reachable,
        conversation.c.language.label("spoken"),
    )
    .join_from(
        customer,
        conversation,
        (conversation.c.customer_id == customer.c.id) & conversation.c.ended_at.is_(None),
        isouter=True,
    )
    .join(thread, thread.c.id == conversation.c.thread_id, isouter=True)
    .where(
        customer.c.client_id == bindparam("client"),
        customer.c.merged_into.is_(None),
        customer.c.erased_at.is_(None),
    )
)
FOUND = KNOWN.where(customer.c.id.in_(bindparam("ids", expanding=True))).order_by(
    customer.c.name, customer.c.id, conversation.c.id.desc()
)
ONE = KNOWN.where(customer.c.id == bindparam("of_id")).order_by(conversation.c.id.desc())
WITH_PHONE = KNOWN.where(customer.c.phone == bindparam("phone")).order_by(customer.c.id, conversation.c.id.desc())
ADD = insert(customer).returning(customer.c.id)


def find(rows: Connection, client_id: int, wanted: search.Wanted, most: int) -> list[Caller]:
    """The client's customers who are found by all these words of their names, numbers and addresses."""
    ids = search.people(rows, [client_id], wanted, most)
    return once(rows.execute(FOUND, {"client": client_id, "ids": ids}).all())


def by_id(rows: Connection, client_id: int, customer_id: int) -> Caller | None:
    """The client's customer with this row id."""
    found = once(rows.execute(ONE, {"client": client_id, "of_id": customer_id}).all())
    return found[0] if found else None


def with_phone(rows: Connection, client_id: int, phone: str) -> list[Caller]:
    """The client's customers with just this phone (E.164)."""
    return once(rows.execute(WITH_PHONE, {"client": client_id, "phone": phone}).all())


def once(found: Any) -> list[Caller]:
    """Each customer once, with her latest talk."""
    callers: dict[int, Caller] = {}
    for id, name, phone, language, verified_by, writer, talk, reachable, spoken in found:
        if id not in callers:
            reached = talk if talk is not None and reachable else None
            callers[id] = Caller(id, name, phone, language or spoken or "", verified_by, writer or "", reached)
    return list(callers.values())


def add(write: Connection, values: Mapping[str, Any], now: datetime) -> int:
    """Writes a customer who has never written."""
    return int(write.execute(ADD, {**values, "created_at": now}).scalar_one())
