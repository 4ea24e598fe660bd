"""The desk hands a conversation back to the bot."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import handoff
from bot.questions.menu import menu
from bot.update import Face
from bot.values import Holder
from storage import tickets

LONG: Final = timedelta(hours=12)
"""After this long in a person's hands it is asked first whether to go on with what was under way."""


@action("hand_back", Face.VA, Face.OPERATOR)
async def hand_back(turn: Turn) -> None:
    """The customer hears it, and the dialog that was under way goes on. The chat ticket is done."""
    if not turn.talks or turn.conversation.holder is Holder.BOT:
        turn.answer(
            error="The bot has this conversation already." if turn.talks else "This is not about a conversation."
        )
        return
    standing = tickets.open_chat(turn.rows, turn.conversation.id)
    opened = tickets.by_id(turn.rows, turn.client.id, standing.id) if standing is not None else None
    turn.scene.conversation = handoff.hand_back(turn.write, turn.conversation, turn.now)
    if turn.conversation.dialogs:
        turn.say(_("The automatic assistant is here again; you can ask for a person at any time."))
        turn.take_up(ask=opened is not None and turn.now - opened.opened_at >= LONG)
    else:
        menu(turn, _("The automatic assistant is here again; you can ask for a person at any time."))
    turn.answer(ticket=standing.number if standing is not None else None)
