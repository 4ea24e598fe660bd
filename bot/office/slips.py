"""Slips: messages taken for the client's people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.office.tickets import open_ticket
from bot.values import Client, Contact, Conversation, Who
from storage import slips
from storage.numbers import next_number


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
) -> int:
    """The same for a caller, who has no chat that the answer could go to."""
    said = {"name": name, "about": about, "phone": phone, "call_back": call_back}
    return enter(write, client, customer_id, None, contact, said, now)


def enter(
    write: Connection,
    client: Client,
    customer_id: int,
    talk: Conversation | None,
    contact: Contact | None,
    said: Mapping[str, str],
    now: datetime,
) -> int:
    """Writes a slip with its ticket, and gives its number."""
    number = next_number(write, client.id, "slip")
    whom = contact.name if contact is not None else "anyone"
    subject = f"Message {number} for {whom}: {said['about']}"
    data = {"slip": number}
    ticket = open_ticket(write, client, "message", subject, now, talk=talk, customer_id=customer_id, data=data)
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
            "urgent": False,
            "taken_at": now,
            "passed_at": None,
            "heard_by": "",
        },
    )
    return number


def passed_on(write: Connection, client: Client, ticket_id: int, now: datetime) -> None:
    """The message of a ticket has reached whom it is for."""
    slips.passed(write, client.id, ticket_id, now)
