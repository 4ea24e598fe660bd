"""What the client's own people can do, one ability a file."""

from bot.handlers.team import (
    closing,
    decide,
    delegate,
    home,
    looking,
    members,
    references,
    slips,
    talk,
    tasks,
    tell,
)

__all__ = [
    "closing",
    "decide",
    "delegate",
    "home",
    "looking",
    "members",
    "references",
    "slips",
    "talk",
    "tasks",
    "tell",
]
