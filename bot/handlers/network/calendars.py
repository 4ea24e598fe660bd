"""What became of a foreign calendar: what it takes away, or that it can't be read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import clashes, tickets
from bot.update import Face
from bot.values import Msgid
from storage import feeds
from storage.tickets import queue

PATIENCE: Final = timedelta(minutes=30)
"""How long a calendar may fail before somebody has to look."""


@action("calendar_read", Face.NETWORK)
async def calendar_read(turn: Turn) -> None:
    """Keeps the ``spans`` that ``feed`` takes away, in epoch minutes; what was amiss with it is over.

    A booked appointment that they newly take the time of has a ticket, until they give it back.
    """
    given, now = turn.given, turn.now
    found = feeds.by_id(turn.rows, turn.client.id, int(given["feed"]))
    if found is None:
        return
    spans = [(int(start), int(end)) for start, end in given["spans"]]
    etag, modified, digest = str(given["etag"]), str(given["modified"]), str(given["digest"])
    before = feeds.spans(turn.rows, found.id)
    feeds.took(turn.write, found, spans, etag, modified, digest, now)
    clashes.taken_away(turn.write, turn.client, found, before, spans, now)
    clashes.review(turn.write, turn.client, now)
    for ticket in incidents(turn, found.id):
        tickets.close_ticket(turn.write, ticket.id, now, "read again")


@action("calendar_failed", Face.NETWORK)
async def calendar_failed(turn: Turn) -> None:
    """Notes the ``trouble`` of ``feed``; once it has lasted, the desk has a ticket."""
    found = feeds.by_id(turn.rows, turn.client.id, int(turn.given["feed"]))
    if found is None:
        return
    why, since = str(turn.given["trouble"]), found.failing_since or turn.now
    feeds.failed(turn.write, found.id, since, why)
    if turn.now - since >= PATIENCE and not incidents(turn, found.id):
        resource = turn.client.resource(found.resource_id)
        values = {"name": resource.name if resource is not None else "?", "why": Msgid(why)}
        about = _("The calendar of {name} can't be read: {why}"), values
        tickets.open_ticket(turn.write, turn.client, "task", about, turn.now, data={"feed": found.id})


def incidents(turn: Turn, feed_id: int) -> list[Any]:
    """The open tickets about a calendar."""
    return [one for one in queue(turn.rows, turn.client.id) if one.kind == "task" and one.data.get("feed") == feed_id]
