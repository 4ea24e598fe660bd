"""The rules of the grammar, shared by all languages. Importing this enters them."""

from bot.reading.moments.rules import (
    clocks,
    counting,
    dates,
    edges,
    habits,
    halves,
    numbers,
    offers,
    pairs,
    periods,
    ranges,
    seasons,
    spans,
    weekdays,
)

__all__ = [
    "clocks",
    "counting",
    "dates",
    "edges",
    "habits",
    "halves",
    "numbers",
    "offers",
    "pairs",
    "periods",
    "ranges",
    "seasons",
    "spans",
    "weekdays",
]
