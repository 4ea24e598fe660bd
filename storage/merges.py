"""Two rows of one person made one, and parted again: which rows went from the one to the other is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, literal, select, update

from bot.update import Json
from storage.models import (
    AppointmentRow,
    ConversationRow,
    CustomerRow,
    Merge,
    OrderRow,
    Proof,
    Relay,
    RelayTold,
    Slip,
    ThreadRow,
    Ticket,
    Waiting,
    metadata,
)
from storage.upsert import upsert

T = metadata.tables
customer = T[CustomerRow.__tablename__]
conversation = T[ConversationRow.__tablename__]
told = T[RelayTold.__tablename__]
merge = T[Merge.__tablename__]
BELONGINGS: Final = {
    kind.__tablename__: T[kind.__tablename__]
    for kind in (AppointmentRow, OrderRow, Waiting, Slip, Ticket, Relay, Proof, ThreadRow, ConversationRow)
}
"""What goes with a customer when her rows become one."""
SAYS: Final = ("name", "phone", "email", "folded", "verified_by")
"""What a customer's row says of her, and a merge may change."""

MINE: Final = {
    name: select(table.c.id).where(table.c.client_id == bindparam("client"), table.c.customer_id == bindparam("one"))
    for name, table in BELONGINGS.items()
}
GIVE: Final = {
    name: update(table)
    .where(table.c.id.in_(bindparam("ids", expanding=True)), table.c.customer_id == bindparam("had_by"))
    .values(customer_id=bindparam("given_to"))
    for name, table in BELONGINGS.items()
}
# Their turns write by the talk's lock: nothing may be written for the one while it becomes the other.
LOCK = (
    select(conversation.c.id)
    .where(conversation.c.customer_id.in_(bindparam("both", expanding=True)))
    .order_by(conversation.c.id)
    .with_for_update()
)
ROWS = (
    select(customer.c.id, customer.c.merged_into, *(customer.c[name] for name in SAYS))
    .where(customer.c.client_id == bindparam("client"), customer.c.id.in_(bindparam("both", expanding=True)))
    .with_for_update()
)
SET = update(customer).where(customer.c.id == bindparam("of_id"))
TELL_TOO = upsert(told).from_select(
    ["relay_id", "customer_id", "told_at"],
    select(told.c.relay_id, bindparam("other", type_=told.c.customer_id.type), told.c.told_at).where(
        told.c.customer_id == bindparam("one")
    ),
)
TELL_TOO = TELL_TOO.on_conflict_do_nothing()
KEEP = insert(merge).returning(merge.c.id)
absorbed = customer.alias("absorbed")
OF = (
    select(merge.c.id, merge.c.one_id, merge.c.before, merge.c.at)
    .where(merge.c.client_id == bindparam("client"), merge.c.other_id == bindparam("customer"))
    .where(merge.c.undone_at.is_(None))
    .order_by(merge.c.id)
)
ONE = select(merge).where(merge.c.client_id == bindparam("client"), merge.c.id == bindparam("id"))
UNDONE = update(merge).where(merge.c.id == bindparam("of_id")).values(undone_at=bindparam("now"))


class Merged(NamedTuple):
    """That somebody else was made one with a customer: what her row said before."""

    id: int
    one_id: int
    before: Mapping[str, Any]
    at: datetime

    @property
    def called(self) -> str:
        """What she was called."""
        one: Mapping[str, str] = self.before["one"]
        return " ".join(part for part in (one["name"], one["phone"]) if part)


def said(write: Connection, client_id: int, both: Sequence[int]) -> dict[int, dict[str, str]]:
    """What the rows of two customers say; both are locked, with their talks. Those that are merged are not there."""
    write.execute(LOCK, {"both": list(both)})
    found = write.execute(ROWS, {"client": client_id, "both": list(both)}).mappings()
    return {row["id"]: {name: row[name] for name in SAYS} for row in found if row["merged_into"] is None}


def join(
    write: Connection, client_id: int, one: int, other: int, before: Json, staff_id: int | None, now: datetime
) -> None:
    """All that is ``one``'s is ``other``'s from now on; ``before`` is what their rows said."""
    moved: dict[str, list[int]] = {}
    for name, statement in MINE.items():
        ids = list(write.execute(statement, {"client": client_id, "one": one}).scalars())
        if ids:
            moved[name] = ids
            write.execute(GIVE[name], {"ids": ids, "had_by": one, "given_to": other})
    write.execute(TELL_TOO, {"one": one, "other": other})
    write.execute(SET.values(merged_into=literal(other), phone="", email="", folded=""), {"of_id": one})
    values = {"client_id": client_id, "one_id": one, "other_id": other, "staff_id": staff_id, "moved": moved}
    write.execute(KEEP, {**values, "before": before, "at": now})


def part(write: Connection, row: Any, now: datetime) -> None:
    """What went from one customer to the other goes back, as far as the other still has it."""
    for name, ids in row.moved.items():
        write.execute(GIVE[name], {"ids": ids, "had_by": row.other_id, "given_to": row.one_id})
    write.execute(SET.values(merged_into=None, **row.before["one"]), {"of_id": row.one_id})
    write.execute(UNDONE, {"of_id": row.id, "now": now})


def say(write: Connection, customer_id: int, says: Mapping[str, str]) -> None:
    """Writes what a customer's row says of her."""
    if says:
        write.execute(SET.values(**says), {"of_id": customer_id})


def of_customer(rows: Connection, client_id: int, customer_id: int) -> list[Merged]:
    """Who was made one with a customer, and can be parted from her again."""
    return [Merged(*row) for row in rows.execute(OF, {"client": client_id, "customer": customer_id})]


def by_id(rows: Connection, client_id: int, merge_id: int) -> Any:
    """The client's merge with this row id, if there is one."""
    return rows.execute(ONE, {"client": client_id, "id": merge_id}).one_or_none()
