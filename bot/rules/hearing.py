"""Who of a client's people hears what, in which order, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.values import CHANNEL, DAY, Client, Contact, Hears

WITHIN: Final = 15
"""Minutes after which the next in the chain hears of a message that nobody has taken on."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Who hears in turn (CHANNEL, or the key of a contact who is on the network), each so many minutes later."""

    to: tuple[str, ...]
    within: int = WITHIN


def chain(client: Client, what: str, now: datetime, *, contact: Contact | None = None, urgent: bool = False) -> Chain:
    """Who hears of ``what`` (message, urgent, booking, order, decision) that comes now, for a contact or anyone.

    The client's first rule that fits says it; without one a message goes to whom it is for, then to the channel, and
    everything else to the channel. Who is not on the network is passed over; nobody at all is the client's own wish.
    """
    rule = next((one for one in client.hears if fits(client, one, what, now, contact, urgent)), None)
    if rule is None:
        own = (contact.key,) if contact is not None and contact.slack and what == "message" else ()
        return Chain((*own, CHANNEL))
    to = tuple(key for key in rule.to if key == CHANNEL or reachable(client, key))
    return Chain(to if to or not rule.to else (CHANNEL,), rule.within)


def fits(client: Client, rule: Hears, what: str, now: datetime, contact: Contact | None, urgent: bool) -> bool:
    """Whether a rule speaks of this, at this hour."""
    local = client.local(now)
    minute = local.hour * 60 + local.minute
    return (
        (not rule.what or what in rule.what)
        and (not rule.contact or (contact is not None and rule.contact == contact.key))
        and (rule.urgency == "any" or (rule.urgency == "urgent") == urgent)
        and (not rule.days or local.weekday() in rule.days)
        and rule.hours[0] <= minute < rule.hours[1]
    )


def reachable(client: Client, key: str) -> bool:
    """Whether a contact is on the network."""
    contact = client.contact(key)
    return contact is not None and bool(contact.slack)


def after_quiet(client: Client, now: datetime) -> datetime:
    """When the team may hear what is not urgent: now, or the end of its quiet hours."""
    start, end = client.team_quiet
    local = client.local(now)
    minute = local.hour * 60 + local.minute
    quiet = start <= minute < end if start <= end else minute >= start or minute < end
    if not quiet:
        return now
    day = local.date() + timedelta(days=1 if minute >= end else 0)
    return datetime.combine(day, time(end % DAY // 60, end % 60), tzinfo=client.zone).astimezone(UTC)


def next_daily(client: Client, minute: int, after: datetime) -> datetime:
    """The next time the client's clock shows this minute of the day."""
    day = client.local(after).date()
    for ahead in range(3):
        at = datetime.combine(day + timedelta(days=ahead), time(), tzinfo=client.zone) + timedelta(minutes=minute)
        if at.astimezone(UTC) > after:
            return at.astimezone(UTC)
    raise ValueError(f"{minute} is no minute of a day")
