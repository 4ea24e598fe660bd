"""How often a customer has guessed at something that proves who she is."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, select

from storage.models import Tries, metadata
from storage.upsert import upsert

tries = metadata.tables[Tries.__tablename__]

SPENT = select(tries.c.count).where(
    tries.c.customer_id == bindparam("customer"), tries.c.what == bindparam("what"), tries.c.since > bindparam("start")
)
OVER = tries.c.since <= bindparam("start", type_=tries.c.since.type)
COUNT = (
    upsert(tries)
    .values(customer_id=bindparam("customer"), what=bindparam("what"), count=1, since=bindparam("now"))
    .on_conflict_do_update(
        index_elements=["customer_id", "what"],
        set_={
            "count": case((OVER, 1), else_=tries.c.count + 1),
            "since": case((OVER, bindparam("now", type_=tries.c.since.type)), else_=tries.c.since),
        },
    )
    .returning(tries.c.count)
)


def spent(rows: Connection, customer_id: int, what: str, now: datetime, within: timedelta) -> int:
    """How many tries at ``what`` the customer has made in a stretch that began less than ``within`` ago."""
    values = {"customer": customer_id, "what": what, "start": now - within}
    return int(rows.execute(SPENT, values).scalar_one_or_none() or 0)


def count(write: Connection, customer_id: int, what: str, now: datetime, within: timedelta) -> int:
    """Counts one more try, the first of a new stretch where the last one is over; gives how many there are in it."""
    values = {"customer": customer_id, "what": what, "start": now - within, "now": now}
    return int(write.execute(COUNT, values).scalar_one())
