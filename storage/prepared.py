"""Statements of the hot path: written in SQLAlchemy Core, compiled once, executed by the driver."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Dialect, make_url
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

_DIALECTS: Final[dict[str, Dialect]] = {
    "sqlite": make_url("sqlite://").get_dialect()(paramstyle="named"),  # type: ignore[call-arg]
    "postgresql": make_url("postgresql+psycopg://").get_dialect()(),
}


class Prepared:
    """A Core statement as a module constant, twenty times cheaper to run than through SQLAlchemy.

    Values go to the driver as they are and rows come back as it gives them: ints, strings, bytes, None; a column's
    type converts neither. What the statement itself holds (`state == "due"`) is converted once. Row locks are written
    for PostgreSQL and left out for SQLite. `postgresql.insert` with `on_conflict_...` serves both.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, dict[str, Any]]] = {}

    def run(self, connection: Connection, **values: Any) -> int:
        """Execute, and say how many rows it touched."""
        return int(self._execute(connection, values).rowcount)

    def row(self, connection: Connection, **values: Any) -> tuple[Any, ...] | None:
        """Execute, and give the first row if there is one."""
        row: tuple[Any, ...] | None = self._execute(connection, values).fetchone()
        return row

    def rows(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """Execute, and give all rows."""
        rows: list[tuple[Any, ...]] = self._execute(connection, values).fetchall()
        return rows

    def _execute(self, connection: Connection, values: dict[str, Any]) -> Any:
        name = connection.dialect.name
        sql, constants = self._compiled.get(name) or self._compile(name)
        if constants:
            values = constants | values
        driver: Any = connection.connection.dbapi_connection
        if name == "sqlite":
            return driver.execute(sql, values)
        # psycopg makes a cursor slowly, so each connection keeps one for all these statements.
        cursor = connection.info.get("cursor")
        if cursor is None:
            cursor = connection.info["cursor"] = driver.cursor()
        return cursor.execute(sql, values, prepare=True)

    def _compile(self, name: str) -> tuple[str, dict[str, Any]]:
        dialect = _DIALECTS[name]
        compiled = self._statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        _refuse(compiled)
        self._compiled[name] = found = (compiled.string, _constants(compiled, dialect))
        return found


def _constants(compiled: SQLCompiler, dialect: Dialect) -> dict[str, Any]:
    """The values that the statement holds itself, as the driver takes them."""
    constants: dict[str, Any] = {}
    for bind, name in compiled.bind_names.items():
        if not bind.required:
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            value = bind.effective_value
            constants[name] = value if convert is None else convert(value)
    return constants


def _refuse(compiled: SQLCompiler) -> None:
    """A driver statement can neither grow a list of values nor compute Python defaults."""
    if compiled.post_compile_params:
        raise TypeError(f"a prepared statement has a fixed number of values, so no in_(): {compiled.string}")
    computed = [column.name for column in compiled.prefetch] if compiled.isinsert or compiled.isupdate else []
    if computed:
        raise TypeError(f"give these columns a value, for Python defaults are not run: {', '.join(computed)}")
