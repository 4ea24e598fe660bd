"""Which day, and at what time."""

from __future__ import annotations

from datetime import datetime

from bot.dialog import Turn
from bot.i18n import _
from bot.questions.days import open_day
from bot.questions.openings import Openings
from bot.questions.times import free_time
from bot.values import Msgid, Slot


async def which_slot(turn: Turn, openings: Openings, label: Msgid, since: datetime | None = None) -> Slot:
    """A free slot; "an hour later" counts from ``since``, the time that it takes the place of."""
    question = _("Which day suits you? First free day: {first:day}.")
    day = await turn.ask("day", question, open_day(openings, since), first=openings.first_day)
    return await turn.ask(
        "slot",
        _("{day:day}: what time suits you?"),
        free_time(openings, day, since),
        label=label,
        begins="day",
        day=day,
    )
