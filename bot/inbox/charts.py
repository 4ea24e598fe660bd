"""Charts as the places of their parts: drawn in SVG by a template, in the colours of the clients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 480
HEIGHT: Final = 180
LEFT: Final = 34
BOTTOM: Final = 24
GAP: Final = 0.28
"""Of a column's width, what is left free."""
LINE: Final = 26
"""The height of a bar with its gap."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a client's colour; ``kind`` tells the parts of one bar apart."""

    client_id: int
    x: float
    y: float
    width: float
    height: float
    count: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """Columns of one part a client, with the middle of each column and the lines of the scale: (place, number)."""

    parts: Sequence[Part]
    middles: Sequence[float]
    scale: Sequence[tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each client, the whole and a part of it."""

    parts: Sequence[Part]
    height: int


def stacks(rows: Sequence[tuple[int, Sequence[int]]], columns: int) -> Stack:
    """Numbers by client and column, one on top of the other."""
    totals = [sum(numbers[place] for _client, numbers in rows) for place in range(columns)]
    top = rounded(max(totals, default=0))
    wide, tall = (WIDTH - LEFT) / max(columns, 1), HEIGHT - BOTTOM - 8
    parts = []
    for place in range(columns):
        under = 0
        for client_id, numbers in rows:
            count = numbers[place]
            if count:
                height = count / top * tall
                y = HEIGHT - BOTTOM - under / top * tall - height
                x = LEFT + (place + GAP / 2) * wide
                width = round(wide * (1 - GAP), 1)
                parts.append(Part(client_id, round(x, 1), round(y, 1), width, round(height, 1), count))
            under += count
    middles = [round(LEFT + (place + 0.5) * wide, 1) for place in range(columns)]
    scale = [(round(HEIGHT - BOTTOM - step / top * tall, 1), step) for step in sorted({0, top // 2, top})]
    return Stack(parts, middles, scale)


def bars(rows: Sequence[tuple[int, int, int]], *, most: int = 0) -> Bars:
    """A whole and a part of it for each client (id, whole, part), against ``most`` or the largest."""
    top = most or rounded(max((whole for _client, whole, _part in rows), default=0))
    parts = []
    for place, (client_id, whole, part) in enumerate(rows):
        y = place * LINE + 4
        parts.append(Part(client_id, 0, y, round(whole / top * WIDTH, 1), LINE - 8, whole))
        if part:
            parts.append(Part(client_id, 0, y, round(part / top * WIDTH, 1), LINE - 8, part, "late"))
    return Bars(parts, max(len(rows), 1) * LINE)


def rounded(number: int) -> int:
    """The end of a scale for numbers up to this: even, so that its middle is whole."""
    for step in (2, 4, 10, 20, 50, 100, 200, 500, 1000):
        if number <= step:
            return step
    return -(-number // 1000) * 1000
