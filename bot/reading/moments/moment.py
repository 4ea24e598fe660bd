"""A moment that was read: from when to when, how fine, where it stood, how sure, and what else it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.reading import Ear
from bot.reading.moments.hearing import Heard, hear
from bot.reading.moments.line import Item, Line, OpenHours
from bot.reading.moments.when import When, meanings

_TORN = 0.45
"""How much surer we would be if nothing beside it had been left."""


@dataclass(frozen=True)
class Moment:
    """What a text says of when.

    ``start`` and ``end`` are aware instants, the end not included; None: without end. ``grain`` is minute, hour, day,
    week, month, quarter, year or decade. ``interval``: from one moment to another is meant, not one thing of this
    grain. ``confidence`` is below 0.5 where it is as likely something else: then ask, showing the ``alternatives``
    beside it. ``because`` says which words were understood how.
    """

    start: datetime
    end: datetime | None
    grain: str
    interval: bool
    span: tuple[int, int]
    text: str
    confidence: float
    alternatives: tuple[Moment, ...] = ()
    because: tuple[str, ...] = ()
    several: bool = False

    @property
    def written(self) -> str:
        """The start in ISO 8601: a date from the day on, else with time and offset."""
        return self.start.isoformat() if self.grain in ("minute", "hour") else self.start.date().isoformat()

    @property
    def shown(self) -> str:
        """The start, or from when to when, as a person reads it."""
        fine = "%a %Y-%m-%d %H:%M" if self.grain in ("minute", "hour") else "%a %Y-%m-%d"
        if not self.interval:
            return f"{self.start:{fine}}"
        fine = "%a %Y-%m-%d %H:%M"
        return f"{self.start:{fine}} - {self.end:{fine}}" if self.end is not None else f"from {self.start:{fine}}"


def read_moment(text: str, ear: Ear, hours: OpenHours | None = None) -> Moment | None:
    """The moment a text speaks of; None if it speaks of none, or only of one that does not exist.

    Without ``hours`` a bare hour is its next occurrence, and a weekday the coming one; with them, the next that is
    open. Of several moments the first is given, with the others as alternatives and a confidence below 0.5.
    """
    moments = read_moments(text, ear, hours)
    if len(moments) < 2:
        return moments[0] if moments else None
    first, *others = moments
    return replace(
        first, alternatives=(*others, *first.alternatives), confidence=min(first.confidence, 0.4), several=True
    )


def read_moments(text: str, ear: Ear, hours: OpenHours | None = None) -> list[Moment]:
    """Every moment that a text speaks of, in its order."""
    found: list[Moment] = []
    for heard in hear(text, ear, hours=hours):
        moment = _resolved(heard)
        if moment is not None and not any((moment.start, moment.end) == (one.start, one.end) for one in found):
            found.append(moment)
    return found


def _resolved(heard: Heard) -> Moment | None:
    """The likeliest meaning, the others as alternatives."""
    line = heard.line
    try:
        found = list(dict.fromkeys(meanings(heard)))
    except OverflowError:  # at the edges of the calendar
        return None
    if not found:
        return None
    span = line.span(heard.items[0].start, max(item.end for item in heard.items))
    said, why = line.text.source[slice(*span)], tuple(explained(heard))
    sure = heard.sure * (0.75 if _is_guess(heard, found) else 1.0) * (_TORN if heard.torn else 1.0)
    moments = [
        Moment(one.start, one.end, one.grain, one.interval, span, said, round(sure, 2), (), why) for one in found
    ]
    return replace(moments[0], alternatives=tuple(replace(one, confidence=round(1 - sure, 2)) for one in moments[1:]))


def _is_guess(heard: Heard, found: list[When]) -> bool:
    return len(found) > 1 and heard.time is not None and getattr(heard.time.value, "free", False)


# --- why --------------------------------------------------------------------------------------------------------------


def explained(heard: Heard) -> Iterator[str]:
    """Which words were understood how."""
    for item in heard.items:
        yield from _told(heard.line, item)


def _told(line: Line, item: Item) -> Iterator[str]:
    named = item.name
    while not named and len(item.kids) > 0:
        item = item.kids[-1]
        named = item.name
    yield f"{line.text.source[slice(*line.span(item.start, item.end))]}: {named or item.kind}"
