"""Customers as they are kept."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, update

from bot.values import Customer
from storage.models import CustomerRow, metadata

customer = metadata.tables[CustomerRow.__tablename__]

LEARN = (
    update(customer)
    .where(customer.c.client_id == bindparam("of_client"), customer.c.id == bindparam("of_id"))
    .values(
        name=bindparam("name"),
        phone=bindparam("phone"),
        email=bindparam("email"),
        folded=bindparam("folded"),
    )
)
CHOOSE = (
    update(customer)
    .where(customer.c.client_id == bindparam("of_client"), customer.c.id == bindparam("of_id"))
    .values(language=bindparam("spoken"), reminders=bindparam("wants"))
)


def choose(write: Connection, known: Customer) -> None:
    """Writes what a customer chose for herself: her language, and whether she is reminded."""
    write.execute(
        CHOOSE,
        {"of_client": known.client_id, "of_id": known.id, "spoken": known.language, "wants": known.reminders},
    )


def learn(write: Connection, known: Customer, folded: str) -> None:
    """Writes a customer's name, phone and e-mail as they are in the value, and how search finds her."""
    write.execute(
        LEARN,
        {
            "of_client": known.client_id,
            "of_id": known.id,
            "name": known.name,
            "phone": known.phone,
            "email": known.email,
            "folded": folded,
        },
    )
