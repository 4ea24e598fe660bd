"""A platform's worth of rows in PostgreSQL, made by the server itself: clients cloned from one, and what they have had.

Every statement makes a whole table, so ten million messages take minutes; the indexes of the great tables are made
after their rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Boolean, Column, Connection, DateTime, Float, Integer, MetaData, text
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION, JSON
from sqlalchemy.types import BigInteger

STEP: Final = 1_000
"""Between the ids of two clients' rows: the first client's are all below it."""
OF_A_CLIENT: Final = (
    "client_text", "contact", "hours", "closure", "coverage", "service", "resource", "service_resource",
    "catalogue_item", "account",
)  # fmt: skip
NAMED: Final = {("client", "slug"), ("account", "name")}
GREAT: Final = ("message", "job", "updates")


@dataclass(frozen=True)
class Size:
    """How many of everything; ``of`` gives what goes with so many clients."""

    clients: int
    customers: int
    messages: int
    done: int
    due: int

    @classmethod
    def of(cls, clients: int) -> Size:
        """A hundred customers a client, ten messages each, a job done for every ten messages, and some that wait."""
        return cls(clients, clients * 100, clients * 1_000, clients * 100, clients * 10)


class Population:
    """Fills a database that has one client, the template, whose ids are all below ``STEP``."""

    def __init__(self, write: Connection, size: Size) -> None:
        self.write, self.size = write, size
        self.tables = MetaData()
        self.tables.reflect(write)

    def make(self) -> None:
        """Everything, and what the planner knows of it."""
        self.write.execute(text("SET LOCAL session_replication_role = replica"))
        self.write.execute(text("SET LOCAL statement_timeout = 0"))
        self.write.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
        dropped = [self.drop_indexes(name) for name in GREAT]
        self.clone("client")
        for name in OF_A_CLIENT:
            self.clone(name)
        self.people()
        self.words()
        self.work()
        for statement in (one for table in dropped for one in table):
            self.write.execute(text(statement.replace(":", r"\:")))
        self.write.execute(text("SELECT setval(format('%I', sequencename)::regclass, 100000000) FROM pg_sequences"))

    def clone(self, name: str) -> None:
        """The template's rows of a table, once for each other client."""
        table = self.tables.tables[name]
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        values = ", ".join(self.cloned(column) for column in table.columns)
        where = "" if "client_id" not in table.columns else "WHERE client_id = (SELECT min(id) FROM client)"
        if name == "client":
            where = "WHERE id = (SELECT min(id) FROM client)"
        count = self.size.clients - 1
        self.write.execute(
            text(
                f'INSERT INTO "{name}" ({columns}) SELECT {values} FROM "{name}", generate_series(1, {count}) g {where}'
            )
        )

    def cloned(self, column: Column[Any]) -> str:
        """A column's value in the clone number g: what refers to a row of the client's own is moved with it."""
        name = f'"{column.table.name}"."{column.name}"'
        if (column.table.name, column.name) in NAMED:
            return f"{name} || '-' || g"
        refers = {key.column.table.name for key in column.foreign_keys}
        if (column.primary_key and column.name == "id") or refers & {"client", *OF_A_CLIENT}:
            return f"{name} + g * {STEP}"
        return name

    def people(self) -> None:
        """Customers, their threads and their talks; the ids of all three are the same."""
        owner = f"(g % {self.size.clients}) * {STEP} + (SELECT min(id) FROM client)"
        folded = "'anna ' || chr((97 + g % 26)::int) || chr((97 + g / 26 % 26)::int) || 'owska'"
        self.fill("customer", self.size.customers, id="g + 1000", client_id=owner, name="'Anna ' || g", folded=folded)
        self.write.execute(
            text("CREATE TEMP TABLE bots AS SELECT client_id, name FROM account WHERE channel = 'telegram'")
        )
        self.write.execute(text("CREATE UNIQUE INDEX ON bots (client_id)"))
        account = f"(SELECT name FROM bots WHERE client_id = {owner} LIMIT 1)"
        here = {"id": "g + 1000", "client_id": owner, "customer_id": "g + 1000"}
        self.fill("thread", self.size.customers, **here, channel="'telegram'", account=account, address="g + 1000")
        self.fill("conversation", self.size.customers, **here, thread_id="g + 1000", holder="'bot'", language="'en'")

    def words(self) -> None:
        """Messages of the last three years, customer and bot in turn; some words are rare, and some are in all."""
        at = f"1700000000000000 + g * (94000000000000 / {self.size.messages})"
        said = "'good morning, is bicycle ' || (g % 9973) || ' ready, or shall I come ' || (g % 37)"
        hers = f"g / {self.size.customers} % 2 = 0"
        self.fill(
            "message", self.size.messages,
            client_id=f"(g % {self.size.customers} % {self.size.clients}) * {STEP} + (SELECT min(id) FROM client)",
            conversation_id=f"g % {self.size.customers} + 1000", by=f"CASE WHEN {hers} THEN 'customer' ELSE 'bot' END",
            audience="'customer'", text=said, folded=f"CASE WHEN {hers} THEN {said} ELSE '' END", state="'sent'",
            at=at,
        )  # fmt: skip

    def work(self) -> None:
        """Jobs, those that wait each in a lane of its own; tickets; who waits for a place; a month of appointments."""
        lane = "'telegram:nobody:' || g"
        common = {"kind": "'send'", "lane": lane, "payload": "'{}'"}
        self.fill("job", self.size.done, **common, state="'done'", due_at="g", ended_at="1700000000000000 + g")
        self.fill("job", self.size.due, **common, state="'due'", due_at="1700000000000000 + g")
        owner = f"(g % {self.size.clients}) * {STEP} + (SELECT min(id) FROM client)"
        first = "(SELECT min(id) FROM {0} WHERE client_id = (SELECT min(id) FROM client))"
        service, resource = (
            f"(g % {self.size.clients}) * {STEP} + {first.format(name)}" for name in ("service", "resource")
        )
        state = f"CASE WHEN g <= {self.size.clients} THEN 'open' ELSE 'done' END"
        self.fill(
            "ticket", self.size.clients * 10, client_id=owner, number="2000 + g", kind="'chat'", state=state,
            customer_id=f"g % {self.size.customers} + 1000", conversation_id=f"g % {self.size.customers} + 1000",
            opened_at="now()", due_at="now()",
            done_at=f"CASE WHEN g <= {self.size.clients} THEN NULL ELSE now() - g * interval '1 second' END",
        )  # fmt: skip
        self.fill(
            "waiting", self.size.clients * 10, client_id=owner, customer_id=f"g % {self.size.customers} + 1000",
            conversation_id=f"g % {self.size.customers} + 1000", state="'waiting'",
            service_id=service, first="date '2026-11-23'", last="date '2026-12-23'",
        )  # fmt: skip
        slot = f"(timestamptz '2026-11-23 08:00+00' + (g / {self.size.clients}) * interval '1 day')"
        self.fill(
            "appointment", self.size.clients * 20, client_id=owner, customer_id=f"g % {self.size.customers} + 1000",
            service_id=service, resource_id=resource,
            starts_at=slot, ends_at=f"{slot} + interval '30 minutes'",
            blocked_from=f"extract(epoch from {slot})::bigint / 60",
            blocked_to=f"extract(epoch from {slot})::bigint / 60 + 30", status="'booked'", uid="'uid' || g",
            code="'code' || g",
        )  # fmt: skip

    def fill(self, name: str, count: int, /, **given: str) -> None:
        """So many rows, by expressions of g; what must not be null and is not given gets the emptiest value."""
        table = self.tables.tables[name]
        values = {**{one.name: empty(one) for one in table.columns if needs(one)}, **given}
        columns = ", ".join(f'"{one}"' for one in values)
        chosen = ", ".join(f"CAST({value} AS {table.columns[one].type})" for one, value in values.items())
        self.write.execute(
            text(f'INSERT INTO "{name}" ({columns}) SELECT {chosen} FROM generate_series(1::bigint, {count}) g')
        )

    def drop_indexes(self, name: str) -> list[str]:
        """Drops what is no constraint; gives how to make it again."""
        found = self.write.execute(
            text(
                "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid ="
                " CAST(:name AS regclass) AND NOT indisprimary AND NOT EXISTS"
                " (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)"
            ),
            {"name": name},
        ).all()
        for index, _made in found:
            self.write.execute(text(f"DROP INDEX {index}"))
        return [made for _index, made in found]


def needs(column: Column[Any]) -> bool:
    """Whether a value has to be given."""
    return not column.nullable and column.server_default is None and not (column.primary_key and column.name == "id")


EMPTY: Final[Mapping[type[Any], str]] = {
    Boolean: "false", DateTime: "now()", JSON: "'{}'", Float: "0", DOUBLE_PRECISION: "0", BigInteger: "0", Integer: "0",
}  # fmt: skip


def empty(column: Column[Any]) -> str:
    """The emptiest value of a column's type."""
    return next((value for kind, value in EMPTY.items() if isinstance(column.type, kind)), "''")
