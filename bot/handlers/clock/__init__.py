"""What falls due."""

from bot.handlers.clock import (
    bookings,
    decisions,
    holds,
    offers,
    orders,
    recurring,
    reminders,
    retention,
    team_tasks,
    tickets,
    work,
)

__all__ = [
    "bookings",
    "decisions",
    "holds",
    "offers",
    "orders",
    "recurring",
    "reminders",
    "retention",
    "team_tasks",
    "tickets",
    "work",
]
