"""A person is found by index wherever she is named: to erase her goes through no table."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, create_engine, event, insert, text
from sqlalchemy.pool import NullPool

from bot.values import Customer
from storage import appointments, erasure, persons, posts
from storage.models import metadata
from tests.door import NOON

TABLES = "|".join(metadata.tables)
SCANNED = {"sqlite": rf"^SCAN ({TABLES})\b", "postgresql": rf"Seq Scan on ({TABLES})\b"}
ANNA = Customer(id=1, client_id=1, name="Anna", phone="+390612345678", verified_by="code")


def fill(write: Connection) -> None:
    """A client with a customer, who has a talk with one message."""
    made: dict[str, dict[str, Any]] = {
        "client": {"slug": "c", "name": "c", "languages": ["en"], "timezone": "UTC", "country": "IT"},
        "customer": {"client_id": 1, "name": "Anna", "created_at": NOON},
        "thread": {
            "client_id": 1,
            "customer_id": 1,
            "channel": "telegram",
            "account": "a",
            "address": "1",
            "created_at": NOON,
        },
        "conversation": {"client_id": 1, "customer_id": 1, "thread_id": 1, "language": "en", "created_at": NOON},
        "message": {"client_id": 1, "conversation_id": 1, "by": "customer", "audience": "customer", "at": NOON},
    }
    for name, values in made.items():
        write.execute(insert(metadata.tables[name]), {"id": 1, **values})


def erase(write: Connection) -> None:
    """All that is asked to erase her."""
    last = erasure.last_message(write, 1)
    assert erasure.messages_left(write, 1, last) == 1
    assert erasure.messages_of(write, 1, last) == 1
    erasure.actor(write, 1)
    persons.forget(write, ANNA, NOON)
    assert posts.herself(write, 1) == {1}
    posts.forget_said(write, 1, [*posts.about(write, 1, 1), *posts.naming(write, 1, 1), "her:1"])
    write.execute(appointments.LET_GO, {"ids": [1]})


def test_what_is_asked_about_a_person_is_found_by_index(migrated_url: str) -> None:
    engine = create_engine(migrated_url, poolclass=NullPool)
    asked: list[tuple[str, Any]] = []
    with engine.connect() as rows:
        fill(rows)
        event.listen(rows, "before_cursor_execute", lambda _c, _u, sql, values, *_more: asked.append((sql, values)))
        erase(rows)
        statements = tuple(asked)
        dialect = rows.dialect.name
        if dialect == "postgresql":
            rows.execute(text("SET LOCAL enable_seqscan = off"))  # of an empty table it would go through all, else
        explain = "EXPLAIN QUERY PLAN" if dialect == "sqlite" else "EXPLAIN"
        for sql, values in statements:
            plan = "\n".join(str(row[-1]) for row in rows.exec_driver_sql(f"{explain} {sql}", values))
            assert not re.search(SCANNED[dialect], plan, re.MULTILINE), f"{sql}\n{plan}"
    assert len(statements) > 30
