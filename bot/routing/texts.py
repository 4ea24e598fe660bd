"""Words: a command, a way out, an answer, a wish; or not understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from bot.ability import COMMANDS, DIALOGS
from bot.dialog import Heard, Scene, Turn
from bot.i18n import _
from bot.questions.menu import menu, offer_person
from bot.questions.other_language import offer_language, other_language
from bot.reading import fold, rest
from bot.reading.changes import lead, only_around
from bot.reading.choices import read_choice, read_yes_no
from bot.reading.dates import read_day
from bot.reading.own import own_words
from bot.reading.phones import read_phone
from bot.reading.shifts import read_end
from bot.reading.times import read_part, read_time
from bot.reading.wishes import Wish, read_control, understand
from bot.routing.presses import back, moved, say_first
from bot.routing.stack import Stack
from bot.routing.wishes import begin_wish, change_of, digresses, note_wish, same_dialog
from bot.values import Invalid

OF_TIME: Final = (read_day, read_time, read_part, read_end)
"""What reads a day, a time, a part of the day, or the first that is free."""
FLOOD: Final = timedelta(minutes=1)
"""Words that come so close on one another, and are not understood, are answered once."""


def commanded(stack: Stack) -> str:
    """A command: its ability begins, with whatever follows it offered to its questions."""
    update = stack.turn.update
    name = update.name.lower()
    if name in {"leave", "back"}:
        return way_out(stack, name)
    ability = COMMANDS.get(name)
    if ability is None:
        return puzzled(stack)
    if name == "start":
        if not update.text:
            stack.clear()
        stack.begin(ability, {"payload": update.text})
    else:
        stack.begin(ability, text=update.text)
    return name


def way_out(stack: Stack, name: str) -> str:
    """Back, leaving and the word for a person."""
    if name == "human":
        stack.begin(DIALOGS["human"])
    elif not stack.frames:
        menu(stack.turn, _("There is nothing under way. What can I do for you?"))
    elif name == "back":
        back(stack)
    else:
        stack.leave()
    return name


def written(stack: Stack) -> str:
    """Plain words: a way out, an answer, a wish; or not understood. Another language than hers is noticed."""
    turn, update = stack.turn, stack.turn.update
    control = read_control(update.text, turn.ear)
    if control is not None:
        return ways(stack, str(control.value))
    offers = (turn.conversation.awaiting or {}).get("offers") or {}
    if offers.get("first") and (taken := offered(stack, offers)):
        return taken
    turn.hears = other_language(turn)
    wish = understand(update.text, turn.ear, own_words(turn.client))
    result = understood(stack, wish, offers)
    offer_language(turn)
    return result


def ways(stack: Stack, name: str) -> str:
    """A way out in words, unless they answer just what is asked: "basta così", where more could be ordered."""
    turn = stack.turn
    if name != "human" and stack.frames and (turn.conversation.awaiting or {}).get("ask"):
        before, heard = turn.scene, Heard(text=turn.update.text, wishes=True, leaves=True)
        stack.go_on(heard)
        if heard.read:
            return "answered"
        turn.scene = turn.scene.saying(before.spoken, before.reply)
    return way_out(stack, name)


def understood(stack: Stack, wish: Wish | None, offers: Mapping[str, Any]) -> str:
    """An answer to the question that waits, a button's words, a wish; or nothing of these."""
    turn, put = stack.turn, None
    if stack.frames and (turn.conversation.awaiting or {}).get("ask"):
        before, top = turn.scene, stack.frames[-1]
        agrees = wish is not None and wish.intent == "yes" and not wish.doubtful
        heard = Heard(text=turn.update.text, wishes=digresses(stack, wish), agrees=agrees)
        stack.go_on(heard)
        if heard.read or (top not in stack.frames and len(turn.scene.spoken) > len(before.spoken)):
            return "answered"
        put, turn.scene = turn.scene, turn.scene.saying(before.spoken, before.reply)
    if taken := button_named(stack, offers) or offered(stack, offers):
        return taken
    if put is not None and (taken := under_way(stack, wish, put)):
        return taken
    if taken := begin_wish(stack, wish) or offered(stack, offers, least=0):
        return taken
    return puzzled(stack) if put is None else unread(stack, put)


