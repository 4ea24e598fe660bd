"""Charts as the places of their parts: drawn in SVG by a template, in the colours of the clients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.values import Client

WIDTH: Final = 480
HEIGHT: Final = 180
LEFT: Final = 34
BOTTOM: Final = 24
GAP: Final = 0.28
"""Of a column's width, what is left free."""
LINE: Final = 40
"""The height of a bar with its name and gap."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a client's colour."""

    client_id: int
    x: float
    y: float
    width: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Stack:
    """Columns of one part a client, with the middle of each column and the lines of the scale: (place, number)."""

    parts: Sequence[Part]
    middles: Sequence[float]
    scale: Sequence[tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Bar:
    """A client's bar under its name: the whole, if there is any, and the part of it that is late."""

    client: Client
    y: int
    whole: int | None
    width: float
    late: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each client."""

    bars: Sequence[Bar]
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


def bars(rows: Sequence[tuple[Client, int | None, int]], *, most: int = 0) -> Bars:
    """A whole and the late part of it for each client, against ``most`` or the largest."""
    top = most or rounded(max((whole or 0 for _client, whole, _late in rows), default=0))
    found = [
        Bar(client, place * LINE, whole, round((whole or 0) / top * WIDTH, 1), round(late / top * WIDTH, 1))
        for place, (client, whole, late) in enumerate(rows)
    ]
    return Bars(found, max(len(rows), 1) * LINE)


def rounded(number: int) -> int:
    """The end of a scale for numbers up to this: even, so that its middle is whole."""
    for step in (2, 4, 10, 20, 50, 100, 200, 500, 1000):
        if number <= step:
            return step
    return -(-number // 1000) * 1000
