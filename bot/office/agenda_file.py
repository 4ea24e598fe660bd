"""Agenda files: the appointments that exist on day one, as CSV (the same kinds of CSV as order files).

The first line names the columns, in any order; ``date``, ``time``, ``service`` and ``name`` must be there:

- ``date`` and ``time``: when it begins on the client's own clock, 2026-11-26 or 26/11/2026, and 15:00.
- ``service``: its key, or its name in any of the client's languages.
- ``resource``: whom or what it is with, by key or name; may be left out where only one gives the service.
- ``name``, ``phone``: whose it is. A phone without a country is read as one of the client's country.
- ``for_whom``, ``note``: words for the client.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.office import order_cells
from bot.office.order_cells import told
from bot.office.order_file import Line, Sheet, decoded
from bot.reading import fold
from bot.update import Json
from bot.values import Client, Service


def read_agenda(content: bytes, source: str, client: Client) -> list[Line]:
    """What the file says, a line an appointment: ``at`` (ISO on the client's clock) and the keys of what it needs.

    Raises BadOrders with everything that is wrong with it, ``source`` being its name there.
    """
    return [joined(line) for line in AgendaSheet(source, client).read(decoded(content, source))]


def joined(line: Line) -> Line:
    """A line with its date and time as one."""
    rest = {name: value for name, value in line.items() if name not in {"date", "time"}}
    return {**rest, "at": f"{line['date']}T{line['time']}"}


def starts_at(line: Line, client: Client) -> datetime:
    """When an appointment of a file begins."""
    return datetime.fromisoformat(str(line["at"])).replace(tzinfo=client.zone)


# --- cells ------------------------------------------------------------------------------------------------------------


def time(cell: str, _: Client) -> str:
    """A time of the day, of 15:00, 15.00 or 9:30."""
    found = re.fullmatch(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]00)?", cell)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(f"must be a time such as 15:00, not {told(cell)}")
    return f"{int(found[1]):02}:{found[2]}"


def service(cell: str, client: Client) -> str:
    """A service's key."""
    for one in client.services:
        if fold(cell) in {fold(one.key), *(fold(text) for _language, text in one.name.texts)}:
            return one.key
    raise ValueError(f"must be one of {', '.join(one.key for one in client.services)}, not {told(cell)}")


def resource(cell: str, client: Client) -> str:
    """A resource's key."""
    for one in client.resources:
        if fold(cell) in {fold(one.key), fold(one.name)}:
            return one.key
    raise ValueError(f"must be one of {', '.join(one.key for one in client.resources)}, not {told(cell)}")


def name(cell: str, client: Client) -> str:
    """Whose it is."""
    if not cell:
        raise ValueError("must say whose it is")
    return order_cells.name(cell, client)


CELLS: Final[Mapping[str, Callable[[str, Client], Json]]] = {
    "date": order_cells.expected_on,
    "time": time,
    "service": service,
    "resource": resource,
    "name": name,
    "phone": order_cells.phone,
    "for_whom": order_cells.name,
    "note": order_cells.note,
}
"""The columns of an agenda file, and how each is read."""


class AgendaSheet(Sheet):
    """An agenda file on its way to become lines."""

    cells = CELLS
    required = ("date", "time", "service", "name")

    def compare(self, lines: Sequence[tuple[int, Line]]) -> None:
        """Finds with whom each is, and what stands there twice."""
        seen = dict[tuple[Json, ...], int]()
        for at, line in lines:
            of = self.client.service(str(line.get("service", "")))
            if of is None:
                continue
            self.settle(at, line, of)
            mark = tuple(line.get(part) for part in ("date", "time", "service", "resource", "name"))
            if mark in seen:
                self.fault(at, f"is line {seen[mark]} again")
            seen.setdefault(mark, at)

    def settle(self, at: int, line: Line, of: Service) -> None:
        """Names the resource where only one gives the service; one that does not give it is wrong."""
        givers = [one.key for one in self.client.resources if one.id in of.resources]
        if not line.get("resource") and len(givers) == 1:
            line["resource"] = givers[0]
        if line.get("resource") not in givers:
            self.fault(at, f"column 'resource': must be one of {', '.join(givers)}, who give {of.key}")
