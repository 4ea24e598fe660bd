"""A colleague's cover of a client begins, and ends."""

from __future__ import annotations

from datetime import datetime

from bot.ability import action
from bot.dialog import Turn
from bot.office import cover, homes
from bot.update import Face


@action("begin_cover", Face.CLOCK)
async def begin_cover(turn: Turn) -> None:
    """The first day of ``cover`` begins; ``texts`` is told to callers ``until`` it ends."""
    given = turn.given
    until = datetime.fromisoformat(given["until"])
    cover.begin(turn.write, turn.client, int(given["cover"]), turn.now, until, given["texts"])
    homes.changed(turn.write, turn.client, turn.now)


@action("end_cover", Face.CLOCK)
async def end_cover(turn: Turn) -> None:
    """The last day of ``cover`` is over."""
    cover.end(turn.write, turn.client, int(turn.given["cover"]), turn.now)
    homes.changed(turn.write, turn.client, turn.now)
