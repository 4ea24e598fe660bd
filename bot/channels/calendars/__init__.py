"""Foreign calendars (ICS), whose events take time away from a client's resources."""

from bot.channels.calendars.watch import Calendars

__all__ = ["Calendars"]
