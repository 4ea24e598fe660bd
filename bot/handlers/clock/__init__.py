"""What falls due."""

from bot.handlers.clock import orders

__all__ = ["orders"]
