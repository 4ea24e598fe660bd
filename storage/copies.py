"""All that is kept of one customer, for the copy that she can ask for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, and_, bindparam, select

from bot.update import Json
from bot.values import Customer
from storage.models import (
    AppointmentRow,
    ConversationRow,
    CustomerRow,
    File,
    MessageRow,
    OrderRow,
    Slip,
    ThreadRow,
    Ticket,
    Waiting,
    metadata,
)

T = metadata.tables
talk = T[ConversationRow.__tablename__]
TALKS = select(talk.c.id).where(talk.c.customer_id == bindparam("me"))
message = T[MessageRow.__tablename__]
# What the desk and the client's team told each other is not hers.
HEARD = and_(message.c.conversation_id.in_(TALKS), message.c.audience == "customer")
MOST: Final = 20_000
"""Messages in a copy, the latest."""


def kept(table: Table, of: Any, *columns: str) -> Any:
    """What a table keeps of the customer."""
    return select(*(table.c[name] for name in columns)).where(of)


def table(model: Any) -> Table:
    return T[model.__tablename__]


def hers(model: Any) -> Any:
    return table(model).c.customer_id == bindparam("me")


PARTS: Final = {
    "customer": kept(
        table(CustomerRow),
        (table(CustomerRow).c.id == bindparam("me")) | (table(CustomerRow).c.merged_into == bindparam("me")),
        *("name", "phone", "email", "language", "verified_by", "reminders", "created_at"),
    ),
    "threads": kept(table(ThreadRow), hers(ThreadRow), "channel", "account", "address", "writer", "created_at"),
    "appointments": kept(
        table(AppointmentRow),
        hers(AppointmentRow),
        *("starts_at", "ends_at", "status", "code", "name", "for_whom", "note", "created_at"),
    ),
    "waiting": kept(table(Waiting), hers(Waiting), "first", "last", "state", "created_at"),
    "orders": kept(
        table(OrderRow),
        hers(OrderRow),
        *("number", "status", "name", "phone", "email", "items", "note", "total", "expected_on", "created_at"),
    ),
    "messages_taken": kept(
        table(Slip), hers(Slip), "number", "name", "about", "phone", "call_back", "taken_at", "passed_at"
    ),
    "tickets": kept(table(Ticket), hers(Ticket), "number", "kind", "state", "opened_at", "done_at"),
    "files": kept(
        table(File),
        table(File).c.message_id.in_(select(message.c.id).where(HEARD)),
        *("kind", "name", "mime", "size", "state"),
    ),
    "messages": kept(table(MessageRow), HEARD, "at", "by", "text", "edited_at")
    .order_by(table(MessageRow).c.id.desc())
    .limit(MOST),
}


def copy(rows: Connection, known: Customer) -> dict[str, Json]:
    """All that is kept of a customer, by part; her messages oldest first, the latest ``MOST`` of them."""
    found: dict[str, list[Json]] = {}
    for name, part in PARTS.items():
        rows_of = rows.execute(part, {"me": known.id})
        found[name] = [{key: plain(value) for key, value in row._mapping.items()} for row in rows_of]
    found["messages"].reverse()
    return found


def plain(value: Any) -> Json:
    """The value as JSON."""
    return value.isoformat() if isinstance(value, datetime | date) else value
