"""INSERT ... ON CONFLICT, for both databases."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.dialects.sqlite.dml import OnConflictClause

__all__ = ["upsert"]

# All that the compiler of PostgreSQL asks for beside what SQLite's clause has. PostgreSQL's own would do for both as
# well, but with it comes its whole dialect: 2 MiB in each process that serves SQLite.
OnConflictClause.constraint_target = None  # type: ignore[attr-defined]
