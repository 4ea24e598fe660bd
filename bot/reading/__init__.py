"""What people write, read into values: days, times, phones, choices, wishes, in Italian, English and Polish.

A reader is a pure function of a text and an ``Ear``. It gives a ``Reading``; or None where the text says nothing of
its kind; or raises ``Invalid`` where it says it wrongly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.reading.finding import findable, findable_person
from bot.reading.folding import Folded, Word, fold, folded
from bot.update import Json
from bot.values import LANGUAGES

__all__ = ["Ear", "Folded", "Reading", "Word", "findable", "findable_person", "fold", "folded", "rest"]

_DANGLING = " ,;:-"
_FIRST = {one: (one, *(other for other in LANGUAGES if other != one)) for one in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Ear:
    """Who reads: the writer's language, the moment (aware) and the time zone in which days and hours are meant."""

    language: str
    now: datetime
    zone: tzinfo

    @property
    def local(self) -> datetime:
        """The moment on the clock of the zone."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The day it is in the zone."""
        return self.local.date()

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language we read, the writer's first."""
        return _FIRST.get(self.language, LANGUAGES)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, where it stood in the text, what else it may mean (the likelier first), and how sure we are."""

    value: Json
    span: tuple[int, int]
    alternatives: tuple[Json, ...] = ()
    confidence: float = 1.0


def rest(text: str, reading: Reading) -> str:
    """What the reading leaves of the text, its spaces and dangling punctuation tidied; may be empty."""
    start, end = reading.span
    before, after = text[:start].rstrip(), text[end:].lstrip()
    joined = f"{before.rstrip(_DANGLING)} {after.lstrip(_DANGLING)}" if before and after else before + after
    left = re.sub(r"\s+", " ", joined).strip(_DANGLING)
    return left if left.strip(".!?()\"'…") else ""
