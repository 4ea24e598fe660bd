"""The desk takes a reply back before it goes, or lets it go now."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.questions import replying
from bot.update import Face
from bot.values import Refusal
from storage import jobs, notes, pending
from storage.pending import Pending


@action("take_back", Face.VA)
async def take_back(turn: Turn) -> None:
    """``reply`` (a row id) is not sent: its words are in the box of who wrote it again."""
    one = waiting(turn)
    pending.end(turn.write, one.id, "cancelled")
    jobs.call_off(turn.write, replying.subject(one.id), turn.now)
    notes.put_draft(turn.write, one.staff_id, one.ticket_id, "reply", one.text, turn.now)


@action("send_now", Face.VA)
async def send_now(turn: Turn) -> None:
    """``reply`` (a row id) goes now, also one that was held back: whoever sends it has read the talk."""
    one = waiting(turn)
    if not turn.conversation.reachable or turn.customer.blocked:
        raise Refusal(replying.AWAY)
    jobs.call_off(turn.write, replying.subject(one.id), turn.now)
    replying.go(turn, one)


def waiting(turn: Turn) -> Pending:
    """The reply of this talk's that is meant, if it has not gone."""
    found = pending.one(turn.rows, turn.conversation.id, int(turn.given["reply"])) if turn.talks else None
    if found is None:
        raise Refusal(_("This reply has gone out, or was taken back."))
    return found
