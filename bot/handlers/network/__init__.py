"""What the networks tell of themselves, one matter a file."""

from bot.handlers.network import calendars, stuck

__all__ = ["calendars", "stuck"]
