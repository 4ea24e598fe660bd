"""The tickets last done are found among those of the clients that are asked for, and by index."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta

from sqlalchemy import Connection, create_engine, insert, text
from sqlalchemy.pool import NullPool

from storage.last_done import SHOWN, last_done
from storage.models import ClientRow, Ticket, metadata
from tests.door import NOON

CLIENTS = 400
TICKETS = 8_000
MOST = 30


def fill(write: Connection) -> dict[int, list[tuple[datetime, int]]]:
    """Clients with their tickets, nearly all done: when, and which, by client. Half of it is the first client's."""
    client, ticket = metadata.tables[ClientRow.__tablename__], metadata.tables[Ticket.__tablename__]
    chance = random.Random(1942)
    named = {"name": "c", "languages": ["en"], "timezone": "UTC", "country": "IT"}
    write.execute(insert(client), [{"id": one, "slug": f"c{one}", **named} for one in range(1, CLIENTS + 1)])
    found: dict[int, list[tuple[datetime, int]]] = {one: [] for one in range(1, CLIENTS + 1)}
    rows = []
    for number, seconds in enumerate(chance.sample(range(10 * TICKETS), TICKETS), 1):
        whose = chance.randrange(2, CLIENTS) if number % 2 else 1  # the last client has none
        at = None if number % 50 == 0 else NOON - timedelta(seconds=seconds)
        rows.append(
            {"id": number, "client_id": whose, "number": number, "kind": "chat", "opened_at": NOON, "done_at": at}
        )
        if at is not None:
            found[whose].append((at, number))
    write.execute(insert(ticket), rows)
    write.execute(text("analyze"))
    return found


def test_the_last_done_of_few_and_of_many_clients(migrated_url: str) -> None:
    engine = create_engine(migrated_url, poolclass=NullPool)
    with engine.connect() as rows:
        kept = fill(rows)
        for hers in ([1], [CLIENTS], [1, 2, 3], list(range(5, 25)), list(kept)):
            wanted = sorted((one for client in hers for one in kept[client]), reverse=True)[:MOST]
            shown = last_done(rows, hers, MOST)
            assert [(one.done_at, one.id) for one in shown] == wanted
        statement = SHOWN[rows.dialect.name].params(clients=[1, 2, 3], most=MOST)
        sql = statement.compile(rows, compile_kwargs={"literal_binds": True})
        explain = "EXPLAIN QUERY PLAN" if rows.dialect.name == "sqlite" else "EXPLAIN"
        plan = "\n".join(str(row[-1]) for row in rows.exec_driver_sql(f"{explain} {sql}"))
        assert plan.count("ix_ticket_done") == 2, plan
        assert not re.search(r"SCAN (ticket|done|its)|Seq Scan on ticket", plan), plan
