"""A reply of the desk's goes out: its moment to be taken back is over, or its time has come."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.questions import replying
from bot.update import Face
from storage import messages, pending


@action("send_reply", Face.CLOCK)
async def send_reply(turn: Turn) -> None:
    """Sends ``reply`` (a row id), unless it was taken back.

    One that was written for later waits for its writer where the customer has written since; so does any where
    nothing can be sent.
    """
    one = pending.one(turn.rows, turn.conversation.id, int(turn.given["reply"]))
    if one is None or one.state != "waiting":
        return
    since = messages.since(turn.rows, turn.conversation.id, one.seen)
    if not turn.conversation.reachable or turn.customer.blocked:
        replying.hold(turn, one, replying.AWAY)
    elif one.due_at - one.at > replying.UNDO and "customer" in since:
        replying.hold(turn, one, replying.WROTE)
    else:
        replying.go(turn, one)
