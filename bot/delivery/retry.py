"""How long to wait before something is tried again, and when to give up."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import accumulate, count
from typing import Final

LONGEST: Final = timedelta(minutes=10)
"""The pause that the growing ones come to."""
GIVE_UP: Final = timedelta(hours=24)
"""What the pauses add up to when a send is given up."""
MOST_DEFECTS: Final = 5
"""Tries after which what fails by our own fault is given up."""


def pause(attempts: int) -> timedelta:
    """The pause after so many tries: 1, 2, 4 seconds and so on, up to ten minutes."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 20)), LONGEST)


def jittered(length: timedelta) -> timedelta:
    """A pause a quarter shorter to a quarter longer, so that what failed together does not come back together."""
    return length * random.uniform(0.75, 1.25)


MOST_TRIES: Final = next(
    tries for tries, waited in enumerate(accumulate(map(pause, count(1)), initial=timedelta())) if waited >= GIVE_UP
)
"""Tries after which a network that never answers is given up."""
