"""PostgreSQL: psycopg in a few threads, one transaction a unit of work, any number of processes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from psycopg import Connection as Driver
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.types.numeric import Int8Dumper
from sqlalchemy import URL, Engine, create_engine, event


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
    def prepare(driver: Driver[Any], _record: object) -> None:
        driver.prepared_max = 500
        # psycopg types each number by its size, and every mixture of sizes would be a statement prepared anew.
        driver.adapters.register_dumper(int, Int8Dumper)

    return engine


def failed(driver: Driver[Any]) -> bool:
    """Whether a statement of its transaction has failed, so that a COMMIT would roll back."""
    return driver.info.transaction_status == TransactionStatus.INERROR


def commanding(driver: Driver[Any]) -> Callable[[str], object]:
    """How to execute a command in the cheapest way; a transaction is begun if there is none."""
    if driver.pgconn.transaction_status == TransactionStatus.IDLE:
        _command(driver, "BEGIN")  # psycopg sends it with its own first statement
    return partial(_command, driver)


def _command(driver: Driver[Any], sql: str) -> None:
    """Go past the cursor, which on every ROLLBACK TO drops all statements that it has prepared on the server."""
    result = driver.pgconn.exec_(sql.encode())
    if result.status != ExecStatus.COMMAND_OK:
        raise error_from_result(result)
