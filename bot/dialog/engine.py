"""Drives a handler from its top to its next question, and keeps what must last until the next turn."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.dialog.amend import amendment, answered
from bot.dialog.asking import NOTHING, Ask, Confirm, Keep
from bot.dialog.frame import GAP, Answer, Frame, Kept, digest
from bot.dialog.put import Put, confirmation, line, put
from bot.dialog.reader import Reader
from bot.dialog.surface import Again, Scene, Turn
from bot.reading import Reading, rest
from bot.reading.changes import only_around, read_wrong
from bot.reading.choices import read_yes_no
from bot.reading.wishes import may_be_name
from bot.update import Json, Update
from bot.values import EFFECTS, Invalid, Message, Refusal, Slot
from storage.database import savepoint

Handler = Callable[[Turn], Coroutine[Any, Any, None]]
MOST_RUNS = 100
"""A turn that starts a handler over more often than this is going round in a circle."""


class Ended(Enum):
    """How a run ended."""

    DONE = "done"
    ASKING = "asking"
    REFUSED = "refused"


@dataclass(slots=True)
class Heard:
    """What reaches a dialog: words, a pressed value, a contact or files; or a page to turn to, a yes, a wish to change.

    ``open`` says that any question may read it, as with the words that a dialog was begun with; otherwise the awaited
    one must come first. ``loose``: nothing else knew what to make of it; ``wishes``: it rather wishes for something
    else, so that it must be an answer and no more; ``leaves``: it rather leaves the dialog, or goes back; ``agrees``:
    it is some other way of saying yes. ``read`` tells afterwards whether any did.
    """

    text: str = ""
    value: Json = NOTHING
    update: Update | None = None
    page: str = ""
    token: int | None = None
    message: str = ""
    agreed: str = ""
    changing: bool = False
    open: bool = False
    loose: bool = False
    wishes: bool = False
    leaves: bool = False
    agrees: bool = False
    read: bool = False


class Rerun(Exception):
    """The handler starts again from its top."""


@dataclass(slots=True)
class Run:
    """The runs of one dialog within one turn; ``refused`` tells afterwards why it was, if so."""

    turn: Turn
    handler: Handler
    frame: Frame
    heard: Heard
    awaited: str = ""
    refused: Refusal | Invalid | None = None
    hint: tuple[str, Message, Mapping[str, Any]] | None = None
    amended: tuple[str, Json] | None = None  # the answer that the words heard change, and what it was
    stood: list[Answer] = field(default_factory=list)  # what was answered when words at the confirmation changed it
    early: list[str] = field(default_factory=list)
    passed: dict[str, tuple[Ask[Any], Any]] = field(default_factory=dict)
    optional: dict[str, Ask[Any]] = field(default_factory=dict)
    checked: dict[str, tuple[list[Json], Any]] = field(default_factory=dict)  # with the answers up to this one
    used: set[str] = field(default_factory=set)
    guarded: int = 0  # so many of the answers need no check

    def __post_init__(self) -> None:
        self.awaited = self.frame.asking

    def to_its_end(self) -> Ended:
        """Runs the handler as often as it takes to finish, to refuse, or to reach a question without an answer."""
        turn, start = self.turn, self.turn.scene
        turn.frame = self.frame
        for _ in range(MOST_RUNS):
            turn.scene = Scene(start.conversation, start.customer)
            self.passed.clear()
            self.used.clear()
            self.guarded = self.frame.guarded(turn.now, turn.client.version) if self.frame.kept else 0
            try:
                self.drive()
            except Rerun:
                turn.settle(keep=False)
            except Put as question:
                turn.settle(keep=False)
                self.ask_it(question, start)
                return Ended.ASKING
            except Again as again:
                turn.settle(keep=False)
                self.reject(again.name, again.hint, again.values)
            except Invalid as invalid:
                turn.settle(keep=False)
                last = self.frame.last_said()
                if last is None:
                    return self.refuse(start, invalid)
                self.reject(last, invalid.hint, invalid.values)
            except Refusal as refusal:
                turn.settle(keep=False)
                return self.refuse(start, refusal)
            else:
                turn.settle(keep=True)
                turn.scene.spoken[:0] = start.spoken
                turn.scene.reply = turn.scene.reply or start.reply
                return Ended.DONE
        raise RecursionError(f"{self.frame.dialog} starts over without end")

    def drive(self) -> None:
        """One run from the top; ends by return or by an exception that says how."""
        coroutine = self.handler(self.turn)
        send: Any = None
        try:
            while True:
                try:
                    step = coroutine.send(send)
                except StopIteration:
                    return
                send = self.take(step, coroutine)
        finally:
            coroutine.close()

    def take(self, step: Any, coroutine: Any) -> Any:
        """What the handler's await gives back."""
        if isinstance(step, Ask):
            return self.answer(step)
        if isinstance(step, Keep):
            return self.keep(step)
        if isinstance(step, Confirm):
            return self.confirm(step)
        at = coroutine.cr_frame
        raise TypeError(
            f"{at.f_code.co_filename}:{at.f_lineno}: a handler can await only turn.ask, turn.optional, turn.keep and "
            f"turn.confirm; this awaits {step!r}. Network calls are jobs."
        )

    # --- answers

    def answer(self, ask: Ask[Any]) -> Any:
        """The checked answer to a question; raises Put where there is none."""
        frame = self.frame
        if ask.button is not None:
            self.optional[ask.name] = ask
        recorded = frame.find(ask.name)
        if recorded is not None:
            return self.passing(ask, recorded)
        if ask.button is not None and ask.name not in frame.wanted:
            return self.in_passing(ask)
        try:
            heard = self.hear(ask)
            if heard is not None:
                value = ask.reader.check(heard.value)
                return self.record(ask, heard, value)
        except Invalid as invalid:
            if self.stood and self.amended is not None and self.amended[0] == ask.name:
                self.let_stand(invalid)
            raise Put(ask, (invalid.hint, invalid.values)) from None
        for silent in (frame.aside.pop(ask.name, None), self.known(ask)):
            if silent is not None:
                try:
                    return self.carry(ask, silent)
                except Invalid:
                    continue
        raise Put(ask)

    def in_passing(self, ask: Ask[Any]) -> Any:
        """The answer to an optional question that nobody put, where words gave it; else None."""
        try:
            heard = self.read_early(ask)
            if heard is not None:
                return self.record(ask, heard, ask.reader.check(heard.value))
            silent = self.frame.aside.pop(ask.name, None)
            return self.carry(ask, silent) if silent is not None else None
        except Invalid:
            return None

    def carry(self, ask: Ask[Any], silent: Answer) -> Any:
        """An answer that need not be asked, as it stands now; where that is otherwise than before, it is said back."""
        before, silent.value = silent.value, ask.reader.carry(silent.value)
        if silent.value != before:
            self.early.append(ask.name)
        return self.record(ask, silent, ask.reader.check(silent.value))

    def passing(self, ask: Ask[Any], recorded: Answer) -> Any:
        """The value of a recorded answer while it is valid; else its question is put again with the reason."""
        frame = self.frame
        place = frame.index(ask.name)
        if place < self.guarded:
            return self.pass_by(ask, ask.reader.stands(recorded.value))
        basis = [answer.value for answer in frame.answers[: place + 1]]
        checked, value = self.checked.get(ask.name, (None, None))
        if checked != basis:
            try:
                value = ask.reader.check(recorded.value)
            except Invalid as invalid:
                self.turn.settle(keep=False)  # or the undoing would be taken back with the run
                self.undo(frame.forget(ask.name, aside=True))
                raise Put(ask, (invalid.hint, invalid.values)) from None
            self.checked[ask.name] = basis, value
        return self.pass_by(ask, value)

    def hear(self, ask: Ask[Any]) -> Answer | None:
        """An answer out of what has just been heard, if it speaks of this question."""
        heard, frame, turn = self.heard, self.frame, self.turn
        meant = ask.name == self.awaited
        if frame.words is not None and frame.words[1] == ask.name:
            kept, frame.words = frame.words[0], None
            reading = ask.reader.read(kept, turn.ear)
            if reading is not None:
                return self.said(ask, kept, reading.value, asked=True)
        if meant and not heard.read:
            self.amend(ask.reader)
            if heard.read or self.calls_wrong(ask):
                heard.read = True
                raise Put(ask)
            heard.open = True
            if heard.value is not NOTHING:
                heard.read = True
                return self.said(ask, heard.text, heard.value, asked=True)
            if heard.update is not None and (taken := ask.reader.take(heard.update)) is not None:
                heard.read = True
                return self.said(ask, heard.text, taken.value, asked=True)
        if meant and heard.text and heard.value is NOTHING:
            return None if self.says_more(ask) else self.read(ask, asked=True)
        return self.read_early(ask)

    def calls_wrong(self, ask: Ask[Any]) -> bool:
        """Whether the words call the very answer wrong that is asked for anyway."""
        heard = self.heard
        if not heard.text or heard.value is not NOTHING or ask.reader.anything:
            return False
        return read_wrong(heard.text, self.turn.ear, [ask.name]) is not None

    def says_more(self, ask: Ask[Any]) -> bool:
        """Whether what rather wishes for something else is more than an answer to this question."""
        reader, heard, ear = ask.reader, self.heard, self.turn.ear
        if heard.leaves and reader.greedy:
            return True
        if not heard.wishes or reader.anything:
            return False
        if reader.greedy:
            return not may_be_name(heard.text, ear)
        answers, left = answered(reader, heard.text, ear)
        return not answers or not only_around(left, ear)

    def amend(self, here: Reader[Any] | None) -> None:
        """Where the words heard change an earlier answer, forgets that one and starts over with them."""
        frame, heard = self.frame, self.heard
        if not heard.text or heard.value is not NOTHING or self.amended is not None or heard.leaves:
            return
        given = [(ask, recorded.value) for name, (ask, _value) in self.passed.items() if (recorded := frame.find(name))]
        found = amendment(given, heard.text, self.turn.ear, here, loose=heard.loose, strict=heard.wishes)
        if found is None:
            return
        if not found.name:
            heard.text, heard.read = found.text, True
            return
        self.amended = found.name, {ask.name: value for ask, value in given}[found.name]
        self.turn.settle(keep=False)
        self.stood = [*frame.answers] if here is None else []
        self.undo(frame.forget(found.name, aside=True))
        self.awaited, heard.open, heard.text = found.name, True, found.text
        heard.read = not found.text
        self.early += found.names
        raise Rerun

    def let_stand(self, invalid: Invalid) -> None:
        """Goes back to the answers that stood at the confirmation, and says why the change can't be."""
        self.turn.settle(keep=False)
        self.frame.answers, self.stood = self.stood, []
        self.frame.aside.clear()
        self.early.clear()
        self.awaited, self.heard.text, self.heard.read = CONFIRM, "", True
        self.hint = (CONFIRM, invalid.hint, invalid.values)
        raise Rerun

    def read_early(self, ask: Ask[Any]) -> Answer | None:
        """An answer that is given before its question is put."""
        heard, found = self.heard, None
        if heard.text and heard.open and heard.value is NOTHING:
            found = self.read(ask, asked=False)
        return self.read_rest(ask) if found is None and self.frame.rest else found

    def read_rest(self, ask: Ask[Any]) -> Answer | None:
        """An answer out of what texts of earlier turns left: of all of it, else of the latest piece that gives one."""
        frame, unclear = self.frame, None
        for said in dict.fromkeys([frame.rest, *reversed(frame.rest.split(GAP))]):
            try:
                reading = ask.reader.spot(said, self.turn.ear)
            except Invalid:
                return None
            if reading is not None and not reading.alternatives:
                frame.rest = frame.rest.replace(said, left_of(said, reading), 1).strip(GAP)
                self.early.append(ask.name)
                return self.said(ask, said, reading.value, asked=False)
            unclear = unclear or reading
        if unclear is not None and ask.button is None:  # an optional question is not put for it
            raise Put(ask, choices=(unclear.value, *unclear.alternatives))
        return None

    def read(self, ask: Ask[Any], *, asked: bool) -> Answer | None:
        """What the question's reader makes of the words that are left."""
        heard = self.heard
        try:
            reading = self.reading(ask, asked=asked)
        except Invalid:
            heard.read, heard.text = True, ""
            raise
        if reading is None:
            return None
        said, heard.read = heard.text, True
        heard.text = left_of(said, reading)
        value = self.meant(ask, reading)
        if not asked:
            self.early.append(ask.name)
        return self.said(ask, said, value, asked=asked)

    def meant(self, ask: Ask[Any], reading: Reading) -> Json:
        """The one meaning that can be taken at all; where several can, they are asked about."""
        meanings = (reading.value, *reading.alternatives)
        if not reading.alternatives:
            return reading.value
        possible = []
        for value in meanings:
            try:
                ask.reader.check(value)
            except Invalid:
                continue
            possible.append(value)
        if len(possible) == 1:
            return possible[0]
        raise Put(ask, choices=meanings)

    def reading(self, ask: Ask[Any], *, asked: bool) -> Reading | None:
        """What the question's reader makes of the words: as its answer, as a change of it, or in passing."""
        text, ear = self.heard.text, self.turn.ear
        if self.amended is not None and self.amended[0] == ask.name:
            return ask.reader.amend(text, ear, self.amended[1])
        return ask.reader.read(text, ear) if asked else ask.reader.spot(text, ear)

    def known(self, ask: Ask[Any]) -> Answer | None:
        """The answer that need not be asked."""
        if ask.known is NOTHING or ask.name in self.frame.forgotten:
            return None
        return Answer(ask.name, None, ask.known, self.turn.now.isoformat(), self.turn.language, False)

    def said(self, ask: Ask[Any], said: str, value: Json, *, asked: bool) -> Answer:
        return Answer(ask.name, said, value, self.turn.now.isoformat(), self.turn.language, asked)

    def record(self, ask: Ask[Any], answer: Answer, value: Any) -> Any:
        """Keeps a new answer."""
        if answer.said is not None and value is not None:
            self.turn.read_as[ask.name] = line(ask, ask.reader.show(value))
            if isinstance(value, Slot):  # which says its day
                self.turn.read_as.pop("day", None)
        answer.asked = answer.asked and answer.said is not None
        self.frame.answers.append(answer)
        self.checked[ask.name] = [answer.value for answer in self.frame.answers], value
        return self.pass_by(ask, value)

    def pass_by(self, ask: Ask[Any], value: Any) -> Any:
        """Goes on behind a question; what was said before one that an earlier turn put was heard then."""
        if ask.name in self.frame.put:
            self.turn.scene.spoken.clear()
        self.passed[ask.name] = (ask, value)
        return value

    def reject(self, name: str, hint: Message, values: Mapping[str, Any]) -> None:
        """Forgets an answer and all later ones, to ask it again with the hint."""
        self.undo(self.frame.forget(name))
        self.hint = (name, hint, values)

    def refuse(self, start: Scene, why: Refusal | Invalid) -> Ended:
        """Ends the dialog and undoes what it kept; who hears the reason is for the caller to say."""
        self.turn.scene = start
        undo(self.turn, self.frame)
        self.refused = why
        return Ended.REFUSED

    # --- effects and confirmation

    def keep(self, keep: Keep) -> Json:
        """The result of an effect; where it is not done yet, does it in the turn's transaction and starts over."""
        frame, turn = self.frame, self.turn
        places = [place for place, answer in enumerate(frame.answers) if answer.name in self.passed]
        basis = [[frame.answers[place].name, frame.answers[place].value] for place in places]
        key = f"{keep.effect.name}:{digest([basis, list(keep.args)])}"
        for kept in frame.kept:
            if kept.key == key:
                self.used.add(key)
                return kept.result
        turn.settle(keep=False)
        if keep.effect.undo is not None:
            old = [kept for kept in frame.kept if kept.effect == keep.effect.name and kept.key not in self.used]
            self.undo(old[::-1])
            frame.kept = [kept for kept in frame.kept if kept not in old]
        point = savepoint(turn.rows)
        try:
            result = keep.effect.do(turn.rows, turn.who, *keep.args)
        except BaseException:
            point.rollback()
            raise
        point.release()
        after = max(places, default=-1) + 1
        frame.kept.append(Kept(key, keep.effect.name, after, result, turn.client.version))
        raise Rerun

    def undo(self, kept: list[Kept]) -> None:
        """Takes back what was kept, in the order given."""
        take_back(self.turn, kept)

    def confirm(self, confirm: Confirm) -> None:
        """Returns where the customer said yes to just these values."""
        frame, heard, turn = self.frame, self.heard, self.turn
        shown = [name for name in (*confirm.names, *confirm.also) if name in self.passed]
        said = sorted((name, repr(value)) for name, value in confirm.values.items())
        current = digest([*([name, frame.answers[frame.index(name)].value] for name in shown), *said])
        if self.awaited == CONFIRM and not heard.read:
            if heard.agreed:
                heard.read, frame.agreed = True, heard.agreed
            elif heard.text:
                self.agree()
        if frame.agreed == current:
            turn.scene.spoken.clear()
            return
        raise confirmation(confirm, shown, self.passed, self.optional, current, changing=heard.changing)

    def agree(self) -> None:
        """What words at a confirmation come to: yes, no, or a change at once."""
        frame, heard, turn = self.frame, self.heard, self.turn
        reading = read_yes_no(heard.text, turn.ear)
        if reading is None or reading.confidence < 1:
            self.amend(None)
        if heard.read:  # what stands was said once more
            reading = read_yes_no(heard.text, turn.ear)
        agrees = heard.agrees if reading is None else bool(reading.value)
        if heard.leaves or (reading is None and not agrees):
            return
        heard.read = True
        if agrees:
            frame.agreed = (turn.conversation.awaiting or {}).get("digest", "")
        else:
            heard.changing = True

    # --- the question

    def ask_it(self, question: Put, start: Scene) -> None:
        """Ends the run by putting a question."""
        frame, heard, turn = self.frame, self.heard, self.turn
        spoken = turn.scene.spoken
        name = question.name
        if name in frame.put:
            spoken = []
        else:
            frame.put.append(name)
        if heard.text and not heard.read and not heard.open and self.awaited and name != self.awaited:
            frame.words = [heard.text, self.awaited]
            heard.read = True
        if heard.text and heard.open and heard.value is NOTHING and (heard.read or not self.awaited):
            frame.leave(heard.text)
        if question.hint is None and self.hint is not None and self.hint[0] == name:
            question.hint = (self.hint[1], self.hint[2])
        told = [self.passed[one] for one in dict.fromkeys(self.early) if one in self.passed]
        early = [(ask, value) for ask, value in told if ask.reader.echoes and value is not None]
        frame.asking = name
        before, turn.scene = start.spoken, start.saying(spoken, start.reply)
        here = heard if name == self.awaited else Heard(token=heard.token)
        put(turn, question, early, here, back=frame.last_said() is not None)
        turn.scene.spoken[:0] = before


CONFIRM = "confirm"
"""The name under which a confirmation is awaited."""


def left_of(text: str, reading: Reading) -> str:
    """What a reading leaves; dots stand for it, so that the words around it say nothing new together."""
    left = rest(text, reading)
    before, after = text[: reading.span[0]].rstrip(" ,;:-"), text[reading.span[1] :].lstrip(" ,;:-")
    return f"{before}{GAP}{after}" if left and before and after else left


def undo(turn: Turn, frame: Frame) -> None:
    """Takes back all that a dialog kept, latest first: it is left, refused, or crowded out."""
    take_back(turn, frame.kept[::-1])
    frame.kept.clear()


def take_back(turn: Turn, kept: list[Kept]) -> None:
    """Undoes effects in the order given; those without an undo stay."""
    for one in kept:
        effect = EFFECTS.get(one.effect)
        if effect is not None and effect.undo is not None:
            effect.undo(turn.rows, turn.who, one.result)