def under_way(stack: Stack, wish: Wish | None, put: Scene) -> str:
    """What speaks of nothing but the dialog that asks: a time for a later question, or its own wish once more."""
    if comes_to_time(stack.turn) and stack.frames[-1].asking != "confirm":
        return later(stack, put)
    return (change_of(stack) or "asked again") if same_dialog(stack, wish) else ""


def unread(stack: Stack, put: Scene) -> str:
    """Words at a question that nothing else knew: they may still change an answer, or be meant for a later one."""
    if lead(stack.turn.update.text, stack.turn.ear).marked and (taken := change_of(stack)):
        return taken
    stack.turn.scene = put
    if (speaks_of_time(stack.turn) or gives_number(stack.turn)) and stack.frames[-1].asking != "confirm":
        return later(stack, put)
    return puzzled(stack)


def later(stack: Stack, put: Scene) -> str:
    """Said before it was asked: the question stands, and a later one takes it."""
    stack.turn.scene = put
    stack.frames[-1].leave(stack.turn.update.text)
    say_first(stack.turn, _("All right. First, though:"))
    return "kept for later"


def comes_to_time(turn: Turn) -> bool:
    """Whether the text says nothing but a day or a time."""
    text = lead(turn.update.text, turn.ear).text
    try:
        for read in OF_TIME:
            reading = read(text, turn.ear)
            text = rest(text, reading) if reading is not None else text
    except Invalid:
        return False
    return text != turn.update.text and only_around(text, turn.ear) and speaks_of_time(turn)


def speaks_of_time(turn: Turn) -> bool:
    """Whether the text names a day or a time, a part of the day, or the first that is free."""
    try:
        return any(read(turn.update.text, turn.ear) for read in OF_TIME)
    except Invalid:
        return False


def gives_number(turn: Turn) -> bool:
    """Whether the text gives a number to call."""
    try:
        return read_phone(turn.update.text, turn.ear, turn.client.country) is not None
    except Invalid:
        return False


def offered(stack: Stack, offers: Mapping[str, Any], least: float = 1) -> str:
    """A yes, a no or a button's own words to what was offered last; "" where the text is none of these.

    ``least`` is the confidence that a yes or no needs: below 1 something more was written after it.
    """
    turn, text = stack.turn, stack.turn.update.text
    acts, agreed = offers.get("acts", ()), read_yes_no(text, turn.ear)
    meant = agreed.value if agreed is not None and agreed.confidence >= least else None
    found: set[str] = {act for act, label, _means in acts if fold(label) == fold(text)}
    found = found or {act for act, _label, means in acts if meant is not None and means is meant}
    if len(found) == 1:
        name, _colon, argument = found.pop().partition(":")
        stack.begin(DIALOGS[name], {"argument": argument} if argument else {})
        return name
    if meant is None or found or stack.frames:
        return ""
    if meant:
        menu(turn, _("What can I do for you?"))
    else:
        turn.say(_("All right."))
    return "nothing asked"


def button_named(stack: Stack, offers: Mapping[str, Any]) -> str:
    """What the words of a button under a confirmation do: change something, add a note; "" where it is none."""
    turn = stack.turn
    named = read_choice(turn.update.text, turn.ear, [(move, [label]) for move, label in offers.get("moves", ())])
    if named is None or named.alternatives:
        return ""
    return moved(stack, str(named.value))


def puzzled(stack: Stack) -> str:
    """Not understood: the first time the question or the menu again, then the offer of a person."""
    turn = stack.turn
    note_wish(turn, None, "")
    times = turn.conversation.puzzled + 1
    turn.change(puzzled=times)
    if times > 2 and turn.heard_before is not None and turn.now - turn.heard_before < FLOOD:
        turn.scene.spoken.clear()
        stack.unput()
        return "puzzled"  # what was offered a moment ago still stands
    if times > 1:
        turn.scene.spoken.clear()
        stack.unput()
        offer_person(turn, _("Sorry, I still don't follow. Would you rather talk to a person?"))
        return "puzzled"
    sorry = _("I didn't quite get that. Please put it another way or choose below.")
    if turn.scene.spoken:
        say_first(turn, sorry)
    elif stack.frames:
        stack.go_on(Heard())
        say_first(turn, sorry)
    else:
        menu(turn, sorry)
    return "puzzled"
