"""The desk edits a client's words."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import words
from bot.update import Face


@action("set_words", Face.VA)
async def set_words(turn: Turn) -> None:
    """Gives the client's ``key`` its ``texts`` by language: one of what the bot says, or ``canned.`` and a name."""
    texts = {str(language): str(text) for language, text in dict(turn.given.get("texts") or {}).items()}
    words.set_words(turn.write, turn.client, str(turn.given.get("key", "")), texts)
