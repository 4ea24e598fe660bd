"""What falls due."""

from bot.handlers.clock import bookings, decisions, holds, offers, orders, reminders, retention, tickets, work

__all__ = ["bookings", "decisions", "holds", "offers", "orders", "reminders", "retention", "tickets", "work"]
