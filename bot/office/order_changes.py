"""Orders changed by the desk or by the client's files, one or many at a time; whoever watches hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.office.hearing import hear, standing
from bot.rules.deadlines import outside_quiet
from bot.update import InConversation, Json
from bot.values import Client, Standing
from storage import jobs, orders
from storage.orders import Order

MOST: Final = 500
"""Orders that one act takes from a file: longer transactions would hold up the customers."""
EMPTY: Final[Mapping[str, Json]] = {
    "name": "", "phone": "", "email": "", "items": (), "note": "", "total": None, "expected_on": None,
}  # fmt: skip
"""What an order says where a file says nothing of it, or says that there is nothing."""
TOLD: Final = ("status", "expected_on", "note")
"""Changes of these are recorded, and told to whoever watches."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file did: orders that are new, changed, the same as before; and how many conversations hear of it."""

    added: int = 0
    changed: int = 0
    same: int = 0
    told: int = 0


def set_status(
    write: Connection,
    client: Client,
    number: str,
    status: Standing,
    now: datetime,
    *,
    expected_on: date | None = None,
    note: str = "",
) -> int:
    """Sets how an order stands, from whatever it was; gives how many conversations hear of it.

    ``expected_on`` and ``note`` stay as they are where they are not given; the note goes with this change. Raises
    LookupError where the client has no such order.
    """
    before = orders.locked(write, client.id, [number]).get(number)
    if before is None:
        raise LookupError(f"{client.slug} has no order {number}")
    after = moved(replace(before, status=status, expected_on=expected_on or before.expected_on), before, now)
    if after == before and not note:
        return 0
    orders.change(write, [after])
    orders.add_events(write, client.id, [(before.id, status.value, note)], now)
    tell_team(write, client, [after], now)
    return tell_watchers(write, client, [before.id], now)


def take(write: Connection, client: Client, lines: Sequence[Mapping[str, Json]], now: datetime) -> Taken:
    """Writes the orders of a file (bot.office.order_file says what a line is), new ones and known ones.

    What a line does not say stays as it is. Raises ValueError above ``MOST`` lines.
    """
    if len(lines) > MOST:
        raise ValueError(f"{len(lines)} orders at once, the most are {MOST}")
    known = orders.locked(write, client.id, [line["number"] for line in lines])
    new = [line for line in lines if line["number"] not in known]
    pairs = [(known[line["number"]], line) for line in lines if line["number"] in known]
    changes = [(before, changed(before, line, now)) for before, line in pairs]
    changes = [(before, after) for before, after in changes if after != before]
    recorded = [
        (one, after) for one, after in changes if any(getattr(one, name) != getattr(after, name) for name in TOLD)
    ]
    events = [event(before, after) for before, after in recorded]
    if new:
        ids = orders.add(write, [a_new(client, line, now) for line in new])
        events += [(ids[line["number"]], status_of(line).value, line.get("note") or "") for line in new]
    orders.change(write, [after for _before, after in changes])
    orders.add_events(write, client.id, events, now)
    tell_team(write, client, [after for _before, after in changes], now)
    told = tell_watchers(write, client, [one.id for one, _after in recorded], now)
    return Taken(len(new), len(changes), len(pairs) - len(changes), told)


def tell_team(write: Connection, client: Client, changed: Sequence[Order], now: datetime) -> None:
    """Lets the team's posts of these orders say how they stand now."""
    for one in changed if client.slack else ():
        if standing(write, client, f"order:{one.id}"):
            hear(write, client, "ordered", now, number=one.number)


def tell_watchers(write: Connection, client: Client, order_ids: Sequence[int], now: datetime) -> int:
    """Lets the clock tell whoever watches, outside quiet hours; gives how many.

    A notice that still waits is called off: the one to come tells how things stand by then.
    """
    at = outside_quiet(client, now)
    watching = orders.watching(write, order_ids)
    for order_id in sorted({order_id for order_id, _talk in watching}):
        jobs.call_off(write, subject(order_id), now)
    for order_id, talk in watching:
        target, about = InConversation(talk), {"order": order_id}
        jobs.later(write, "order_changed", at, target, client_id=client.id, data=about, subject=subject(order_id))
    return len(watching)


def subject(order_id: int) -> str:
    """What a notice is about, so that it can be called off."""
    return f"order:{order_id}"


def moved(after: Order, before: Order, now: datetime) -> Order:
    """The order with the moment since which its status stands."""
    return after if after.status is before.status else replace(after, since=now)


# --- a file's lines ---------------------------------------------------------------------------------------------------


def changed(before: Order, line: Mapping[str, Json], now: datetime) -> Order:
    """A known order with what the line says of it."""
    said = {name: value(name, line) for name in EMPTY if name in line}
    status = status_of(line) if line.get("status") else before.status
    return moved(replace(before, status=status, **said), before, now)


def a_new(client: Client, line: Mapping[str, Json], now: datetime) -> Mapping[str, Any]:
    """The row of a new order."""
    said = {name: value(name, line) for name in EMPTY}
    status = status_of(line).value
    return {
        **said,
        "items": list(said["items"]),
        "client_id": client.id,
        "number": line["number"],
        "customer_id": None,
        "status": status,
        "changed_at": now,
        "created_at": now,
    }


def event(before: Order, after: Order) -> tuple[int, str, str]:
    """A change as it is recorded: the note only if it is new."""
    return after.id, after.status.value, after.note if after.note != before.note else ""


def value(name: str, line: Mapping[str, Json]) -> Any:
    """What the line says under a name; nothing where it says so or does not say."""
    said = line.get(name)
    if said is None:
        return EMPTY[name]
    if name == "expected_on":
        return date.fromisoformat(said)
    return tuple(said) if name == "items" else said


def status_of(line: Mapping[str, Json]) -> Standing:
    """The line's status; a new order without one has been accepted."""
    return Standing(line.get("status") or Standing.ACCEPTED)
