"""Order files: CSV in UTF-8 (a byte order mark is no harm), separated by commas, semicolons or tabs.

The first line names the columns, in any order; ``number`` is the only one that must be there:

- ``number``: the order's number, up to 32 letters, digits and single ``-``, ``/``, ``.`` or ``_`` between them.
- ``status``: requested, accepted, in_progress, ready, shipped, delivered or cancelled, or the same in Italian or Polish
  as customers read it; a new order without one is accepted.
- ``name``, ``phone``, ``email``: whose it is. Phone or e-mail is what a customer proves herself by. A phone without a
  country is read as one of the client's country.
- ``expected_on``: when it is expected, 2026-11-26 or 26/11/2026.
- ``total``: what it costs in the client's currency, 85.50 or 85,50.
- ``note``: words for the customer, up to 1000 characters.
- ``items``: what was ordered, several parted by ``|``: "2 x Inner tube | Tyre". There may be several such columns.

A known number is updated, a new one added. An empty cell, like a column that is not there, leaves what is known; a
single ``-`` empties it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.office.order_cells import CELLS
from bot.office.order_changes import MOST
from bot.reading import fold
from bot.reading.names import clean
from bot.update import Json
from bot.values import Client

Line = dict[str, Json]
"""What a file says of one order: its number, and under the names of the columns what was said; None empties."""

NOTHING: Final = "-"


class BadOrders(Exception):
    """A file of orders that can't be taken; ``faults`` name each line, its column and the reason."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def read_orders(content: bytes, source: str, client: Client) -> list[Line]:
    """What the file says. Raises BadOrders with everything that is wrong with it, ``source`` being its name there."""
    return Sheet(source, client).read(decoded(content, source))


def slices(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines in portions that one act takes."""
    for start in range(0, len(lines), MOST):
        yield list(lines[start : start + MOST])


def decoded(content: bytes, source: str) -> str:
    """The file's text."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise BadOrders([f"{source}, line {line}: is not written in UTF-8; save the file as CSV UTF-8"]) from None


@dataclass(slots=True)
class Row:
    """One line of the sheet, with the number of its first line in the file."""

    line: int
    cells: list[str]


class Sheet:
    """A file on its way to become lines: reads each cell and keeps what is wrong.

    ``cells`` are its columns and how each is read; the ``required`` ones must be there, and say something.
    """

    cells: Mapping[str, Callable[[str, Client], Json]] = CELLS
    required: tuple[str, ...] = ("number",)

    def __init__(self, source: str, client: Client) -> None:
        self.source = source
        self.client = client
        self.faults: list[str] = []

    def read(self, text: str) -> list[Line]:
        """Every line, or BadOrders."""
        head, *rows = self.rows(text) or [Row(1, [])]
        columns = self.columns(head)
        if self.faults:
            raise BadOrders(self.faults)
        lines = [(row.line, self.line(row, columns)) for row in rows]
        self.compare(lines)
        if self.faults:
            raise BadOrders(self.faults)
        return [line for _number, line in lines]

    def compare(self, lines: Sequence[tuple[int, Line]]) -> None:
        """Finds what is wrong between the lines: no number stands there twice."""
        seen = dict[str, int]()
        for at, line in lines:
            number = str(line.get("number", ""))
            if number in seen:
                self.fault(at, f"column 'number': {number} stands on line {seen[number]} already")
            elif number:
                seen[number] = at

    def rows(self, text: str) -> list[Row]:
        """The lines that say anything, cut into cells."""
        first = text.split("\n", 1)[0]
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
        found, before = [], 0
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    found.append(Row(before + 1, [clean(cell) for cell in cells]))
                before = reader.line_num
        except csv.Error as wrong:
            raise BadOrders([f"{self.source}, line {reader.line_num}: {wrong}"]) from None
        return found

    def columns(self, head: Row) -> list[str]:
        """The names of the columns."""
        names = [fold(cell).replace(" ", "_") for cell in head.cells]
        for name in dict.fromkeys(names):
            if name not in self.cells:
                self.fault(head.line, f"there is no column '{name}'; there are {', '.join(self.cells)}")
            elif names.count(name) > 1 and name != "items":
                self.fault(head.line, f"column '{name}' stands there twice")
        for name in self.required:
            if name not in names:
                self.fault(head.line, f"there must be a column '{name}'")
        return names

    def line(self, row: Row, columns: Sequence[str]) -> Line:
        """What one line says, as far as it can be read."""
        said: Line = {}
        if len(row.cells) != len(columns):
            self.fault(row.line, f"has {len(row.cells)} cells and not {len(columns)}, as the first line has")
            return said
        for name, cell in zip(columns, row.cells, strict=True):
            if name in self.required or cell:
                self.cell(row, name, cell, said)
        return said

    def cell(self, row: Row, name: str, cell: str, said: Line) -> None:
        """What one cell says."""
        if cell == NOTHING and name not in {*self.required, "status"}:
            said.setdefault(name, None)
            return
        try:
            value = self.cells[name](cell, self.client)
        except ValueError as wrong:
            self.fault(row.line, f"column '{name}': {wrong}")
            return
        said[name] = [*(said.get(name) or ()), *value] if name == "items" else value

    def fault(self, line: int, reason: str) -> None:
        """Keeps what is wrong on a line."""
        self.faults.append(f"{self.source}, line {line}: {reason}")
