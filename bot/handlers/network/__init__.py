"""What the networks tell of themselves, one matter a file."""

from bot.handlers.network import calendars, gone, stuck

__all__ = ["calendars", "gone", "stuck"]
