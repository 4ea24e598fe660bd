"""Jobs are found by index, whatever else is in the table."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, text

from storage import erasure, jobs
from storage.database import Database, Prepared
from storage.types import micros
from tests.door import NOON
from tests.turn.lanes import claim

NUMBERS = {
    "sqlite": "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) ",
    "postgresql": "with n(i) as (select generate_series(1, 20000)) ",
}


async def filled(database: Database) -> None:
    """20,000 jobs that are finished, 200 that wait, and what the planner knows of them."""
    columns = "kind, lane, subject, conversation_id, message_id, due_at, attempts, state, payload"
    values = "'send', 'lane ' || (i % 500), 'subject ' || i, i % 500, i, i, 1, :state, '{}'"
    sql = f"insert into job ({columns}) {NUMBERS[database.dialect]} select {values} from n where i <= :most"

    def work(write: Connection) -> None:
        for state, most in (("done", 20_000), ("due", 200)):
            write.execute(text(sql), {"state": state, "most": most})
        write.execute(text("analyze"))

    await database.transact(work)


def plan(database: Database, statement: Prepared, **values: Any) -> Callable[[Connection], str]:
    """How the database would run a statement of ours."""

    def explain(rows: Connection) -> str:
        sql, constants = statement._compiled.get(database.dialect) or statement._compile(database.dialect)
        prefix = "EXPLAIN QUERY PLAN " if database.dialect == "sqlite" else "EXPLAIN "
        driver: Any = rows.connection.dbapi_connection
        found = driver.execute(prefix + sql, constants | values).fetchall()
        return "\n".join(str(row[-1]) for row in found)

    return explain


def generic(statement: Prepared) -> Callable[[Connection], str]:
    """How PostgreSQL would run a statement for any values, as it does once it has prepared it."""

    def explain(rows: Connection) -> str:
        sql, constants = statement._compiled.get("postgresql") or statement._compile("postgresql")
        names: list[str] = []

        def place(found: re.Match[str]) -> str:
            names.append(found[1])
            return f"${len(names)}"

        numbered = re.sub(r"%\((\w+)\)s", place, sql)
        assert set(constants) <= set(names)
        driver: Any = rows.connection.dbapi_connection
        with driver.cursor() as cursor:
            found = cursor.execute(f"EXPLAIN (GENERIC_PLAN) {numbered}").fetchall()
        return "\n".join(str(row[-1]) for row in found)

    return explain


NOW = micros(NOON)
CLAIMING = {"now": NOW, "until": NOW, "most": 100, "acts": 20}
PLANS: dict[str, tuple[Prepared | dict[str, Prepared], dict[str, Any], tuple[str, ...]]] = {
    "claim": (
        jobs.CLAIM,
        CLAIMING,
        ("ix_job_send", "ix_job_act", "ix_job_lane", "ix_job_message"),
    ),
    "next": (jobs.NEXT, {"now": NOW}, ("ix_job_send", "ix_job_act")),
    "free": (jobs.FREE, {"now": NOW}, ("ix_job_lease",)),
    "call off": (jobs.CALL_OFF, {"about": "subject 5", "now": NOW}, ("ix_job_subject",)),
    "drop the bot's": (jobs.DROP_BOT_JOBS, {"talk": 5, "now": NOW}, ("ix_job_conversation",)),
    "drop all": (jobs.DROP_JOBS, {"talk": 5, "now": NOW}, ("ix_job_conversation",)),
    "old": (Prepared(erasure.FIRST_ENDED), {"before": NOW}, ("ix_job_ended",)),
}


async def test_jobs_are_found_by_index_among_twenty_thousand(database: Database) -> None:
    await filled(database)
    for name, (prepared, values, indexes) in PLANS.items():
        statement = prepared if isinstance(prepared, Prepared) else prepared[database.dialect]
        plans = [await database.transact(plan(database, statement, **values))]
        if database.dialect == "postgresql":
            plans.append(await database.transact(generic(statement)))
        for found in plans:
            assert all(index in found for index in indexes), f"{name}:\n{found}"
            assert not re.search(r"Seq Scan on job|SCAN (job|head)\b(?! USING)", found), f"{name}:\n{found}"


async def test_the_claim_takes_no_more_than_it_may_among_twenty_thousand(database: Database) -> None:
    await filled(database)
    read = text("select count(*) from job where state = 'busy'")
    for most, taken, altogether in ((7, 7, 7), (100, 100, 107), (100, 93, 200)):
        assert len(await claim(database, NOON, most)) == taken
        assert await database.read(lambda connection: connection.execute(read).scalar_one()) == altogether
