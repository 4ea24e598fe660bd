"""What the client's own people can do, one ability a file."""

from bot.handlers.team import (
    decide,
    delegate,
    slips,
    tasks,
)

__all__ = [
    "decide",
    "delegate",
    "slips",
    "tasks",
]
