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


def finding(rows: Table, *columns: Column[Any]) -> dict[str, Select[Any]]:
    """The statement that finds rows by the words in ``found``, the latest first, by database."""
    words = table(f"{rows.name}_words", column("rowid", Integer))
    joined = words.join(rows, rows.c.id == words.c.rowid)
    chosen = select(*columns).limit(MOST)
    whose = f"'c' || CAST({rows.name}.client_id AS text) || 'x'"
    folded = f"{whose} || replace({rows.name}.folded, ' ', ' ' || {whose})"
    held = f"to_tsvector('simple', {folded}) @@ to_tsquery('simple', :found)"
    matching = text(f"{words.name} MATCH :found")
    return {
        "sqlite": chosen.select_from(joined).where(rows.c.client_id.in_(HERS), matching).order_by(words.c.rowid.desc()),
        # By sums: by the id itself PostgreSQL goes back through all rows, in the hope that many fit (190 ms, not 3);
        # by the client's it first looks up everything of theirs, which the words leave out already (7 ms, not 0.5).
        "postgresql": chosen.where(
            (rows.c.client_id + 0).in_(HERS), rows.c.folded != literal_column("''"), text(held)
        ).order_by((rows.c.id + 0).desc()),
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
    query = written(wanted, clients if rows.dialect.name == "postgresql" else ())
    return list(rows.execute(statements[rows.dialect.name], {"found": query, "clients": list(clients), "most": most}))


def written(wanted: Wanted, clients: Collection[int]) -> str:
    """The words as a database's search takes them: letters and digits are all there is in them.

    PostgreSQL's index has each client's words apart, named by ``clients``: where it had not, a word in every message
    cost eight times as much with ten times the clients.
    """
    if not clients:
        quoted = [[f'"{word}"*' for word in one] for one in wanted]
        return " AND ".join(f"({' OR '.join(one)})" for one in quoted)
    whose = [f"c{number}x" for number in clients]
    return " & ".join(f"({' | '.join(f'{own}{word}:*' for word in one for own in whose)})" for one in wanted)
