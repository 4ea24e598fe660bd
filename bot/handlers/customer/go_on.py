"""Whether to go on with what was under way before a person answered, when that was long ago."""

from __future__ import annotations

from bot.ability import DIALOGS, action
from bot.dialog import Turn
from bot.i18n import _
from bot.questions.agreed import agreed
from bot.questions.menu import menu


@action("go_on")
async def go_on(turn: Turn) -> None:
    """Yes puts the question that was waiting; no leaves it."""
    ability = DIALOGS.get(str(turn.given.get("dialog", "")))
    reader = agreed(turn, _("Yes, let's go on"), _("No, thank you"))
    if ability is not None and ability.title is not None:
        question = _("Something was under way: {title}. Shall we go on?")
        wanted = await turn.ask("on", question, reader, title=ability.title)
    else:
        wanted = await turn.ask("on", _("Something was under way. Shall we go on?"), reader)
    if wanted:
        return
    turn.leave_below()
    if len(turn.conversation.dialogs) > 2:  # this one, the one that is left, and another
        turn.say(_("All right, we'll leave that."))
    else:
        menu(turn, _("All right, we'll leave that. Is there anything else I can do?"))
