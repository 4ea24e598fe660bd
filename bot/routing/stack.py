"""The dialogs of one conversation, one on another."""

from __future__ import annotations

import logging
from typing import Any, Final

from bot.ability import DIALOGS, Ability
from bot.dialog import Ended, Frame, Heard, Option, Run, Turn
from bot.dialog.engine import undo
from bot.dialog.put import LASTING
from bot.i18n import _
from bot.questions.menu import menu
from bot.values import Holder, Invalid, Refusal
from storage.database import savepoint

log = logging.getLogger("centralino.routing")


DEEPEST: Final = 3
"""How many dialogs may lie on one another; the oldest goes."""


FLEETING: Final = "which_wish"
"""The dialog that nothing comes back to: what begins after it is its answer, or makes it idle."""


class Stack:
    """The dialogs of one conversation during a turn, the one that asks last."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.found = turn.conversation
        self.frames = [Frame.of(state) for state in turn.conversation.dialogs]
        self.token: int | None = None

    def save(self) -> None:
        """Puts the stack into the conversation's value."""
        self.turn.change(dialogs=tuple(frame.plain() for frame in self.frames))

    def begin(self, ability: Ability, given: dict[str, Any] | None = None, text: str = "") -> None:
        """Starts a dialog on top; the same one below starts over, and the oldest goes where they are too many."""
        for frame in [frame for frame in self.frames if frame.dialog in {ability.name, FLEETING}]:
            self.drop(frame)
        self.frames.append(Frame(ability.name, dict(given or {})))
        if len(self.frames) > DEEPEST:
            self.drop(self.frames[0])
        self.go_on(Heard(text=text, open=True))

    def drop(self, frame: Frame) -> None:
        """Takes a dialog off the stack, and undoes what it kept."""
        undo(self.turn, frame)
        self.frames.remove(frame)

    def clear(self) -> None:
        """Takes all dialogs off: the customer starts anew."""
        for frame in self.frames[::-1]:
            self.drop(frame)
        self.save()

    def go_on(self, heard: Heard) -> None:
        """Runs the top dialog, and each one below it in turn as they end, to the next question."""
        turn = self.turn
        heard.token = self.token
        while self.frames:
            frame = self.frames[-1]
            ability = DIALOGS.get(frame.dialog)
            if ability is None:  # a release took this dialog away
                self.drop(frame)
                heard = Heard(token=self.token)
                continue
            run = Run(turn, ability.handler, frame, heard)
            if run.to_its_end() is Ended.ASKING:
                return
            if run.refused is not None:
                say_why(turn, run.refused)
            if frame in self.frames:
                self.frames.remove(frame)
            if turn.conversation.holder is Holder.DESK:
                break
            if turn.scene.leaves:
                turn.scene.leaves = False
                if self.frames:
                    self.drop(self.frames[-1])
            if turn.scene.then is not None:
                (name, given, text), turn.scene.then = turn.scene.then, None
                self.begin(DIALOGS[name], dict(given), text)
                return
            heard = Heard(token=self.token)
        self.rest()

    def rest(self) -> None:
        """Nothing is asked any more."""
        awaiting = self.turn.conversation.awaiting or {}
        taken = self.token if self.token is not None else awaiting.get("taken")
        left = {"taken": taken, **{lasting: awaiting.get(lasting) for lasting in LASTING}}
        self.turn.change(awaiting={name: value for name, value in left.items() if value is not None} or None)

    def unput(self) -> None:
        """Lets the question that an earlier turn put stand: this turn does not repeat it."""
        turn, found = self.turn, self.found.awaiting or {}
        if found.get("ask") and found["ask"] == (turn.conversation.awaiting or {}).get("ask"):
            turn.change(awaiting=found, puts=self.found.puts)

    def resume(self, how: str) -> None:
        """Takes up the top dialog again after the desk; ``ask`` first asks whether to go on."""
        if not self.frames:
            self.rest()
        elif how == "ask":
            ability = DIALOGS["go_on"]
            self.begin(ability, {"dialog": self.frames[-1].dialog})
        else:
            self.go_on(Heard())

    def leave(self) -> None:
        """The customer leaves the top dialog."""
        turn = self.turn
        self.drop(self.frames[-1])
        if self.frames:
            turn.say(_("All right, we'll leave that."))
            self.go_on(Heard())
        else:
            self.rest()
            menu(turn, _("All right, we'll leave that. Is there anything else I can do?"))


def say_why(turn: Turn, refused: Refusal | Invalid) -> None:
    """Says why something can't be done, and what can instead."""
    offers = refused.offers if isinstance(refused, Refusal) else ()
    turn.say(refused.hint, buttons=[[Option(label, act=act)] for label, act in offers], **refused.values)


def abandon(turn: Turn) -> None:
    """Leaves all dialogs after a defect, and takes back what they kept where that still can be."""
    for state in turn.conversation.dialogs[::-1]:
        point = savepoint(turn.rows)
        try:
            undo(turn, Frame.of(state))
        except Exception:
            point.rollback()
            log.exception("what %s kept stays", state)
        else:
            point.release()
    shares = (turn.conversation.awaiting or {}).get("shares")
    turn.change(dialogs=(), awaiting={"shares": True} if shares else None)
