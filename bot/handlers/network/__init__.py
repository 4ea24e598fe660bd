"""What the networks tell of themselves, one matter a file."""

from bot.handlers.network import stuck

__all__ = ["stuck"]
