"""Closing a day or an hour, of the client or of one of its people: what it hits, and what becomes of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import clash_offers, clashes
from bot.office.appointments import STANDING
from bot.office.seats import midnight
from bot.rules.closing import in_the_way
from bot.values import DAY, Client, Closure, Refusal
from storage import agenda, client_rows, clients
from storage.agenda import Visit

LONGEST: Final = 366
"""Days that one closure may last."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An appointment that can't stand, and the ticket that asks for another time: its row id, and its number."""

    visit: Visit
    ticket_id: int
    ticket: int


def hits(rows: Connection, client: Client, closed: Closure, now: datetime) -> list[Visit]:
    """The standing appointments that a closure would hit, by start; those that have begun are left alone."""
    first, after = midnight(client, closed.first), midnight(client, closed.last + timedelta(days=1))
    return [
        one
        for one in agenda.between(rows, [client.id], first, after, now)
        if one.appointment.status in STANDING
        and one.appointment.starts_at > now
        and in_the_way(client, closed, one.appointment)
    ]


def close(write: Connection, client: Client, closed: Closure, now: datetime, *, offer_by: str = "") -> list[Hit]:
    """Closes, and opens a ticket for each appointment hit, which still stands: somebody has to speak with its customer.

    In the name of ``offer_by``, where somebody is named, those with a chat are offered other times at once. Raises
    Refusal for what is no closure.
    """
    check(client, closed, now)
    struck = hits(write, client, closed, now)
    row = {
        "resource_id": closed.resource_id,
        "first": closed.first,
        "last": closed.last,
        "opens_minute": closed.opens,
        "closes_minute": closed.closes,
        "reason": closed.reason,
    }
    if closed not in client.closures:
        client_rows.put_rows(write, "closure", client.id, [row])
        clients.touch(write, client.id)
    after = clients.load(write, client.id)
    found = [Hit(one, *clashes.ask(write, after, one, now)) for one in struck]
    for one in found if offer_by else ():
        with suppress(Refusal):  # who can't be reached, or for whom nothing is free, is the desk's to speak with
            clash_offers.offer(write, after, one.ticket_id, now, offer_by)
    return found


def open_again(write: Connection, client: Client, closed: Closure, now: datetime) -> None:
    """Takes a closure back, and with it the tickets of what can stand again. Raises Refusal where there is none."""
    if not client_rows.drop_closure(write, client.id, closed):
        raise Refusal(_("This closure is gone already."))
    clients.touch(write, client.id)
    clashes.review(write, clients.load(write, client.id), now)


def check(client: Client, closed: Closure, now: datetime) -> None:
    """Raises Refusal for what is no closure, or is over."""
    if closed.last < closed.first or (closed.last - closed.first).days >= LONGEST:
        raise Refusal(_("From which day to which?"))
    if not 0 <= closed.opens < closed.closes <= DAY:
        raise Refusal(_("From when to when?"))
    if closed.resource_id is not None and client.resource(closed.resource_id) is None:
        raise Refusal(_("With whom?"))
    ends = datetime.combine(closed.last, time(), tzinfo=client.zone) + timedelta(minutes=closed.closes)
    if ends.astimezone(UTC) <= now:
        raise Refusal(_("That time has passed."))
