"""The chain behind a ticket: its owner, the desk, the client's own people; each is alerted unless the one before saw.

Who is alerted off her page hears of what kind it is, of which client and by when, never what the customer wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.office.work import IDLE
from bot.rules.hours import on_duty
from bot.update import InConversation, OfClient
from bot.values import Client
from storage import alerts as told
from storage import jobs, links
from storage.links import Linked

STAGES: Final = ("owner", "desk", "contact")
GRACE: Final = timedelta(minutes=1)
"""Whoever is at the desk sees a ticket there: only then somebody is alerted elsewhere, unless it is urgent."""
WAIT: Final = timedelta(minutes=10)
"""How long an alert has to be seen before the next in the chain is alerted."""
URGENT_WAIT: Final = timedelta(minutes=5)


def begin(write: Connection, client: Client, ticket_id: int, now: datetime, *, urgent: bool) -> None:
    """Somebody waits for the desk: its chain begins, where anybody can be reached."""
    if links.anybody(write, client.id):
        later(write, client, ticket_id, "owner", now if urgent else now + GRACE, now)


def late(write: Connection, client: Client, ticket: Any, now: datetime) -> None:
    """A ticket is overdue: now it is the whole desk's, whoever had seen it, and then the client's own people's."""
    jobs.call_off(write, about(ticket.id), now)
    told.put_stage(write, ticket.id, "desk")
    step(write, client, ticket, "desk", now, now, is_late=True)


def end(write: Connection, ticket_id: int, now: datetime) -> None:
    """Nobody waits any more."""
    jobs.call_off(write, about(ticket_id), now)
    told.put_stage(write, ticket_id, "")


def step(
    write: Connection, client: Client, ticket: Any, stage: str, since: datetime, now: datetime, *, is_late: bool
) -> None:
    """Alerts those of a stage, or of the next where there is nobody to alert, and arms the one after.

    ``since`` is when the chain began: nobody is alerted twice in one.
    """
    known = told.alerts(write, ticket.id, since)
    members = [one for one in links.for_client(write, client.id) if one.staff_id not in known]
    wait = URGENT_WAIT if ticket.urgent else WAIT
    for place in STAGES[STAGES.index(stage) : 2]:
        meant = chosen(members, client, ticket, now) if place == "owner" else members
        free = [one for one in meant if ticket.urgent or hears(one, ticket.kind, now)]
        for one in free:
            tell(write, client, one, ticket.id, place, now)
        if free:
            told.put_stage(write, ticket.id, place)
            following = STAGES[STAGES.index(place) + 1]
            later(write, client, ticket.id, following, now + wait, since, is_late=is_late)
            return
    if stage == "contact":
        if is_late or ticket.urgent:
            tell_client(write, client, ticket.id, now)
    elif is_late or ticket.urgent:
        later(write, client, ticket.id, "contact", now + wait, since, is_late=is_late)
    elif wakes := [wakes_at(one, now) for one in members if ticket.kind in one.kinds]:
        later(write, client, ticket.id, stage, max(min(wakes), now + wait), since)


def chosen(members: Sequence[Linked], client: Client, ticket: Any, now: datetime) -> list[Linked]:
    """Whose it is: its owner's, else whoever's is on duty."""
    if ticket.owner_id is not None:
        return [one for one in members if one.staff_id == ticket.owner_id]
    names = on_duty(client, now)
    return [one for one in members if one.name in names]


def hears(one: Linked, kind: str, now: datetime) -> bool:
    """Whether a member wants to hear of a kind now: not in her quiet hours, nor while she is at the page anyway."""
    at_it = one.seen_at is not None and now - one.seen_at <= IDLE
    return kind in one.kinds and not at_it and wakes_at(one, now) <= now


def wakes_at(one: Linked, now: datetime) -> datetime:
    """The end of the quiet hours in which a member is; now, where she is in none."""
    start, end = one.quiet
    local = now.astimezone(ZoneInfo(one.timezone))
    minute = local.hour * 60 + local.minute
    quiet = start <= minute < end if start <= end else minute >= start or minute < end
    if not quiet:
        return now
    day = local.date() + timedelta(days=1 if minute >= end else 0)
    return datetime.combine(day, time(end // 60 % 24, end % 60), tzinfo=local.tzinfo).astimezone(UTC)


def tell(write: Connection, client: Client, one: Linked, ticket_id: int, stage: str, now: datetime) -> None:
    """Alerts a member, in the talk in which she is reached."""
    told.alerted(write, client.id, ticket_id, stage, now, staff_id=one.staff_id)
    data = {"ticket": ticket_id, "client": client.id}
    target = InConversation(one.conversation_id)
    jobs.later(write, "alerted", now, target, client_id=one.client_id, data=data, subject=about(ticket_id))


def tell_client(write: Connection, client: Client, ticket_id: int, now: datetime) -> None:
    """The last link: the first of the client's own people who can be reached; else the desk is to call (stage call)."""
    reached = links.contacts(write, client.id)[:1]
    told.put_stage(write, ticket_id, "contact" if reached else "call")
    for one in reached:
        told.alerted(write, client.id, ticket_id, "contact", now, contact_id=one.contact_id)
        data = {"ticket": ticket_id, "client": client.id}
        target = InConversation(one.conversation_id)
        jobs.later(write, "alerted", now, target, client_id=client.id, data=data, subject=about(ticket_id))


def later(
    write: Connection,
    client: Client,
    ticket_id: int,
    stage: str,
    at: datetime,
    since: datetime,
    *,
    is_late: bool = False,
) -> None:
    """Arms a stage."""
    data = {"ticket": ticket_id, "stage": stage, "since": since.isoformat(), "late": is_late}
    jobs.later(write, "alert", at, OfClient(client.id), client_id=client.id, data=data, subject=about(ticket_id))


def about(ticket_id: int) -> str:
    """The subject of the jobs of a ticket's chain."""
    return f"alert:{ticket_id}"
