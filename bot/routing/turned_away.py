"""Whom the desk has blocked: what she writes is kept, and that is all. Only of her own data she is heard to the end."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.ability import DIALOGS
from bot.dialog import Heard, Turn
from bot.i18n import _
from bot.reading.own import own_words
from bot.reading.wishes import understand
from bot.routing.presses import chosen, numbers
from bot.routing.stack import Stack
from bot.update import Kind

OWN_DATA: Final = "privacy"
AWAY: Final = "turned away"


def turned_away(turn: Turn) -> str:
    """Answers nothing but the wish for her own data, and the questions that follow from it."""
    stack, result = Stack(turn), AWAY
    if stack.frames and stack.frames[-1].dialog == OWN_DATA:
        result = answered(stack)
    if result is AWAY and asks_for_data(turn):
        let_hear(turn)
        stack.clear()
        stack.begin(DIALOGS[OWN_DATA])
        result = OWN_DATA
    if result is not AWAY:
        stack.save()
    return result


def asks_for_data(turn: Turn) -> bool:
    """Whether she asks what is kept of her, for a copy of it, or for its end."""
    update = turn.update
    if update.kind is Kind.COMMAND:
        return update.name.lower() == OWN_DATA
    wish = understand(update.text, turn.ear, own_words(turn.client)) if update.kind is Kind.TEXT else None
    return wish is not None and wish.intent == OWN_DATA and not wish.doubtful


def answered(stack: Stack) -> str:
    """An answer to the question about her data; whatever else she writes or presses meanwhile is only kept."""
    turn, update = stack.turn, stack.turn.update
    if update.kind is Kind.PRESS:
        awaiting, (token, index) = turn.conversation.awaiting or {}, numbers(update.name)
        keys = awaiting.get("keys", ())
        if token != awaiting.get("token") or not 0 <= index < len(keys):
            return AWAY
        let_hear(turn)
        return chosen(stack, keys[index], token) if keys[index][0] == "value" else left(stack)
    if update.kind is not Kind.TEXT:
        return AWAY
    before, heard = turn.scene, Heard(text=update.text)
    let_hear(turn)
    stack.go_on(heard)
    if heard.read:
        return "answered"
    turn.scene = turn.scene.saying(before.spoken, before.reply)
    stack.unput()
    turn.customer = replace(turn.customer, blocked=True)
    return AWAY


def left(stack: Stack) -> str:
    """She leaves it: there is nothing else to be had here."""
    stack.clear()
    stack.rest()
    stack.turn.say(_("All right."))
    return "left"


def let_hear(turn: Turn) -> None:
    """For this turn she hears what is said; the block stands."""
    turn.customer = replace(turn.customer, blocked=False)
