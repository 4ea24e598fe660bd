"""Wishes in plain words: what they start, which of two is meant, and when words are rather an answer."""

from __future__ import annotations

from typing import Any, Final

from bot.ability import DIALOGS, WISHES, Ability, ability_of
from bot.dialog import Heard, Turn
from bot.office.intents import DOUBTED, NOT_READ, READ_AS, wish_name
from bot.questions.menu import offers
from bot.questions.which_appointment import has_appointments
from bot.reading import folded
from bot.reading.wishes import CHAT, Wish
from bot.routing.stack import Stack

SURE: Final = 0.75
"""The confidence from which a sentence is a wish of its own, though it also answers the question that waits."""
SENTENCE: Final = 2
"""The words that such a sentence has at least."""


def abilities(turn: Turn, wish: Wish | None) -> dict[str, Ability]:
    """The abilities that a wish may start, by intent: one, or two to choose from; what the client offers first."""
    meant = (wish.intent, *wish.alternatives)[:2] if wish is not None else ()
    found = {intent: ability_of(WISHES[intent]) for intent in meant if intent in WISHES}
    offered = {intent: one for intent, one in found.items() if offers(turn.client, one.name)}
    return offered or dict(list(found.items())[:1])


def digresses(stack: Stack, wish: Wish | None) -> bool:
    """Whether a sentence wishes for something else than the dialog that asks, whatever answers it also holds.

    Small talk does where it is just that, to the letter: "grazie" is no name, but Grazia is one.
    """
    if wish is None or wish.doubtful or wish.intent not in WISHES:
        return False
    if wish.intent in CHAT:
        return wish.literal and wish.text == folded(stack.turn.update.text).text
    words = len(folded(stack.turn.update.text).words)
    return wish.confidence >= SURE and words >= SENTENCE and not same_dialog(stack, wish)


def same_dialog(stack: Stack, wish: Wish | None) -> bool:
    """Whether a wish is the one that the dialog which asks serves: its words change an answer, if anything."""
    if wish is None or wish.intent not in WISHES or not stack.frames:
        return False
    name, top = ability_of(WISHES[wish.intent]).name, stack.frames[-1].dialog
    if {name, top} == {"book", "move"}:
        return top == "move" or not has_appointments(stack.turn)
    return name == top


def begin_wish(stack: Stack, wish: Wish | None) -> str:
    """Starts what is wished for, or asks which of two things is; "" where it is nothing that we do."""
    text, found = stack.turn.update.text, abilities(stack.turn, wish)
    if len(found) > 1:
        stack.begin(DIALOGS["which_wish"], {"wishes": list(found), "said": text})
        note_wish(stack.turn, wish, "which wish")
        return "which wish"
    for intent, ability in found.items():
        stack.begin(ability, given_by(intent, text), text)
        note_wish(stack.turn, wish, ability.name)
        return ability.name
    return ""


def note_wish(turn: Turn, wish: Wish | None, begun: str) -> None:
    """Notes for the desk what a text was taken for, where it was no answer."""
    if wish is None:
        turn.read_as = {"": (NOT_READ, {})}
        return
    values = {"wish": wish_name(wish.intent), "sure": round(wish.confidence * 100), "intent": wish.intent}
    if begun == "which wish":
        turn.read_as[""] = (DOUBTED, {**values, "other": wish_name(wish.alternatives[0])})
    else:
        turn.read_as = {"": (READ_AS, values), **turn.read_as}


def given_by(intent: str, text: str) -> dict[str, Any]:
    """What an ability is begun with by words."""
    return {"wish": intent, "said": text[:500]}


def change_of(stack: Stack) -> str:
    """Words that change an answer of what is under way, loosely read; "" where they do not: its question is put."""
    heard = Heard(text=stack.turn.update.text, loose=True)
    stack.go_on(heard)
    return "answered" if heard.read else ""
