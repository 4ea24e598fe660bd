"""Which of those who give appointments a client's contact is, and whether she is busy."""

from __future__ import annotations

from datetime import datetime

from bot.reading import fold
from bot.rules.closing import bounds
from bot.values import Client, Contact, Resource


def resource_of(client: Client, contact: Contact) -> Resource | None:
    """What one of the client's people is, among those who give appointments: by her key, or by her name."""
    first = fold(contact.name).split()[:1]
    for one in client.resources:
        if one.key == contact.key or fold(one.name) == fold(contact.name) or fold(one.name).split() == first:
            return one
    return None


def is_busy(client: Client, contact: Contact, now: datetime) -> bool:
    """Whether one of the client's people has said that she is busy at this moment."""
    own = resource_of(client, contact)
    if own is None:
        return False
    its = [bounds(client, one) for one in client.closures if one.resource_id == own.id]
    return any(start <= now < end for start, end in its)
