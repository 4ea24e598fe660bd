"""Linking a talk with one of our bots to who is to be reached there: a member of the desk, or a client's contact."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _, plain
from bot.office import alerts
from bot.rules.deadlines import outside_quiet
from bot.update import InConversation
from bot.values import Client, Contact
from storage import alerts as told
from storage import jobs, links, road, slips, staff

GOOD_FOR: Final = timedelta(minutes=15)
"""How long a code links, if nobody uses it before."""

ERASED: Final = _("Erased, as the customer wished.")
START: Final = "link-"
"""Before a code in what a deep link brings."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Who is reached in a talk from now on: ``language`` is the one she reads, empty where that is not known."""

    name: str
    language: str
    of_desk: bool


def new_code() -> str:
    """A code that nobody guesses."""
    return secrets.token_urlsafe(12)


def digest_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def redeem(write: Connection, client: Client, conversation_id: int, code: str, now: datetime) -> Reached | None:
    """Links a talk of the client's by a code; None where it is worth nothing here."""
    found = links.take_code(write, digest_of(code), client.id, now)
    if found is None:
        return None
    staff_id, contact_id = found
    links.make(write, client.id, conversation_id, now, staff_id=staff_id, contact_id=contact_id)
    if staff_id is not None:
        member = staff.by_id(write, staff_id)
        return Reached(member.name, member.language, of_desk=True) if member is not None else None
    contact = next((one for one in client.contacts if one.id == contact_id), None)
    return Reached(contact.name, "", of_desk=False) if contact is not None else None


def bring_slip(
    write: Connection, client: Client, contact: Contact | None, ticket_id: int, now: datetime, *, urgent: bool = False
) -> None:
    """Brings a message to whom it is for, where she is linked (for anyone: to the first who is).

    Not in the team's quiet hours, unless it is urgent. What nobody can be brought stays with the desk.
    """
    reached = links.contacts(write, client.id)
    if contact is not None:
        reached = [one for one in reached if one.contact_id == contact.id]
    if reached:
        at = now if urgent else outside_quiet(replace(client, quiet=client.team_quiet), now)
        target, data = InConversation(reached[0].conversation_id), {"ticket": ticket_id}
        alerts.end(write, ticket_id, now)  # it is hers now; the desk's again once it is late, or she gives it back
        jobs.later(write, "slip_brought", at, target, client_id=client.id, data=data, subject=f"slip:{ticket_id}")


def forget(write: Connection, client: Client, customer_id: int, conversation_id: int, now: datetime) -> None:
    """A customer is erased: her own talk is linked to nobody, and what linked people were told of her goes too."""
    links.unlink(write, conversation_id=conversation_id)
    found = told.said_of(write, customer_id)
    words = {one.message_id: plain(ERASED, {}, one.language, client.zone, now) for one in found}
    told.unsay(write, customer_id, found, words)
    for one in found:
        payload = {"text": words[one.message_id], "keyboard": [], "message": one.message_id}
        road.send(
            write,
            one.thread.lane,
            "edit",
            payload,
            now,
            client_id=client.id,
            conversation_id=one.conversation_id,
            message_id=one.message_id,
        )


def brought(write: Connection, client: Client, ticket_id: int, now: datetime) -> slips.Taken | None:
    """The message that is being brought, which is passed on thereby; None where the desk has dealt with it."""
    found = slips.taken(write, client.id, ticket_id)
    if found is None or found.state == "done":
        return None
    slips.passed(write, client.id, ticket_id, now)
    return found
