"""What a member of the desk has just done is recorded as her work."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.dialog import Turn
from bot.office import work
from bot.update import Face
from storage import staff


def worked(turn: Turn, kind: str, *, ticket_id: int | None = None, since: datetime | None = None) -> None:
    """Records what this act is, for who did it; of the command line, for the member whose name it was done in."""
    member = who(turn)
    if member is not None:
        work.note(turn.write, turn.client.id, member, kind, turn.now, since=since, ticket_id=ticket_id)


def who(turn: Turn) -> int | None:
    """The member who acts, as row id; None where nobody of the desk does."""
    if turn.update.face is Face.VA:
        return int(turn.update.writer.id)
    name = str(turn.given.get("by") or "").casefold()
    return next((one.id for one in staff.everybody(turn.rows) if one.name.casefold() == name), None) if name else None


def began(turn: Turn) -> datetime | None:
    """Since when she has been at it, as her form says; None where it says nothing that can be so."""
    try:
        at = datetime.fromisoformat(str(turn.given.get("since") or ""))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and at <= turn.now else None
