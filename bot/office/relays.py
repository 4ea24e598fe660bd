"""Relays: what the client wants a caller, or every caller, to be told at the next contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office.tickets import close_ticket, open_ticket
from bot.update import InConversation, OfClient
from bot.values import Client, Who
from storage import jobs, links, relays, tickets

AWAY: Final = timedelta(hours=12)
"""After this long a repeated relay is told again: what a customer writes within it is one contact."""


def enter(
    write: Connection,
    client: Client,
    texts: Mapping[str, str],
    now: datetime,
    *,
    customer_id: int | None = None,
    phone: str = "",
    private: bool = False,
    repeat: str = "once",
    until: datetime | None = None,
    member: str = "",
) -> int:
    """Enters a relay for a customer, for whoever has a phone (E.164), or for everyone; gives its id.

    ``texts`` are its words by language, told verbatim. A ``private`` one is told to a verified customer only;
    ``repeat`` is once or always.
    """
    relay_id = relays.add(
        write,
        {
            "client_id": client.id,
            "customer_id": customer_id,
            "phone": phone,
            "texts": dict(texts),
            "private": private,
            "repeat": repeat,
            "until": until,
            "created_at": now,
            "withdrawn_at": None,
            "member": member,
        },
    )
    if member and until is not None:
        data = {"relay": relay_id}
        jobs.later(write, "relay_lapsed", until, OfClient(client.id), client_id=client.id, data=data)
    return relay_id


def due(write: Connection, who: Who, language: str, *, anew: bool) -> list[str]:
    """The words that a customer is to be told now, which are thereby told.

    ``anew`` is a contact that begins, with a greeting: a repeated relay is told again then, else only after ``AWAY``.
    One without words in her language waits, and a ticket asks for them.
    """
    client, customer, now = who.client, who.customer, who.now
    words: list[str] = []
    for relay in relays.for_customer(write, client.id, customer.id, customer.phone, now):
        if relay.private and not customer.verified:
            continue
        if relay.told_at is not None and not (anew and relay.told_at < now) and now - relay.told_at < AWAY:
            continue
        if language not in relay.texts:
            ask_for_words(write, client, relay.id, language, now)
            continue
        tell(write, client, relay.id, customer.id, now)
        words.append(relay.texts[language])
    return words


def tell(write: Connection, client: Client, relay_id: int, customer_id: int, now: datetime) -> None:
    """Notes that a customer was told a relay; of the client's people, who wanted it told hears so.

    Where it was nobody of its workspace, the first who is reached on her own Telegram does.
    """
    relays.tell(write, relay_id, customer_id, now)
    found, data = relays.by_id(write, client.id, relay_id), {"relay": relay_id, "customer": customer_id}
    if found is not None and found.member and client.slack:
        jobs.later(write, "relay_told", now, OfClient(client.id), client_id=client.id, data=data)
    else:
        for one in links.contacts(write, client.id)[:1]:
            target = InConversation(one.conversation_id)
            jobs.later(write, "told_her", now, target, client_id=client.id, data=data)


def ask_for_words(write: Connection, client: Client, relay_id: int, language: str, now: datetime) -> None:
    """Opens a ticket for the words that a relay lacks, where none is open."""
    if not any(ticket.data["language"] == language for ticket in asked(write, client, relay_id)):
        data = {"relay": relay_id, "language": language}
        about = _("Relay {number} has no words in {language}"), {"number": str(relay_id), "language": language}
        open_ticket(write, client, "task", about, now, data=data)


def asked(rows: Connection, client: Client, relay_id: int) -> list[Any]:
    """The open tickets that ask for words of a relay."""
    return [one for one in tickets.queue(rows, client.id) if one.kind == "task" and one.data.get("relay") == relay_id]


def translate(write: Connection, client: Client, relay_id: int, texts: Mapping[str, str], now: datetime) -> None:
    """Gives a relay words in more languages, and closes the tickets that asked for them. Raises LookupError."""
    before = relays.texts(write, client.id, relay_id)
    if before is None:
        raise LookupError(f"There is no relay {relay_id}.")
    relays.translate(write, relay_id, {**before, **texts})
    for ticket in asked(write, client, relay_id):
        if ticket.data["language"] in texts:
            close_ticket(write, ticket.id, now, "translated")


def withdraw(write: Connection, client: Client, relay_id: int, now: datetime) -> None:
    """Nobody is told a relay any more. Raises LookupError where there is no such relay."""
    if not relays.withdraw(write, client.id, relay_id, now):
        raise LookupError(f"There is no relay {relay_id}.")
    for ticket in asked(write, client, relay_id):
        close_ticket(write, ticket.id, now, "withdrawn")
