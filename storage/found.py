"""What a search finds: tickets, by what they are called and by what was said in them, and customers without one."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from storage import search
from storage.models import AppointmentRow, ConversationRow, CustomerRow, OrderRow, ThreadRow, Ticket, metadata
from storage.queue import HERS, LISTED, Listed, listed

ticket = metadata.tables[Ticket.__tablename__]
customer = metadata.tables[CustomerRow.__tablename__]
conversation = metadata.tables[ConversationRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]
appointment = metadata.tables[AppointmentRow.__tablename__]
orders = metadata.tables[OrderRow.__tablename__]

BOOKED = select(appointment.c.customer_id).where(
    appointment.c.client_id.in_(bindparam("clients", expanding=True)), appointment.c.code == bindparam("code")
)
ORDERED = select(orders.c.customer_id).where(
    orders.c.client_id.in_(bindparam("clients", expanding=True)), orders.c.number == bindparam("code")
)
THEIRS = select(ticket.c.id).where(HERS, ticket.c.customer_id.in_(bindparam("people", expanding=True)))
OF_TALKS = (
    select(ticket.c.conversation_id, func.max(ticket.c.id))
    .where(HERS, ticket.c.conversation_id.in_(bindparam("talks", expanding=True)))
    .group_by(ticket.c.conversation_id)
)
STRANGERS = (
    select(customer.c.id, customer.c.client_id, customer.c.name, customer.c.phone, thread.c.writer)
    .add_columns(conversation.c.language, conversation.c.id.label("talk"))
    .join_from(
        customer,
        conversation,
        (conversation.c.customer_id == customer.c.id) & conversation.c.ended_at.is_(None),
        isouter=True,
    )
    .join(thread, thread.c.id == conversation.c.thread_id, isouter=True)
    .where(customer.c.id.in_(bindparam("ids", expanding=True)))
    .where(~select(ticket.c.id).where(ticket.c.customer_id == customer.c.id).exists())
    .order_by(customer.c.id.desc(), conversation.c.id.desc())
)
BY_NUMBER = select(ticket.c.id).where(HERS, ticket.c.number == bindparam("number"))
THESE = LISTED.where(HERS, ticket.c.id.in_(bindparam("ids", expanding=True))).order_by(
    ticket.c.state == "done", ticket.c.id.desc()
)


class Person(NamedTuple):
    """A customer whom no ticket is about, with the talk in which she is reached, if there is one."""

    id: int
    client_id: int
    name: str
    phone: str
    writer: str | None
    language: str | None
    conversation_id: int | None

    @property
    def who(self) -> str:
        """What she is called."""
        return self.name or self.writer or self.phone


def strangers(rows: Connection, clients: Collection[int], wanted: search.Wanted, most: int) -> list[Person]:
    """The customers who are found by these words, and whom no ticket is about."""
    ids = search.people(rows, clients, wanted, most)
    found: dict[int, Person] = {}
    for row in rows.execute(STRANGERS, {"ids": ids}):
        found.setdefault(row.id, Person._make(row))
    return list(found.values())


class Hit(NamedTuple):
    """A ticket that was found, and what was said in it where that is why."""

    ticket: Listed
    said: search.Said | None


def find(rows: Connection, clients: Collection[int], words: str, wanted: search.Wanted, most: int) -> list[Hit]:
    """The tickets of these clients that are found by ``words``: what they are called by first, then what was said.

    Her name, phone or e-mail leads to a customer's tickets, and so do the code of an appointment and the number of an
    order. ``words`` are folded, and ``wanted`` is what they come to as a search.
    """
    hers, code = {"clients": list(clients)}, words.upper().replace(" ", "")
    people = set(search.people(rows, clients, wanted, most))
    people |= owners(rows, clients, code)
    ids = set(rows.execute(THEIRS, hers | {"people": sorted(people)}).scalars())
    number = words.lstrip("#")
    if number.isdigit() and len(number) < 10:
        ids.update(rows.execute(BY_NUMBER, hers | {"number": int(number)}).scalars())
    called = sorted(ids)[-most:]
    said = heard(rows, clients, wanted, most)
    found = {row.id: listed(row) for row in rows.execute(THESE, {**hers, "ids": [*called, *said]})}
    return [
        *(Hit(one, said.get(one.id)) for one in found.values() if one.id in ids),
        *(Hit(found[id], line) for id, line in said.items() if id in found and id not in ids),
    ]


def owners(rows: Connection, clients: Collection[int], code: str) -> set[int]:
    """The customers (row ids) whose appointment has this code, or whose order this number."""
    which = {"clients": list(clients), "code": code}
    found = {id for one in (BOOKED, ORDERED) for id in rows.execute(one, which).scalars()}
    return {int(id) for id in found if id is not None}


def heard(rows: Connection, clients: Collection[int], wanted: search.Wanted, most: int) -> dict[int, search.Said]:
    """In which tickets these words were said, the latest first: of a talk's tickets in the last one."""
    said = search.messages(rows, clients, wanted, most)
    talks = sorted({line.conversation_id for line in said if line.conversation_id is not None})
    last: dict[int | None, int] = {}
    if talks:
        last = {row[0]: row[1] for row in rows.execute(OF_TALKS, {"clients": list(clients), "talks": talks})}
    found: dict[int, search.Said] = {}
    for line in said:
        ticket_id = line.ticket_id or last.get(line.conversation_id)
        if ticket_id is not None:
            found.setdefault(ticket_id, line)
    return found
