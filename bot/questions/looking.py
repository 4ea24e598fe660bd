"""What a member looks at: the day, how the desk stands, the commands."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _, _n
from bot.office.requests import service_name
from bot.posts import Post, Text, about, line
from bot.questions import told_task
from bot.rules.hours import closes_at, is_covered, is_open, on_duty, opens_at
from bot.values import Booking, Client, Msgid
from storage import agenda, slips, tasks, tickets
from storage.agenda import Visit

MOST: Final = 20
"""Appointments, tasks and messages that a list names; the others are counted."""
STANDS: Final = frozenset({Booking.BOOKED, Booking.REQUESTED})
COMMANDS: Final[tuple[Msgid, ...]] = (
    _("/va and what is to be done: delegates it"),
    _("/va tell: what callers are to be told"),
    _("/va busy until 15:00: you, or who you name, is busy"),
    _("/va closed 24 December: the business is closed"),
    _("/va today: appointments, messages and tasks of the day"),
    _("/va order 1042 shipped: how an order stands"),
    _("/va status: who covers, what waits"),
    _("What begins otherwise is a task. So is “/va order flowers for Friday”: an order to be set needs its number."),
)


def help_of(client: Client) -> Post:
    """What can be done from here."""
    return Post(title=line(_("The front desk of {client}"), client=client.name), lines=COMMANDS)


def day_of(client: Client, now: datetime) -> tuple[datetime, datetime]:
    """From when to when it is today."""
    start = datetime.combine(client.local(now).date(), time(), tzinfo=client.zone)
    return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)


def visits_of(rows: Connection, client: Client, first: datetime, after: datetime, now: datetime) -> list[Visit]:
    """The appointments that stand between two moments."""
    found = agenda.between(rows, [client.id], first, after, now)
    return [one for one in found if one.appointment.status in STANDS]


def visit_line(client: Client, one: Visit, *, bare: bool) -> Text:
    """An appointment on one line."""
    booked = one.appointment
    resource = client.resource(booked.resource_id)
    whose = resource.name if resource is not None else ""
    if bare:
        return line(_("{slot:time} · {code} · {resource}"), slot=booked, code=booked.code, resource=whose)
    values = {"slot": booked, "name": one.who or "–", "service": service_name(client, booked), "resource": whose}
    return line(_("{slot:time} · {name} · {service} · {resource}"), **values)


def clipped(found: list[Text]) -> tuple[Text, ...]:
    """As many lines as are shown, and how many more there are."""
    more = len(found) - MOST
    return (*found[:MOST], line(_n("and {n} more", "and {n} more"), n=more)) if more > 0 else tuple(found)


def appointments_of(rows: Connection, client: Client, first: datetime, after: datetime, now: datetime) -> list[Text]:
    """The appointments between two moments, a line each."""
    bare = client.slack_shows == "reference"
    visits = visits_of(rows, client, first, after, now)
    return [about(visit_line(client, one, bare=bare), one.appointment.customer_id) for one in visits]


def task_lines(rows: Connection, client: Client) -> list[Text]:
    """The tasks that stand, a line each."""
    bare = client.slack_shows == "reference"
    found: list[Text] = []
    for one in tasks.standing(rows, client.id):
        said = _("Task {n}: {state}") if bare else _("Task {n}: {title} · {state}")
        values = {"n": one.number, "state": told_task.STATES[one.state]} | ({} if bare else {"title": one.title})
        found.append(about(line(said, **values), one.customer_id))
    return found


def waiting_slips(rows: Connection, client: Client) -> list[Text]:
    """The messages that nobody has taken on, a line each."""
    bare = client.slack_shows == "reference"
    found: list[Text] = []
    for ticket in tickets.queue(rows, client.id):
        slip = slips.taken(rows, client.id, ticket.id) if ticket.kind == "message" else None
        if slip is None or ticket.data.get("given_by"):
            continue
        said = _("Message {n}, since {at:near}") if bare else _("Message {n}, from {name}, since {at:near}")
        values = {"n": slip.number, "at": slip.taken_at} | ({} if bare else {"name": slip.name})
        found.append(about(line(said, **values), slip.customer_id))
    return found


def status_lines(rows: Connection, client: Client, now: datetime) -> list[Text]:
    """Whether the client is open and covered, and how much waits."""
    found: list[Text] = []
    closes, opens = closes_at(client, now), opens_at(client, now)
    if is_open(client, now):
        found.append(line(_("Open {at:till}."), at=closes) if closes is not None else _("Open."))
    else:
        found.append(line(_("Closed; opens {at:soon}."), at=opens) if opens is not None else _("Closed."))
    names = sorted(set(on_duty(client, now)))
    if names:
        found.append(line(_("At the desk: {names}."), names=names))
    elif not is_covered(client, now):
        found.append(_("Nobody is at the desk now."))
    open_ = tickets.queue(rows, client.id)
    found.append(line(_n("{n} thing is open at the desk.", "{n} things are open at the desk."), n=len(open_)))
    late = sum(1 for one in open_ if one.due_at is not None and one.due_at <= now)
    if late:
        found.append(line(_n("{n} is late.", "{n} are late."), n=late))
    return found
