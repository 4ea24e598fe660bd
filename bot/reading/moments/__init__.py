"""Moments in free text: days, times, stretches of both. ``docs/reading.md`` tells how they are read."""

from bot.reading.moments.line import OpenHours
from bot.reading.moments.moment import Moment, read_moment, read_moments

__all__ = ["Moment", "OpenHours", "read_moment", "read_moments"]
