"""A customer asks what can be done here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.ability import COMMANDS, command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.questions.menu import menu_buttons, offers
from bot.values import Message


@command("help", _("Help"))
@wish("help")
async def help(turn: Turn) -> None:
    """Says what the client offers here, as commands and as the menu."""
    parts: list[tuple[Message, Mapping[str, Any]]] = [
        (_("I'm the automatic assistant; you can ask for a person at any time."), {}),
        (_("Write in your own words, or use these commands:"), {}),
    ]
    for ability in COMMANDS.values():
        if ability.title is not None and offers(turn.client, ability.name):
            parts.append((_("/{command}: {title}"), {"command": ability.command, "title": ability.title}))
    underway = bool(turn.conversation.dialogs)
    turn.say_lines(parts, buttons=() if underway else menu_buttons(turn))
