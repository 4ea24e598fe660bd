"""A customer wrote something that may mean two things: she says which."""

from __future__ import annotations

from bot.ability import WISHES, ability_of, action
from bot.dialog import Turn
from bot.i18n import _
from bot.questions.choice import Choice, one_of


@action("which_wish")
async def which_wish(turn: Turn) -> None:
    """Two buttons; what she means begins with the words that she wrote."""
    found = {str(intent): ability_of(WISHES[intent]) for intent in turn.given["wishes"] if intent in WISHES}
    choices = [Choice(intent, one.title or one.name, intent) for intent, one in found.items()]
    intent = await turn.ask("wish", _("Which of these do you mean?"), one_of(turn, lambda: choices))
    said = str(turn.given.get("said", ""))
    turn.begin(found[intent].name, text=said, wish=intent, said=said[:500])
