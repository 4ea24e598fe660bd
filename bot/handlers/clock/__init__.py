"""What falls due."""

from bot.handlers.clock import (
    bookings,
    decisions,
    holds,
    news,
    offers,
    orders,
    recurring,
    reminders,
    retention,
    team_reply,
    team_tasks,
    tickets,
    work,
)

__all__ = [
    "bookings",
    "decisions",
    "holds",
    "news",
    "offers",
    "orders",
    "recurring",
    "reminders",
    "retention",
    "team_reply",
    "team_tasks",
    "tickets",
    "work",
]
