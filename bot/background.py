"""What runs beside the requests: it ends in time, and never in silence."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

log = logging.getLogger("centralino")
Length = TypeVar("Length", timedelta, float)


async def in_time(end: float, *parts: Coroutine[Any, Any, None] | asyncio.Task[None]) -> None:
    """Waits for all of these until a moment of the loop's clock; what goes on then is given up, and logged."""
    tasks = [part if isinstance(part, asyncio.Task) else asyncio.create_task(part, name=str(part)) for part in parts]
    if not tasks:
        return
    _done, late = await asyncio.wait(tasks, timeout=max(0.0, end - asyncio.get_running_loop().time()))
    for one in late:
        log.warning("%s did not end within the grace, and is given up", one.get_name())
        one.cancel()
    for problem in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(problem, Exception):
            log.error("stopping met a fault", exc_info=problem)


def ended(task: asyncio.Task[None]) -> None:
    """Nothing of the background may end in silence."""
    if not task.cancelled() and task.exception() is not None:
        log.critical("%s has ended", task.get_name(), exc_info=task.exception())


def jittered(length: Length) -> Length:
    """A pause a quarter shorter to a quarter longer, so that what failed together does not come back together."""
    return length * random.uniform(0.75, 1.25)
