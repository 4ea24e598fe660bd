"""Search by words: what people wrote, and who they are.

The words stand folded in the column ``folded`` of a message and of a customer (bot.reading.finding). SQLite finds them
by an FTS5 table beside each, which triggers keep; PostgreSQL by a GIN index. Both are made by the first migration, and
a later one that makes the table anew has to make the triggers anew.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Select,
    Table,
    bindparam,
    column,
    literal_column,
    select,
    table,
    text,
)

from storage.models import CustomerRow, MessageRow, metadata

message = metadata.tables[MessageRow.__tablename__]
customer = metadata.tables[CustomerRow.__tablename__]

Wanted = tuple[tuple[str, ...], ...]
"""For each word that is searched for, the beginnings of which one must be there."""


class Said(NamedTuple):
    """A message that was found, with its talk and its ticket, as far as it has them."""

    id: int
    client_id: int
    conversation_id: int | None
    ticket_id: int | None
    by: str
    text: str
    parts: Any
    at: datetime


HERS: Final[Any] = bindparam("clients", expanding=True)
MOST: Final[Any] = bindparam("most")
FEW: Final = 200
"""So many clients are named to the index; who looks after more is shown what is left of all."""


def finding(rows: Table, *columns: Column[Any]) -> dict[str, Select[Any]]:
    """The statement that finds rows by the words in ``found``, the latest first, by database."""
    words = table(f"{rows.name}_words", column("rowid", Integer))
    joined = words.join(rows, rows.c.id == words.c.rowid)
    hers = select(*columns).where(rows.c.client_id.in_(HERS)).limit(MOST)
    folded = f"{rows.name}.folded || ' client' || CAST({rows.name}.client_id AS text)"
    held = f"to_tsvector('simple', {folded}) @@ to_tsquery('simple', :found)"
    return {
        "sqlite": hers.select_from(joined).where(text(f"{words.name} MATCH :found")).order_by(words.c.rowid.desc()),
        "postgresql": hers.where(rows.c.folded != literal_column("''"), text(held)).order_by(rows.c.id.desc()),
    }


MESSAGES = finding(
    message,
    message.c.id,
    message.c.client_id,
    message.c.conversation_id,
    message.c.ticket_id,
    message.c.by,
    message.c.text,
    message.c.parts,
    message.c.at,
)
PEOPLE = finding(customer, customer.c.id)


def messages(rows: Connection, clients: Collection[int], wanted: Wanted, most: int) -> list[Said]:
    """What people wrote at these clients that holds all the words, the latest first."""
    return [Said(*row) for row in found(rows, MESSAGES, clients, wanted, most)]


def people(rows: Connection, clients: Collection[int], wanted: Wanted, most: int) -> list[int]:
    """The customers of these clients who are found by all the words, as row ids."""
    return [row[0] for row in found(rows, PEOPLE, clients, wanted, most)]


def found(rows: Connection, statements: Any, clients: Collection[int], wanted: Wanted, most: int) -> list[Any]:
    """What one of the statements finds; nothing for no words."""
    if not wanted or not clients:
        return []
    query = written(wanted, rows.dialect.name)
    if rows.dialect.name == "postgresql" and len(clients) <= FEW:
        # The index knows whose each row is. Without it a word cost seven times as much with ten times the clients.
        query += f" & ({' | '.join(f'client{id}' for id in clients)})"
    return list(rows.execute(statements[rows.dialect.name], {"found": query, "clients": list(clients), "most": most}))


def written(wanted: Wanted, database: str) -> str:
    """The words as a database's search takes them: letters and digits are all there is in them."""
    sign, both, either = ('"{}"*', " AND ", " OR ") if database == "sqlite" else ("{}:*", " & ", " | ")
    return both.join(f"({either.join(sign.format(word) for word in one)})" for one in wanted)
