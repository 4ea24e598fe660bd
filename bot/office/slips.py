"""Slips: messages taken for the client's people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.office.tickets import open_ticket
from bot.values import Client, Contact, Who
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
    number = next_number(write, who.client.id, "slip")
    whom = contact.name if contact is not None else "anyone"
    ticket = open_ticket(
        write,
        who.client,
        "message",
        f"Message {number} for {whom}: {about}",
        who.now,
        talk=who.conversation,
        data={"slip": number},
    )
    slips.add(
        write,
        {
            "client_id": who.client.id,
            "number": number,
            "customer_id": who.customer.id,
            "conversation_id": who.conversation.id,
            "ticket_id": ticket.id,
            "contact_id": contact.id if contact is not None else None,
            "name": name,
            "about": about,
            "phone": phone,
            "call_back": call_back,
            "urgent": False,
            "taken_at": who.now,
            "passed_at": None,
        },
    )
    return number


def passed_on(write: Connection, client: Client, ticket_id: int, now: datetime) -> None:
    """The message of a ticket has reached whom it is for."""
    slips.passed(write, client.id, ticket_id, now)
