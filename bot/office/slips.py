"""Slips: messages taken for the client's people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.i18n import _
from bot.office.hearing import hear
from bot.office.linking import bring_slip
from bot.office.tickets import answered, close_ticket, open_ticket, promise
from bot.values import Client, Contact, Conversation, Who
from storage import slips, tickets
from storage.numbers import next_number
from storage.tickets import Opened


def take(
    write: Connection,
    who: Who,
    *,
    name: str,
    about: str,
    contact: Contact | None = None,
    phone: str = "",
    call_back: str = "",
) -> int:
    """Takes a message for a contact (None: for anyone), opens its ticket, and gives its number.

    ``phone`` is where to call back, as E.164, and ``call_back`` when, in words; both empty where the answer goes to the
    chat.
    """
    said = {"name": name, "about": about, "phone": phone, "call_back": call_back}
    return enter(write, who.client, who.customer.id, who.conversation, contact, said, who.now)


def take_call(
    write: Connection,
    client: Client,
    customer_id: int,
    now: datetime,
    *,
    name: str,
    about: str,
    contact: Contact | None = None,
    phone: str = "",
    call_back: str = "",
    urgent: bool = False,
) -> int:
    """The same for a caller, who has no chat that the answer could go to; it may be urgent."""
    said = {"name": name, "about": about, "phone": phone, "call_back": call_back}
    return enter(write, client, customer_id, None, contact, said, now, urgent=urgent)


def enter(
    write: Connection,
    client: Client,
    customer_id: int,
    talk: Conversation | None,
    contact: Contact | None,
    said: Mapping[str, str],
    now: datetime,
    *,
    urgent: bool = False,
) -> int:
    """Writes a slip with its ticket, and gives its number."""
    number = next_number(write, client.id, "slip")
    whom = contact.name if contact is not None else _("anyone")
    subject = _("Message {number} for {whom}: {about}"), {"number": str(number), "whom": whom, "about": said["about"]}
    data = {"slip": number}
    ticket = open_ticket(
        write, client, "message", subject, now, talk=talk, customer_id=customer_id, urgent=urgent, data=data
    )
    slips.add(
        write,
        {
            "client_id": client.id,
            "number": number,
            "customer_id": customer_id,
            "conversation_id": talk.id if talk is not None else None,
            "ticket_id": ticket.id,
            "contact_id": contact.id if contact is not None else None,
            **said,
            "urgent": urgent,
            "taken_at": now,
            "passed_at": None,
            "heard_by": "",
        },
    )
    bring_slip(write, client, contact, ticket.id, now, urgent=ticket.urgent)
    hear(write, client, "message", now, urgent=ticket.urgent, ticket=ticket.id)
    return number


def passed_on(write: Connection, client: Client, ticket_id: int, now: datetime) -> None:
    """The message of a ticket has reached whom it is for."""
    slips.passed(write, client.id, ticket_id, now)
    hear(write, client, "settled", now, ticket=ticket_id)


def stands(rows: Connection, client: Client, ticket_id: int) -> bool:
    """Whether the message of a ticket is still to be dealt with."""
    found = slips.taken(rows, client.id, ticket_id)
    return found is not None and found.state != "done"


def give_back(write: Connection, client: Client, ticket_id: int, by: str, now: datetime) -> None:
    """One of the client's people gives a message to the desk, which is to call back instead: its time counts anew."""
    found = tickets.by_id(write, client.id, ticket_id)
    if found is None or found.state == "done":
        return
    tickets.put_data(write, ticket_id, {**found.data, "given_by": by})
    hear(write, client, "settled", now, ticket=ticket_id)
    opened = Opened(found.id, found.number, None, found.urgent)
    promise(write, client, opened, found.kind, found.conversation_id, now)


def pass_on(write: Connection, client: Client, ticket: Opened, talk_id: int | None, now: datetime) -> None:
    """The message of a ticket was passed on; the ticket waits, and nobody for us, until somebody takes it on."""
    passed_on(write, client, ticket.id, now)
    answered(write, client, ticket, talk_id, now)


def acknowledge(write: Connection, client: Client, ticket_id: int, by: str, now: datetime) -> None:
    """One of the client's people, called ``by``, has taken the message of a ticket on: the ticket is done."""
    passed_on(write, client, ticket_id, now)
    slips.heard(write, client.id, ticket_id, by)
    close_ticket(write, ticket_id, now, f"taken on by {by}")
