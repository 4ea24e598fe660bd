"""Which handlers answer an update, in the order of the road: urgent words, the desk, a press, a command or the word for
a person, the ways out, the waiting question, wishes; else it was not understood."""

from __future__ import annotations

from typing import Final

from bot.ability import DIALOGS
from bot.dialog import Turn
from bot.office.tickets import customer_waits
from bot.questions.arrival import arrive
from bot.reading.wishes import has_urgent
from bot.routing.acts import act, edited, reached
from bot.routing.presses import pressed
from bot.routing.stack import Stack, abandon
from bot.routing.team import teamed
from bot.routing.texts import commanded, written
from bot.routing.things import recognise, sent
from bot.routing.turned_away import turned_away
from bot.update import Face, Kind
from bot.values import Holder

__all__ = ["abandon", "answer"]

AT_THE_DESK: Final = frozenset({"human", "urgent"})
"""Commands that ask the desk itself: who sends one hears by when a person answers."""


def answer(turn: Turn) -> str:
    """Lets the right handlers answer the update; returns what became of it, for the audit."""
    update = turn.update
    if update.face is Face.TEAM:
        return teamed(turn)
    if update.kind is Kind.ACT:
        return act(turn)
    if update.kind is Kind.REACH:
        return reached(turn)
    if update.kind is Kind.EDITED:
        return edited(turn)
    if turn.customer.blocked:
        return turned_away(turn)
    stack = Stack(turn)
    result = heard(stack)
    arrive(turn)
    stack.save()
    return result


def asks_desk(turn: Turn) -> bool:
    """Whether this is a command that is answered also while the desk holds the talk."""
    return turn.update.kind is Kind.COMMAND and turn.update.name.lower() in AT_THE_DESK


def heard(stack: Stack) -> str:
    """What a customer wrote, pressed or sent."""
    turn, update = stack.turn, stack.turn.update
    if update.kind is Kind.CONTACT and update.data.get("own"):
        recognise(turn)
    words = [word for spoken in turn.client.urgent_words.values() for word in spoken]
    if update.text and update.kind is not Kind.PRESS and has_urgent(update.text, words):
        stack.begin(DIALOGS["urgent"], {"words": update.text[:500]})
        return "urgent"
    if update.kind is Kind.PRESS:
        result = pressed(stack)
    elif turn.conversation.holder is Holder.DESK and not asks_desk(turn):
        customer_waits(turn.write, turn.client, turn.conversation, turn.now)
        turn.settle(keep=True)
        result = "to the desk"
    elif update.kind is Kind.COMMAND:
        result = commanded(stack)
    elif update.kind is Kind.TEXT:
        result = written(stack)
    else:
        result = sent(stack)
    if result != "puzzled" and turn.conversation.puzzled:
        turn.change(puzzled=0)
    return result
