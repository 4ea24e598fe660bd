"""The moment and the place in which the tests of this folder read: Monday 23 November 2026, 10:00 in Rome."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.reading import Ear

MONDAY_TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def ear(language: str, now: datetime = MONDAY_TEN) -> Ear:
    """How a writer of this language is heard."""
    return Ear(language, now, ZoneInfo("Europe/Rome"))
