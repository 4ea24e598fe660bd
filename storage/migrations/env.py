"""How Alembic reaches the database: the connection it is given, or the URL in its options."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, create_engine, make_url
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import storage.models

TARGET = storage.models.metadata
# The models write the condition of an index once: its other name loads PostgreSQL's dialect wherever it stands.
for table in TARGET.tables.values():
    for index in table.indexes:
        if (where := index.dialect_options["sqlite"]["where"]) is not None:
            index.dialect_options["postgresql"]["where"] = where


def written(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """How our own column types and SQLModel's strings and times are written in a migration."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "UTCDateTime()"
    if kind == "type" and type(item).__module__ == "storage.types":
        return f"types.{type(item).__name__}()"
    return False


def ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Leaves out what search is made of (storage/search.py): no table of the models, on either database."""
    return not (kind in {"table", "index"} and name is not None and "_words" in name)


def run(connection: Connection) -> None:
    """Runs the migrations over an open connection."""
    # SQLite can change a table only by making it anew, which render_as_batch writes into each migration.
    context.configure(
        connection=connection,
        target_metadata=TARGET,
        render_as_batch=True,
        render_item=written,
        include_name=ours,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = make_url(context.config.get_main_option("sqlalchemy.url") or "")
    engine = create_engine(url)
    with engine.connect() as opened:
        run(opened)
        opened.commit()
    engine.dispose()
