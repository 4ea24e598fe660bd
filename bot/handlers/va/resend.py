"""The desk has what could not be sent tried again."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.update import Face
from bot.values import Refusal
from storage import messages


@action("resend", Face.VA)
async def resend(turn: Turn) -> None:
    """Sends ``message`` (a row id of this talk's) once more."""
    if not turn.talks or not turn.conversation.reachable:
        raise Refusal(_("The customer has blocked the bot: nothing can be sent."))
    if not messages.send_again(turn.write, turn.conversation.id, int(turn.given["message"]), turn.now):
        raise Refusal(_("This message did not fail."))
