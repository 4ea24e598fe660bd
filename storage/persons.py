"""The person in what the client's books keep: taken out of it when a customer is erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.values import Customer
from storage.models import (
    AppointmentRow,
    ConversationRow,
    CustomerRow,
    Draft,
    Merge,
    Note,
    OrderEvent,
    OrderRow,
    PendingReply,
    Proof,
    Relay,
    RelayTold,
    Slip,
    TaskEvent,
    TaskRow,
    ThreadRow,
    Ticket,
    Tries,
    Waiting,
    metadata,
)

T = metadata.tables
appointment = T[AppointmentRow.__tablename__]
orders = T[OrderRow.__tablename__]
events = T[OrderEvent.__tablename__]
ticket = T[Ticket.__tablename__]
slip = T[Slip.__tablename__]
relay = T[Relay.__tablename__]
person = T[CustomerRow.__tablename__]
talk = T[ConversationRow.__tablename__]
thread = T[ThreadRow.__tablename__]

note = T[Note.__tablename__]
task = T[TaskRow.__tablename__]
task_event = T[TaskEvent.__tablename__]

ME: Final[Any] = bindparam("me")
ERASED: Final = "(erased)"
TICKETS: Final = select(ticket.c.id).where(ticket.c.customer_id == ME)
TASKS: Final = select(task.c.id).where(task.c.ticket_id.in_(TICKETS))
ASKED: Final = select(task.c.id, task.c.question).where(task.c.ticket_id.in_(TICKETS))
UNTOLD: Final[dict[str, Any]] = {
    "title": ERASED,
    "details": "",
    "fields": {},
    "checklist": [],
    "result": "",
    "link": "",
}
"""What is left of a task that was about her: how it stands, and whose it is."""
NOW: Final[Any] = bindparam("now")
ENDED = ["delivered", "cancelled"]
OF_TICKETS = (Draft, PendingReply)
GONE = (RelayTold, Proof, Tries, Waiting)
AT = [
    update(person)
    .where((person.c.id == ME) | (person.c.merged_into == ME))
    .values(name="", phone="", email="", language="", folded="", verified_by="", erased_at=NOW),
    update(relay).where(relay.c.customer_id == ME).values(texts={}, withdrawn_at=NOW),
    # What is over is nobody's any more; what is still to come stays hers, so that she can still call it off.
    update(appointment).where(appointment.c.customer_id == ME, appointment.c.ends_at < NOW).values(customer_id=None),
]
OWN = [
    update(thread).where(thread.c.customer_id == ME).values(writer=""),
    update(talk).where(talk.c.customer_id == ME).values(last_text=""),
    update(slip).where(slip.c.customer_id == ME).values(name="", about="", phone="", call_back=""),
    update(ticket).where(ticket.c.customer_id == ME).values(subject=ERASED, about=None),
    update(events).where(events.c.order_id.in_(select(orders.c.id).where(orders.c.customer_id == ME))).values(note=""),
    update(appointment).where(appointment.c.customer_id == ME).values(name="", for_whom="", note="", waived=""),
    update(orders).where(orders.c.customer_id == ME).values(name="", phone="", email="", note=""),
    update(orders).where(orders.c.customer_id == ME, orders.c.status.in_(ENDED)).values(customer_id=None),
    update(task_event).where(task_event.c.task_id.in_(TASKS)).values(text="", data={}),
    update(task).where(task.c.id.in_(TASKS)).values(**UNTOLD),
    update(note).where(note.c.ticket_id.in_(TICKETS)).values(text=ERASED),
    *(delete(T[one.__tablename__]).where(T[one.__tablename__].c.ticket_id.in_(TICKETS)) for one in OF_TICKETS),
    delete(T[Merge.__tablename__]).where(T[Merge.__tablename__].c.other_id == ME),
    *(delete(T[one.__tablename__]).where(T[one.__tablename__].c.customer_id == ME) for one in GONE),
]
FORGET_RELAYS = (
    update(relay)
    .where(relay.c.client_id == bindparam("client"), relay.c.phone == bindparam("of_phone"))
    .values(texts={}, withdrawn_at=NOW, phone="erased")
)


def forget(write: Connection, known: Customer, now: datetime) -> None:
    """Takes a customer out of all that is kept but her messages: what happened stays, without the person."""
    for statement in OWN:
        write.execute(statement, {"me": known.id})
    for statement in AT:
        write.execute(statement, {"me": known.id, "now": now})
    for row in write.execute(ASKED, {"me": known.id}).all():
        if row.question.get("text"):
            asked = {**row.question, "text": ERASED, "options": []}
            write.execute(update(task).where(task.c.id == row.id).values(question=asked))
    if known.phone and known.verified:
        write.execute(FORGET_RELAYS, {"client": known.client_id, "of_phone": known.phone, "now": now})
