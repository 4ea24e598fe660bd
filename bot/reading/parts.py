"""Stretches of a day: morning, afternoon, "dopo le 16", "between 9 and 11"."""

from __future__ import annotations

from bot.reading import Ear, Reading
from bot.reading.moments.hearing import hear
from bot.reading.moments.values import Hours, Part
from bot.reading.moments.when import part_of
from bot.update import Json


def read_part(text: str, ear: Ear) -> Reading | None:
    """The part of the day that is written, as [from, to] in minutes after midnight; the first of several."""
    found = [
        (heard, [*part_of(time)] if isinstance(time, Hours) else [time.first, time.last])
        for heard in hear(text, ear)
        if heard.time is not None and isinstance(time := heard.time.value, Hours | Part)
    ]
    if not found:
        return None
    heard, value = found[0]
    assert heard.time is not None
    others: list[Json] = []
    for _, other in found[1:]:
        if other != value and other not in others:
            others.append(other)
    span = heard.line.span(heard.time.start, heard.time.end)
    return Reading(value, span, tuple(others), 0.5 if others else min(heard.time.sure, 1.0))
