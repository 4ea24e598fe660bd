"""Statements of the hot path: written in SQLAlchemy Core, compiled once, executed by the driver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Dialect, Insert, Select, bindparam, make_url
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

Convert = Callable[[Any], Any]


class Prepared:
    """A Core statement as a module constant, twenty times cheaper to run than through SQLAlchemy.

    Values go to the driver as they are and rows come back as it gives them: ints, strings, bytes, None; a column's
    type converts neither. What the statement itself holds (`state == "due"`) is converted once. Row locks are written
    for PostgreSQL and left out for SQLite. `upsert` with `on_conflict_...` serves both.
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
        dialect, statement = _dialect(name), self._statement
        if isinstance(statement, Insert):
            statement = statement.inline()  # or PostgreSQL would give the id of each row, asked or not
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        _refuse(compiled)
        self._note(compiled, dialect, name)  # first: other threads use what they find compiled
        self._compiled[name] = found = (compiled.string, _constants(compiled, dialect))
        return found

    def _note(self, compiled: SQLCompiler, dialect: Dialect, name: str) -> None:
        """Takes down what else is to be known of the compiled statement."""


class Typed(Prepared):
    """A Core statement as a module constant whose values and rows the columns' types convert, as SQLAlchemy would.

    It costs about a fifth of what SQLAlchemy takes.
    """

    def __init__(self, statement: ClauseElement) -> None:
        super().__init__(statement)
        self._taken: dict[str, dict[str, Convert]] = {}
        self._given: dict[str, list[tuple[int, Convert]]] = {}

    def row(self, connection: Connection, **values: Any) -> tuple[Any, ...] | None:
        """Execute, and give the first row if there is one."""
        row = super().row(connection, **values)
        return self._converted(connection, row) if row is not None else None

    def rows(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """Execute, and give all rows."""
        return [self._converted(connection, row) for row in super().rows(connection, **values)]

    def _execute(self, connection: Connection, values: dict[str, Any]) -> Any:
        name = connection.dialect.name
        if name not in self._compiled:
            self._compile(name)
        for one, convert in self._taken[name].items():
            if one in values:
                values[one] = convert(values[one])
        return super()._execute(connection, values)

    def _converted(self, connection: Connection, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """A row as SQLAlchemy would give it."""
        values = list(row)
        for place, convert in self._given[connection.dialect.name]:
            values[place] = convert(values[place])
        return tuple(values)

    def _note(self, compiled: SQLCompiler, dialect: Dialect, name: str) -> None:
        taken = ((bind, of.type.dialect_impl(dialect)) for of, bind in compiled.bind_names.items())
        given = enumerate(column.type.dialect_impl(dialect) for column in compiled._result_columns)
        self._taken[name] = {bind: by for bind, kind in taken if (by := kind.bind_processor(dialect)) is not None}
        self._given[name] = [(at, by) for at, kind in given if (by := kind.result_processor(dialect, None)) is not None]


class Among:
    """A Core query for the rows in which ``column`` is one of some values, prepared for each number of them."""

    def __init__(self, query: Select[Any], column: ColumnElement[int]) -> None:
        self._query = query
        self._column = column
        self._by_number: dict[int, Prepared] = {}

    def rows(self, connection: Connection, among: Sequence[int], **values: Any) -> list[tuple[Any, ...]]:
        """Execute, and give all rows, as a Prepared would."""
        prepared = self._by_number.get(len(among))
        if prepared is None:
            places: list[BindParameter[int]] = [bindparam(f"among_{place}") for place in range(len(among))]
            prepared = self._by_number[len(among)] = Prepared(self._query.where(self._column.in_(places)))
        return prepared.rows(connection, **{f"among_{place}": value for place, value in enumerate(among)}, **values)


@cache
def _dialect(name: str) -> Dialect:
    """The dialect of one of our databases; only that is loaded."""
    if name == "sqlite":
        return make_url("sqlite://").get_dialect()(paramstyle="named")  # type: ignore[call-arg]
    return make_url("postgresql+psycopg://").get_dialect()()


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
