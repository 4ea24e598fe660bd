"""Who else looks at a ticket, or writes in it: known to this process, and forgotten soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from storage.staff import Member

LOOKING: Final = timedelta(seconds=90)
"""A page asks again every minute: who has not for this long has left."""
WRITING: Final = timedelta(seconds=15)


@dataclass(slots=True)
class Seen:
    """When a member last looked at a ticket, and last wrote in it."""

    name: str
    at: datetime
    wrote_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """A colleague at the same ticket."""

    name: str
    writes: bool


@dataclass(slots=True)
class Presence:
    """Who is where."""

    _of: dict[int, dict[int, Seen]] = field(default_factory=dict)

    def looks(self, ticket_id: int, member: Member, now: datetime) -> bool:
        """Notes that a member looks at a ticket; says whether that is news to her colleagues."""
        here = self._of.setdefault(ticket_id, {})
        known = here.get(member.id)
        news = known is None or now - known.at > LOOKING
        here[member.id] = Seen(member.name, now, known.wrote_at if known is not None else None)
        if len(self._of) > 5000:
            self._forget(now)
        return news

    def writes(self, ticket_id: int, member: Member, now: datetime) -> bool:
        """Notes that a member writes in a ticket; says whether that is news."""
        self.looks(ticket_id, member, now)
        seen = self._of[ticket_id][member.id]
        news = seen.wrote_at is None or now - seen.wrote_at > WRITING
        seen.wrote_at = now
        return news

    def has_written(self, ticket_id: int, member: Member) -> None:
        """Notes that what a member wrote is sent."""
        if member.id in self._of.get(ticket_id, {}):
            self._of[ticket_id][member.id].wrote_at = None

    def others(self, ticket_id: int, member: Member, now: datetime) -> Sequence[Other]:
        """Her colleagues at the same ticket, by name."""
        here = self._of.get(ticket_id, {})
        return [
            Other(seen.name, seen.wrote_at is not None and now - seen.wrote_at <= WRITING)
            for id, seen in sorted(here.items(), key=lambda item: item[1].name)
            if id != member.id and now - seen.at <= LOOKING
        ]

    def _forget(self, now: datetime) -> None:
        for ticket_id, here in list(self._of.items()):
            if all(now - seen.at > LOOKING for seen in here.values()):
                del self._of[ticket_id]
