"""What falls due."""

from bot.handlers.clock import (
    bookings,
    decisions,
    digests,
    holds,
    news,
    offers,
    orders,
    recurring,
    relays,
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
    "digests",
    "holds",
    "news",
    "offers",
    "orders",
    "recurring",
    "relays",
    "reminders",
    "retention",
    "team_reply",
    "team_tasks",
    "tickets",
    "work",
]
