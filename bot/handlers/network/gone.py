"""A member can't be written to: she has left, and what she alone was to hear goes to the next."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.update import Face, OfClient
from storage import jobs, members, tickets

NEXT = {"slip": "message", "urgent": "urgent", "decision": "decision"}
"""What somebody has to hear, by the first part of its post's key."""


@action("gone", Face.NETWORK)
async def gone(turn: Turn) -> None:
    """Notes that ``member`` has left; a message, or a decision, whose post (``key``) was for her is heard by another.

    Of posts that only change there is nothing more to hear.
    """
    client, member = turn.client, str(turn.given["member"])
    if members.find(turn.rows, client.id, member).left:
        return
    members.left(turn.write, client.id, member, turn.now)
    kind, _colon, rest = str(turn.given["key"]).partition(":")
    id = rest.partition(":")[0]
    ticket = tickets.by_id(turn.rows, client.id, int(id)) if kind in NEXT and id.isdecimal() else None
    if ticket is None or ticket.state == "done":
        return
    jobs.call_off(turn.write, f"news:{ticket.id}", turn.now)
    data = {"what": NEXT[kind], "urgent": ticket.urgent, "ticket": ticket.id}
    about = f"news:{ticket.id}" if kind != "decision" else None
    jobs.later(turn.write, "news", turn.now, OfClient(client.id), client_id=client.id, data=data, subject=about)
