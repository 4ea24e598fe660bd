"""What falls due."""

from bot.handlers.clock import decisions, holds, offers, orders, reminders, retention, tickets

__all__ = ["decisions", "holds", "offers", "orders", "reminders", "retention", "tickets"]
