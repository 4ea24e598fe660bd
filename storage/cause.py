"""The update for whose sake something is done: every log line and every job names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

CAUSE: Final[ContextVar[str]] = ContextVar("cause", default="")


@contextmanager
def because_of(cause: str) -> Iterator[None]:
    """What is done within, in this task or thread, is done for this update: ``channel/account/id``."""
    token = CAUSE.set(cause)
    try:
        yield
    finally:
        CAUSE.reset(token)
