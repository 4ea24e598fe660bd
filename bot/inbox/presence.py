"""Who else looks at a ticket, or writes in it, whichever process serves her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from storage import presence
from storage.presence import Seen
from storage.queue import Listed
from storage.staff import Member

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

LOOKING: Final = timedelta(seconds=90)
"""A page asks again every minute: who has not for this long has left."""
WRITING: Final = timedelta(seconds=15)
AGAIN: Final = timedelta(seconds=30)
"""How often it is noted that somebody still looks."""


@dataclass(frozen=True, slots=True)
class Other:
    """A colleague at the same ticket."""

    name: str
    writes: bool


class Presence:
    """Who is where."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    async def looks(self, one: Listed, member: Member, seen: Sequence[Seen], now: datetime) -> None:
        """Notes that a member looks at a ticket, of which ``seen`` is known; her colleagues hear where it is new."""
        known = next((found for found in seen if found.staff_id == member.id), None)
        if known is None or now - known.at > AGAIN:
            await self._put(one, member, now, known.wrote_at if known is not None else None)
        if known is None or now - known.at > LOOKING:
            self.inbox.live.tell(one.client_id, one.conversation_id or 0)

    async def writes(self, one: Listed, member: Member, now: datetime) -> None:
        """Notes that a member writes in a ticket."""
        seen = await self.inbox.database.read(lambda rows: presence.of_ticket(rows, one.id))
        known = next((found for found in seen if found.staff_id == member.id), None)
        wrote_at = known.wrote_at if known is not None else None
        if wrote_at is not None and now - wrote_at <= WRITING / 2:
            return
        await self._put(one, member, now, now)
        if wrote_at is None or now - wrote_at > WRITING:
            self.inbox.live.tell(one.client_id, one.conversation_id or 0)

    async def has_written(self, one: Listed, member: Member, now: datetime) -> None:
        """Notes that what a member wrote is sent."""
        await self._put(one, member, now, None)

    async def _put(self, one: Listed, member: Member, now: datetime, wrote_at: datetime | None) -> None:
        await self.inbox.database.transact(lambda write: presence.put(write, one.id, member.id, now, wrote_at))


def others(seen: Sequence[Seen], member: Member, now: datetime) -> list[Other]:
    """Her colleagues at the same ticket."""
    return [
        Other(one.name, one.wrote_at is not None and now - one.wrote_at <= WRITING)
        for one in seen
        if one.staff_id != member.id and now - one.at <= LOOKING
    ]
