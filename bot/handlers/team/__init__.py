"""What the client's own people can do, one ability a file."""

from bot.handlers.team import (
    delegate,
    tasks,
)

__all__ = [
    "delegate",
    "tasks",
]
