"""Customers as they are kept: what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, exists, select, update

from bot.values import Customer
from storage.database import Prepared
from storage.models import ClientRow, CustomerRow, OrderRow, ThreadRow, metadata

client = metadata.tables[ClientRow.__tablename__]
customer = metadata.tables[CustomerRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]
orders = metadata.tables[OrderRow.__tablename__]
KNOWN_NUMBERS = (
    select(customer.c.phone)
    .where(customer.c.client_id.in_(select(client.c.id)), customer.c.phone.in_(bindparam("numbers", expanding=True)))
    .distinct()
)
ONE = (customer.c.client_id == bindparam("of_client"), customer.c.id == bindparam("of_id"))
PROVEN = customer.c.verified_by != ""
LEARN = Prepared(
    update(customer)
    .where(*ONE)
    .values(
        name=bindparam("new_name"),
        # What somebody typed never takes the place of what was proven.
        phone=case((PROVEN, customer.c.phone), else_=bindparam("new_phone", type_=customer.c.phone.type)),
        email=bindparam("new_email"),
        folded=bindparam("new_folded"),
    )
)
CHOOSE = update(customer).where(*ONE).values(language=bindparam("spoken"), reminders=bindparam("wants"))
VERIFY = (
    update(customer)
    .where(*ONE)
    .values(
        name=bindparam("new_name"),
        phone=bindparam("new_phone"),
        email=bindparam("new_email"),
        verified_by=bindparam("proof"),
        folded=bindparam("new_folded"),
    )
)
COLUMNS = (
    customer.c.id,
    customer.c.client_id,
    customer.c.name,
    customer.c.phone,
    customer.c.email,
    customer.c.language,
    customer.c.verified_by,
    customer.c.reminders,
    customer.c.blocked_at.is_not(None).label("blocked"),
)
BY_ID = select(*COLUMNS).where(*ONE)
UNSEEN = (
    select(*COLUMNS)
    .where(
        customer.c.client_id == bindparam("of_client"),
        customer.c.phone == bindparam("phone"),
        customer.c.merged_into.is_(None),
        customer.c.erased_at.is_(None),
        ~exists(select(thread.c.id).where(thread.c.customer_id == customer.c.id)),
    )
    .order_by(customer.c.id)
    .with_for_update()
)
BLOCK = update(customer).where(*ONE).values(blocked_at=bindparam("since"), blocked_by=bindparam("staff"))
OWN_ORDERS = (
    update(orders)
    .where(
        orders.c.client_id == bindparam("of_client"),
        orders.c.phone == bindparam("of_phone"),
        orders.c.customer_id.is_(None),
    )
    .values(customer_id=bindparam("other"))
)


def choose(write: Connection, known: Customer) -> None:
    """Writes what a customer chose for herself: her language, and whether she is reminded."""
    values = {"spoken": known.language, "wants": known.reminders}
    write.execute(CHOOSE, {"of_client": known.client_id, "of_id": known.id, **values})


def block(write: Connection, client_id: int, customer_id: int, staff_id: int | None, since: datetime | None) -> None:
    """Notes since when, and by whom of the desk, a customer is blocked; None ends it."""
    write.execute(BLOCK, {"of_client": client_id, "of_id": customer_id, "staff": staff_id, "since": since})


def learn(write: Connection, known: Customer, folded: str) -> None:
    """Writes a customer's name, phone and e-mail as they are in the value, and how search finds her.

    The phone of a verified customer stays: only ``verify`` changes it.
    """
    LEARN.run(write, **written(known, folded))


def verify(write: Connection, known: Customer, folded: str) -> None:
    """Writes a customer with what proved who she is."""
    write.execute(VERIFY, {**written(known, folded), "proof": known.verified_by})


def written(known: Customer, folded: str) -> dict[str, Any]:
    """The values that LEARN and VERIFY write."""
    return {
        "of_client": known.client_id,
        "of_id": known.id,
        "new_name": known.name,
        "new_phone": known.phone,
        "new_email": known.email,
        "new_folded": folded,
    }


def by_id(rows: Connection, client_id: int, customer_id: int) -> Customer | None:
    """The client's customer with this row id."""
    row = rows.execute(BY_ID, {"of_client": client_id, "of_id": customer_id}).one_or_none()
    return Customer(*row) if row is not None else None


def unseen(write: Connection, client_id: int, phone: str) -> list[Customer]:
    """The client's customers that are known by this phone and have never written; locked."""
    return [Customer(*row) for row in write.execute(UNSEEN, {"of_client": client_id, "phone": phone})]


def known_numbers(rows: Connection, numbers: Sequence[str]) -> list[str]:
    """Which of these phones (E.164) some customer has, of whatever client: it is not told whose."""
    return list(rows.execute(KNOWN_NUMBERS, {"numbers": list(numbers)}).scalars())


def own_orders(write: Connection, known: Customer) -> None:
    """The orders that bear a customer's proven phone, and are nobody's yet, are hers."""
    if known.phone:
        write.execute(OWN_ORDERS, {"of_client": known.client_id, "of_phone": known.phone, "other": known.id})
