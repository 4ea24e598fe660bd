"""Times of day: 15:00, 15.30, "alle 3", "3pm", "o piętnastej", "half past two", noon."""

from __future__ import annotations

from bot.reading import Ear, Reading
from bot.reading.moments.hearing import Heard, hear
from bot.reading.moments.values import HALF_DAY, NO_SUCH_TIME, Clock, Instant
from bot.reading.parts import read_part
from bot.update import Json
from bot.values import Invalid

__all__ = ["read_part", "read_time"]


def read_time(text: str, ear: Ear) -> Reading | None:
    """The time that is written, as HH:MM; the alternatives are other times it may mean.

    A bare 3 is likelier 15:00 than 03:00 (hours from 7 to 20 come first), unless a part of the day says which.
    Of several times the first is taken. A stretch ("dopo le 16", "tra le 9 e le 11") is none: see ``read_part``.
    Raises ``Invalid`` if the text says no other time than one that does not exist.
    """
    found = [heard for heard in hear(text, ear, "time") if _meanings(heard) is not None]
    good = [heard for heard in found if _meanings(heard)]
    if not good:
        if found:
            raise Invalid(NO_SUCH_TIME)
        return None
    first = good[0]
    minutes = dict.fromkeys(minute for heard in good for minute in _meanings(heard) or ())
    times: list[Json] = list(dict.fromkeys(f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in minutes))
    item = first.time or first.whole
    assert item is not None
    several = len({heard.time and heard.time.value for heard in good}) > 1
    sure = round(min(item.sure, 0.5 if several else 1.0), 2)
    return Reading(times[0], first.line.span(item.start, item.end), tuple(times[1:]), sure)


def _meanings(heard: Heard) -> tuple[int, ...] | None:
    """The minutes after midnight that are meant, the likelier first; none if there is no such time; None: no time."""
    if heard.whole is not None and isinstance(heard.whole.value, Instant):
        at = heard.whole.value.at.astimezone(heard.line.ear.zone)
        return (at.hour * 60 + at.minute,)
    time = heard.time.value if heard.time is not None else None
    if not isinstance(time, Clock):
        return None
    hint = heard.hint
    return tuple(
        sorted(
            time.meanings(), key=lambda minute: hint is None or not hint.first <= minute % (2 * HALF_DAY) < hint.last
        )
    )
