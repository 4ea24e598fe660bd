"""A pressed button: of the current question, of a notice or a menu, or of the past."""

from __future__ import annotations

from typing import Any, Final

from bot.ability import DIALOGS
from bot.dialog import Frame, Heard, Turn
from bot.dialog.engine import undo
from bot.i18n import _
from bot.questions.menu import menu
from bot.routing.stack import Stack
from bot.values import Holder, Msgid
from storage import road

STALE: Final = _("That choice is out of date; we've moved on since. Here is where we were:")


STALE_TOAST: Final = _("That choice is out of date.")


TAKEN_TOAST: Final = _("Already taken.")


DESK_TOAST: Final = _("A person is answering here now.")


def pressed(stack: Stack) -> str:  # noqa: PLR0911  each way a press can go
    """A button: one that always works (``=name:argument``) or one of a question (``token:index``)."""
    turn, update = stack.turn, stack.turn.update
    talk = turn.conversation
    if update.name.startswith("="):
        name, _colon, argument = update.name[1:].partition(":")
        ability = DIALOGS.get(name)
        if ability is None:
            return stale(stack)
        if talk.holder is Holder.DESK and not ability.notice:
            turn.answer(DESK_TOAST)
            return "desk holds"
        if not mark_pressed(turn):
            turn.answer(TAKEN_TOAST)
            return "pressed twice"
        stack.begin(ability, {"argument": argument} if argument else {})
        return name
    if talk.holder is Holder.DESK:
        turn.answer(DESK_TOAST)
        return "desk holds"
    awaiting = talk.awaiting or {}
    token, index = numbers(update.name)
    if token >= 0 and token == awaiting.get("taken"):
        turn.answer(TAKEN_TOAST)
        return "pressed twice"
    keys = awaiting.get("keys", ())
    if token != awaiting.get("token") or not stack.frames or not 0 <= index < len(keys):
        return stale(stack)
    return chosen(stack, keys[index], token)


def chosen(stack: Stack, key: list[Any], token: int) -> str:
    """A live button of the current question."""
    turn, update = stack.turn, stack.turn.update
    kind, what = key[0], key[1] if len(key) > 1 else None
    if kind == "dead":
        return "dead"
    stack.token = token
    if kind == "page":
        stack.go_on(Heard(page=str(what), message=update.message))
        return "page"
    mark_pressed(turn)
    if kind == "value":
        stack.go_on(Heard(text=update.text, value=what))
        return "answered"
    return moved(stack, str(what))


def moved(stack: Stack, what: str) -> str:
    """A move of the engine's own: see ``Option``."""
    move, _colon, name = what.partition(":")
    if move == "leave":
        stack.leave()
    elif move == "back":
        back(stack)
    elif move == "yes":
        stack.go_on(Heard(agreed=name))
    elif move == "change" and not name:
        stack.go_on(Heard(changing=True))
    else:
        change(stack, stack.frames[-1], name, wanted=move == "want")
    return move


def change(stack: Stack, frame: Frame, name: str, *, wanted: bool) -> None:
    """Asks one answer again, or an optional question for the first time; the later answers are set aside."""
    if wanted and name not in frame.wanted:
        frame.wanted.append(name)
    loose = frame.forget(name, aside=True)
    undo_kept(stack.turn, loose)
    stack.go_on(Heard())


def back(stack: Stack) -> None:
    """Forgets the last answer that the customer gave."""
    frame = stack.frames[-1]
    last = frame.last_said()
    if last is None:
        stack.leave()
        return
    undo_kept(stack.turn, frame.forget(last))
    stack.go_on(Heard())


def undo_kept(turn: Turn, kept: list[Any]) -> None:
    """Undoes effects that rested on a forgotten answer."""
    undo(turn, Frame("", kept=kept[::-1]))


def numbers(data: str) -> tuple[int, int]:
    """The token and index of a question's button; (-1, -1) where it is neither."""
    token, _colon, index = data.partition(":")
    if token.isascii() and token.isdigit() and index.isascii() and index.isdigit() and len(data) < 20:
        return int(token), int(index)
    return -1, -1


def mark_pressed(turn: Turn) -> bool:
    """Shows the choice under the message it was made on, without its buttons; False if it was made before."""
    update = turn.update
    found = road.find_message(turn.rows, turn.conversation, update.message)
    if found is None:
        return True
    id, text, before = found
    if before:
        return False
    turn.mark(id, text, update.text)
    return True


def stale(stack: Stack) -> str:
    """A button of the past: a toast, and the current question, unless it stands in the very message."""
    turn = stack.turn
    turn.answer(STALE_TOAST)
    paged = (turn.conversation.awaiting or {}).get("paged")
    if turn.conversation.holder is Holder.DESK or (paged and paged == turn.update.message):
        return "stale"
    if stack.frames:
        stack.go_on(Heard())
        say_first(turn, STALE)
    else:
        menu(turn, _("That choice is out of date. What can I do for you?"))
    return "stale"


def say_first(turn: Turn, message: Msgid) -> None:
    """Puts a sentence before the words that end with the current question."""
    if turn.scene.spoken:
        turn.scene.spoken[-1].parts.insert(0, (message, {}))
    else:
        turn.say(message)
