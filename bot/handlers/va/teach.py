"""The desk says what a customer's words mean, where they were read otherwise."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.reading import fold
from bot.reading.phrases import INTENTS, NONE
from bot.update import Face
from bot.values import Refusal
from storage import clients, taught

MOST = 200
"""Characters of words that are learned: longer ones never come again."""


@action("teach", Face.VA)
async def teach(turn: Turn) -> None:
    """Keeps that the words of ``message`` (a row id of this talk) mean ``intent``, or "none", for this client."""
    intent, id = str(turn.given.get("intent", "")), int(turn.given["message"])
    text = taught.said(turn.rows, turn.conversation.id, id) if turn.talks else None
    if text is None or intent not in {*INTENTS, NONE}:
        raise Refusal(_("There is nothing to learn from this message."))
    if len(text) > MOST:
        raise Refusal(_("This message is too long to learn from."))
    write, client = turn.write, turn.client
    taught.teach(write, client.id, turn.language, text, fold(text), intent, int(turn.update.writer.id), id, turn.now)
    clients.touch(write, client.id)
    turn.answer(taught=intent)
