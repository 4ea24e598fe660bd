"""The tickets that were last done, as the inbox shows them: however many clients and closed tickets there are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Integer, Select, bindparam, literal_column, select, true

from storage.models import ClientRow, metadata
from storage.queue import LISTED, Listed, listed, ticket

client = metadata.tables[ClientRow.__tablename__]
done = ticket.alias("done")
its = ticket.alias("its")
MOST = bindparam("most", type_=Integer)
# Of each client only the latest, and of many clients only those where something was done last: what other clients have
# is not gone through, nor what is old.
DONE = select(done.c.id, done.c.done_at).where(done.c.done_at.is_not(None)).order_by(done.c.done_at.desc())
LAST = DONE.with_only_columns(done.c.done_at).where(done.c.client_id == client.c.id).limit(literal_column("1"))
ACTIVE = (
    select(client.c.id, LAST.scalar_subquery().label("at"))
    .where(client.c.id.in_(bindparam("clients", expanding=True)))
    .order_by(literal_column("at").desc().nulls_last())
    .limit(MOST)
    .subquery("active")
)
OF_ONE = DONE.where(done.c.client_id == ACTIVE.c.id).limit(MOST)


def shown(chosen: FromClause, which: ColumnElement[bool]) -> Select[Any]:
    """The statement for all that is shown of them, by how a client's own are joined to it.

    First which they are: in one, a database joins every ticket there is before it sorts.
    """
    found = select(chosen.c.id).join_from(ACTIVE, chosen, which).order_by(chosen.c.done_at.desc()).limit(MOST)
    return LISTED.where(ticket.c.id.in_(found.scalar_subquery())).order_by(ticket.c.done_at.desc())


# SQLite joins nothing that looks at what stands beside it, but looks up a list anew for each client.
SHOWN = {
    "sqlite": shown(its, its.c.id.in_(OF_ONE.with_only_columns(done.c.id).scalar_subquery())),
    "postgresql": shown(OF_ONE.lateral("its"), true()),
}


def last_done(rows: Connection, clients: Collection[int], most: int) -> list[Listed]:
    """The tickets of these clients that were last done, the latest first."""
    values = {"clients": list(clients), "most": most}
    return [listed(row) for row in rows.execute(SHOWN[rows.dialect.name], values)]
