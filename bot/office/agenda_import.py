"""An agenda taken in: appointments that were made elsewhere, whatever our rules say; only seats bind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import Connection

from bot.i18n import _
from bot.office.agenda_file import starts_at
from bot.office.appointments import schedule
from bot.office.callers import Given, the_caller
from bot.office.order_file import Line
from bot.office.seats import add, busy, place
from bot.reading import fold
from bot.rules.slots import blocked, free_seat
from bot.values import Booking, Busy, Client, Refusal, Resource, Service, Slot
from storage import appointments as kept

NAMESPACE: Final = UUID("6f1d0c1e-1a57-4b0c-9a3c-0f6b8f0c7a51")
"""Of the uids of imported appointments: the same line is the same appointment."""


def needs(client: Client, line: Line) -> tuple[Service, Resource, datetime]:
    """What a line needs: its service, its resource and its start."""
    service = client.service(str(line["service"]))
    resource = next((one for one in client.resources if one.key == line["resource"]), None)
    if service is None or resource is None:
        raise Refusal(_("The client has changed meanwhile. Please import the file again."))
    return service, resource, starts_at(line, client)


def uid(client: Client, line: Line) -> str:
    """The uid that a line's appointment has, whenever it is imported."""
    parts = [str(client.id), *(str(line[part]) for part in ("at", "service", "resource")), fold(str(line["name"]))]
    return str(uuid5(NAMESPACE, "|".join(parts)))


def clashes(rows: Connection, client: Client, lines: Sequence[Line], now: datetime) -> list[str]:
    """What can't stand beside another line, or beside what is in the agenda already; nothing for what is imported."""
    new = [line for line in lines if not kept.known(rows, uid(client, line))]
    days = sorted(starts_at(line, client).date() for line in new)
    if not days:
        return []
    ids = [one.id for one in client.resources]
    taken = busy(rows, client, ids, days[0], (days[-1] - days[0]).days + 1, now)
    faults = []
    for line in new:
        service, resource, at = needs(client, line)
        seat = free_seat(service, resource, at, taken)
        if seat is None:
            faults.append(f"{line['at'].replace('T', ' ')}, {line['name']}: {resource.name} is taken then")
        else:
            taken.append(Busy(resource.id, *blocked(service, at), seat))
    return faults


def take(write: Connection, client: Client, lines: Sequence[Any], now: datetime) -> tuple[int, int]:
    """Takes the lines of a file that are still to come: how many were new, and how many were there already.

    Raises Refusal where a time was taken meanwhile.
    """
    added = 0
    for line in lines:
        if kept.known(write, uid(client, line)):
            continue
        service, resource, at = needs(client, line)
        caller = the_caller(write, client, Given(None, line["name"], line.get("phone") or ""), now)
        slot = Slot(at, resource.id, service.key, service.minutes)
        columns = place(write, client, service, slot, now, None, waive=True)
        if columns["seat"] >= resource.seats:
            raise Refusal(_("{name}: this time was taken meanwhile."), name=line["name"])
        told = {"name": line["name"], "for_whom": line.get("for_whom") or "", "note": line.get("note") or ""}
        own = {"uid": uid(client, line), "status": Booking.BOOKED.value}
        booked = kept.by_id(write, client, add(write, client, service, columns | told | own, caller.id, now))
        assert booked is not None
        schedule(write, client, caller.talk, booked, now)
        added += 1
    return added, len(lines) - added
