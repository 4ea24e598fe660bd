"""Days that are told by the one spoken of before: "not tomorrow but the day after", "3 December, no, the 4th"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from bot.reading.moments.calendar import DAY, WEEK, coming
from bot.reading.moments.choosing import EITHER
from bot.reading.moments.line import Item, Line
from bot.reading.moments.ties import is_denied, roles_between
from bot.reading.moments.values import AFTERWARDS, ONE_AFTER, Day

_SURE: Final = 0.9
"""How sure we are of a day that is told by another."""
_INSTEAD: Final = frozenset(("or", "correct", "no"))


def in_turn(line: Line, items: Iterable[Item]) -> Iterator[Item]:
    """The items, those that are two in one by themselves, each day told by the one before it worked out."""
    before: Item | None = None
    for item in chain.from_iterable(map(_each, items)):
        day = _day(item)
        found: Item | None = item
        if day is not None and item.kind == "day":
            found = _told(line, item, day, before)
        if found is None:
            continue
        if _day(found) is not None:
            before = found
        yield found


def _each(item: Item) -> Iterator[Item]:
    if item.kind != EITHER:
        yield item
        return
    for one in item.value:
        yield from _each(one)


def _day(item: Item) -> Day | None:
    day = item.value[0].value if item.kind == "both" else item.value
    return day if isinstance(day, Day) and day.date is not None else None


def _told(line: Line, item: Item, day: Day, before: Item | None) -> Item | None:
    spoken = _day(before) if before is not None else None
    if spoken is None or spoken.date is None or before is None:
        return None if day.sort == ONE_AFTER else item
    if day.sort == AFTERWARDS:
        return _as(item, Day(spoken.date + DAY, "counted"))
    if day.sort == ONE_AFTER:
        return _as(item, Day(spoken.date + WEEK, "counted")) if spoken.sort in ("weekday", "this", "next") else None
    if day.sort == "number" and spoken.sort == "date" and day.date is not None:
        instead = roles_between(line, before.end, item.start) & _INSTEAD or is_denied(line, before, 0, item.start)
        return _as(item, coming(spoken.date.month, day.date.day, line.today)) if instead else item
    return item


def _as(item: Item, day: Day) -> Item:
    return Item("day", item.start, item.end, day, _SURE, item.name, item.kids)
