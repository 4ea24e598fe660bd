"""PostgreSQL: psycopg in a few threads, one transaction a unit of work, any number of processes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from select import POLLIN, poll
from typing import Any, Final

from psycopg import Connection as Driver
from psycopg import Error, OperationalError, adapt
from psycopg.abc import Transformer
from psycopg.adapt import PyFormat
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.types.numeric import Int8Dumper
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from storage.prepared import WIRE

MOST_WAITING: Final = 100
"""Statements that wait to travel together: their answers must find room while more of them are sent."""


def connect_options(url: URL, *, lock_timeout: float, read_only: bool = False) -> dict[str, Any]:
    """What psycopg is told beyond the URL, whose own parameters win. Seconds."""
    settings = {
        "TimeZone": "UTC",
        "lock_timeout": f"{round(lock_timeout * 1000)}ms",
        "statement_timeout": "60s",
        "idle_in_transaction_session_timeout": "60s",
        # What we ask for takes a millisecond: to compile it, or to share it among processes, takes ten, and is chosen
        # where a search by words is thought to find too much.
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
    }
    if read_only:  # one snapshot for the whole unit, as SQLite gives it
        settings |= {"default_transaction_read_only": "on", "default_transaction_isolation": "repeatable\\ read"}
    options = [f"-c {name}={value}" for name, value in settings.items()]
    own = url.query.get("options", ())
    options += [own] if isinstance(own, str) else own
    defaults = {
        "connect_timeout": 10,
        "keepalives_idle": 30,
        "tcp_user_timeout": 30_000,
        "application_name": "centralino",
    }
    return {"options": " ".join(options)} | {name: value for name, value in defaults.items() if name not in url.query}


def postgres_engine(url: URL, *, lock_timeout: float, threads: int, read_only: bool = False) -> Engine:
    """An engine with one connection for each of its threads."""
    engine = create_engine(
        url,
        pool_size=threads,
        max_overflow=0,
        use_native_hstore=False,  # asking the server for a type that we don't use
        connect_args=connect_options(url, lock_timeout=lock_timeout, read_only=read_only) | {"prepare_threshold": 1},
    )

    @event.listens_for(engine, "connect")
    def prepare(driver: Driver[Any], record: ConnectionPoolEntry) -> None:
        driver.prepared_max = 500
        # psycopg types each number by its size, and every mixture of sizes would be a statement prepared anew.
        driver.adapters.register_dumper(int, Int8Dumper)
        record.info[WIRE] = Wire(driver)

    @event.listens_for(engine, "before_cursor_execute")
    def first(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        wire: Wire = connection.info[WIRE]
        wire.flush()
        if statement.startswith(("ROLLBACK", "DROP")):
            wire.forget()

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        connection.info[WIRE].commit()

    @event.listens_for(engine, "rollback")
    def rollback(connection: Connection) -> None:
        connection.info[WIRE].rollback()

    return engine


class Answer:
    """What the server answered to one statement, as a driver's cursor gives it."""

    __slots__ = ("_result", "_types")

    def __init__(self, result: PGresult, types: Transformer) -> None:
        self._result = result
        self._types = types

    @property
    def rowcount(self) -> int:
        """How many rows it touched."""
        return self._result.command_tuples or 0

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row, if there is one."""
        rows = self._load(min(1, self._result.ntuples))
        return rows[0] if rows else None

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows."""
        return self._load(self._result.ntuples)

    def _load(self, count: int) -> list[tuple[Any, ...]]:
        self._types.set_pgresult(self._result)
        return self._types.load_rows(0, count, tuple)


