"""A customer's own data: the copy she can ask for, and its erasure; and what is kept for a while only."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.office import homes, linking, posting
from bot.update import InConversation, OfClient
from bot.values import Client, Who
from storage import copies, erasure, jobs, persons, posts

SOON: Final = timedelta(minutes=1)
"""When the messages go: by then the last words to the customer have left."""
LATER: Final = timedelta(hours=1)
"""When to look again for messages that could not go yet."""
AUDIT: Final = timedelta(days=30)
"""How long the audit and the jobs that have ended are kept."""
NIGHT: Final = time(3, 30)
"""When a client's old messages go, on its own clock."""


def copy(rows: Connection, who: Who) -> str:
    """All that is kept of a customer, as JSON."""
    found = {"client": who.client.name, "made_at": who.now.isoformat(), **copies.copy(rows, who.customer)}
    return json.dumps(found, ensure_ascii=False, indent=2)


# --- erasure ----------------------------------------------------------------------------------------------------------


def erase(write: Connection, who: Who) -> None:
    """Erases a customer: at once out of the books, where what happened stays without her; then her messages, in slices.

    What her client's people were shown of her goes too, and what names her among others is shown without her.

    What she writes from now on is kept as anybody's is.
    """
    last = erasure.last_message(write, who.customer.id)
    posting.drop_about(write, who.client, who.customer.id, who.now)
    homes.erase(write, who.client, who.now)
    linking.forget(write, who.client, who.customer.id, who.conversation.id, who.now)
    persons.forget(write, who.customer, who.now)
    go_on_erasing(write, who, last, who.now + SOON)


def erase_slice(write: Connection, who: Who, last: int) -> None:
    """Erases a slice of a customer's messages up to the id ``last``, and lets the clock go on while any is left.

    What the team was shown at once goes whole: nobody knows in which of it she was named.
    """
    erased = erasure.messages_of(write, who.customer.id, last)
    unnamed = erasure.actor(write, who.customer.id)
    space = posts.account_of(write, who.client.id)
    shown = erasure.shown(write, posting.NETWORK, space) if space else 0
    if max(erased, unnamed, shown) >= erasure.MOST or (unnamed and not erased):
        go_on_erasing(write, who, last, who.now)
    elif erasure.messages_left(write, who.customer.id, last):
        go_on_erasing(write, who, last, who.now + LATER)


def go_on_erasing(write: Connection, who: Who, last: int, at: datetime) -> None:
    """Lets the clock erase the next slice."""
    about, target = f"erase:{who.customer.id}", InConversation(who.conversation.id)
    jobs.later(write, "erase", at, target, client_id=who.client.id, data={"last": last}, subject=about)


# --- retention --------------------------------------------------------------------------------------------------------


def keep_watch(write: Connection, client: Client, now: datetime) -> None:
    """Lets the clock look for what is old, from now on every night; called again it changes nothing."""
    if not jobs.stands(write, subject(client)):
        arm(write, client, tonight(client, now))


def prune(write: Connection, client: Client, now: datetime) -> None:
    """Erases a slice of what has been kept long enough, and lets the clock go on: at once, or the next night."""
    counts = (
        erasure.old_messages(write, client.id, now - timedelta(days=client.keeps_days)),
        erasure.old_updates(write, now - AUDIT),
        erasure.old_jobs(write, now - AUDIT),
    )
    jobs.call_off(write, subject(client), now)
    arm(write, client, now if max(counts) >= erasure.MOST else tonight(client, now))


def tonight(client: Client, now: datetime) -> datetime:
    """The next time that it is ``NIGHT`` for the client."""
    local = client.local(now)
    at = datetime.combine(local.date(), NIGHT, client.zone)
    return at if at > local else datetime.combine(local.date() + timedelta(days=1), NIGHT, client.zone)


def arm(write: Connection, client: Client, at: datetime) -> None:
    """Lets the clock prune at a moment."""
    jobs.later(write, "retention", at, OfClient(client.id), client_id=client.id, subject=subject(client))


def subject(client: Client) -> str:
    """What these jobs are about."""
    return f"retention:{client.id}"