class Wire:
    """A connection's own way to its server, past psycopg's cursor, which takes twice as long.

    What needs no answer at once waits for the next statement that does, or for the end, and travels with it: a journey
    costs more than what it carries. An error of such a statement comes out there.
    """

    def __init__(self, driver: Driver[Any]) -> None:
        self._server = driver.pgconn
        self._types: Transformer = adapt.Transformer(driver)
        self._names: dict[str, bytes] = {}
        self._number = count()
        self._waiting: list[tuple[bytes, Sequence[Any] | None]] = []
        self._journeys = 0
        self._answers = poll()
        self._answers.register(driver.fileno(), POLLIN)

    def execute(self, sql: str, values: Sequence[Any]) -> Answer:
        """Execute a statement, prepared at its first use, whose parameters are $1, $2, ...: what the server answers."""
        self.tell(sql, values)
        return Answer(self._travel(), self._types)

    def tell(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Execute a statement by the time that an answer is needed; a transaction is begun if there is none."""
        if len(self._waiting) >= MOST_WAITING:
            self._travel()
        if not self._waiting and self._server.transaction_status == TransactionStatus.IDLE:
            self._waiting.append((self._name("BEGIN"), None))
        given = self._types.dump_sequence(values, [PyFormat.TEXT] * len(values)) if values else None
        self._waiting.append((self._name(sql), given))

    def flush(self) -> None:
        """Execute what waits."""
        if self._waiting:
            self._travel()

    def commit(self) -> None:
        """Execute what waits, and commit. Raises RuntimeError where a failed statement was passed over."""
        if not self._waiting and self._server.transaction_status == TransactionStatus.IDLE:
            return
        if (
            self._server.transaction_status == TransactionStatus.INERROR
        ):  # it would answer with a rollback, and no error
            raise RuntimeError("a unit of work passed over a failed statement: only within a savepoint can it go on")
        self.tell("COMMIT")
        self.flush()

    def rollback(self) -> None:
        """Undo everything; errors of a lost connection are for the driver to find."""
        self._waiting.clear()
        if self._server.transaction_status in {TransactionStatus.INTRANS, TransactionStatus.INERROR}:
            self._server.exec_(b"ROLLBACK")

    def savepoint(self, name: str) -> tuple[int, int]:
        """Open a savepoint; where it stands, for ``back``."""
        self.tell(f"SAVEPOINT {name}")
        return self._journeys, len(self._waiting) - 1

    def back(self, name: str, mark: tuple[int, int]) -> None:
        """Undo what was done since a savepoint, and the savepoint."""
        journeys, waiting = mark
        if journeys == self._journeys:  # it has not even left
            del self._waiting[waiting:]
            return
        self._waiting.clear()
        self._sound(self._server.exec_(f"ROLLBACK TO {name}; RELEASE {name}".encode()))

    def forget(self) -> None:
        """Prepare every statement anew: psycopg, at some commands, has the server drop its own and ours with them."""
        self._names.clear()

    def _name(self, sql: str) -> bytes:
        """What the server calls a statement."""
        name = self._names.get(sql)
        if name is None:
            name = b"w%d" % next(self._number)
            self._sound(self._server.prepare(name, sql.encode()))
            self._names[sql] = name
        return name

    def _travel(self) -> PGresult:
        """Execute what waits, and give the last answer."""
        waiting, self._waiting = self._waiting, []
        self._journeys += 1
        if len(waiting) == 1:
            return self._sound(self._server.exec_prepared(*waiting[0]))
        self._server.enter_pipeline_mode()
        try:
            for name, values in waiting:
                self._server.send_query_prepared(name, values)
            self._server.pipeline_sync()
            results = self._results()
        except BaseException:
            with suppress(Error):
                self._server.exit_pipeline_mode()
            raise
        self._server.exit_pipeline_mode()
        for result in results:  # after one that failed the others say only that they were passed over
            self._sound(result)
        return results[-1]

    def _results(self) -> list[PGresult]:
        """The answers up to the end of the pipeline. It is waited for here: libpq would stop all threads meanwhile."""
        server, results = self._server, list[PGresult]()
        while server.flush():
            self._answers.poll(1)
            server.consume_input()
        while True:
            while server.is_busy():
                self._answers.poll()
                server.consume_input()
            result = server.get_result()
            if result is None:  # between two
                if server.status != ConnStatus.OK:
                    raise OperationalError("the connection is lost")
            elif result.status == ExecStatus.PIPELINE_SYNC:
                return results
            else:
                results.append(result)

    def _sound(self, result: PGresult) -> PGresult:
        if result.status not in {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}:
            raise error_from_result(result, encoding="utf-8")
        return result
