"""Which handlers answer an update, in the order of the road: urgent words, the desk, a press, a command or the word for
a person, the ways out, the waiting question, wishes; else it was not understood."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any, Final

from bot.ability import ACTS, COMMANDS, DIALOGS, WISHES, Ability, ability_of
from bot.dialog import Ended, Frame, Heard, Option, Run, Turn
from bot.dialog.engine import undo
from bot.i18n import _
from bot.office import customers
from bot.office.tickets import customer_waits
from bot.questions.arrival import arrive
from bot.questions.menu import menu, offer_person
from bot.questions.phone import own_number, shown_phone
from bot.reading.wishes import has_urgent, read_control, read_wish
from bot.update import Kind, Update
from bot.values import Holder, Invalid, Msgid, Refusal
from bot.words import told
from storage import reach, road
from storage.database import savepoint

log = logging.getLogger("centralino.routing")

DEEPEST: Final = 3
"""How many dialogs may lie on one another; the oldest goes."""

STALE: Final = _("That choice is out of date; we've moved on since. Here is where we were:")
STALE_TOAST: Final = _("That choice is out of date.")
TAKEN_TOAST: Final = _("Already taken.")
DESK_TOAST: Final = _("A person is answering here now.")


def answer(turn: Turn) -> str:
    """Lets the right handlers answer the update; returns what became of it, for the audit."""
    update = turn.update
    if update.kind is Kind.ACT:
        return act(turn)
    if update.kind is Kind.REACH:
        return reached(turn)
    if update.kind is Kind.EDITED:
        return edited(turn)
    stack = Stack(turn)
    result = heard(stack)
    arrive(turn)
    stack.save()
    return result


def act(turn: Turn) -> str:
    """What another face does: never a dialog, so it may not ask; who did it hears why it is refused."""
    update = turn.update
    ability = ACTS.get((update.face, update.name))
    if ability is None:
        raise LookupError(f"no act {update.name!r} of the {update.face}")
    run = Run(turn, ability.handler, Frame(ability.name, dict(update.data)), Heard())
    ended = run.to_its_end()
    if ended is Ended.ASKING:
        raise RuntimeError(f"the act {ability.name} asks: only a customer's dialog can")
    if run.refused is not None:
        turn.answer(error=told(update, turn.client_or_none, run.refused.hint, run.refused.values))
    if turn.talks and turn.scene.resume and turn.conversation.holder is Holder.BOT:
        stack = Stack(turn)
        stack.resume(turn.scene.resume)
        stack.save()
    return f"{ability.name}:{ended.value}"


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


def reached(turn: Turn) -> str:
    """The customer blocked us, or let us in again: the history stays, sending stops or resumes."""
    reachable = bool(turn.update.data["reachable"])
    reach.mark(turn.write, turn.conversation, reachable, turn.now)
    turn.settle(keep=True)
    turn.change(reachable=reachable)
    return "reachable" if reachable else "blocked"


def edited(turn: Turn) -> str:
    """An earlier message now reads otherwise: what we keep of it does too; what it led to stands."""
    found = road.find_message(turn.rows, turn.conversation, turn.update.message)
    if found is None:
        return "unknown"
    road.rewrite(turn.rows, found[0], turn.update.text, turn.now)
    return "edited"


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
        for frame in [frame for frame in self.frames if frame.dialog == ability.name]:
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
                (name, given), turn.scene.then = turn.scene.then, None
                self.begin(DIALOGS[name], dict(given))
                return
            heard = Heard(token=self.token)
        self.rest()

    def rest(self) -> None:
        """Nothing is asked any more."""
        awaiting = self.turn.conversation.awaiting or {}
        taken = self.token if self.token is not None else awaiting.get("taken")
        left = {"taken": taken, "shares": awaiting.get("shares"), "album": awaiting.get("album")}
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
    elif turn.conversation.holder is Holder.DESK:
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


def recognise(turn: Turn) -> None:
    """Her own contact, whenever and for whatever she shares it, proves who she is."""
    phone = own_number(turn.update)
    if phone:
        turn.customer = customers.verify(turn.write, turn.customer, "contact", phone)
        turn.settle(keep=True)


# --- a press ----------------------------------------------------------------------------------------------------------


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
    turn, update, frame = stack.turn, stack.turn.update, stack.frames[-1]
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
    move, _colon, name = str(what).partition(":")
    if move == "leave":
        stack.leave()
    elif move == "back":
        back(stack)
    elif move == "yes":
        stack.go_on(Heard(agreed=name))
    elif move == "change" and not name:
        stack.go_on(Heard(changing=True))
    else:
        change(stack, frame, name, wanted=move == "want")
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


def say_why(turn: Turn, refused: Refusal | Invalid) -> None:
    """Says why something can't be done, and what can instead."""
    offers = refused.offers if isinstance(refused, Refusal) else ()
    turn.say(refused.hint, buttons=[[Option(label, act=act)] for label, act in offers], **refused.values)


# --- words ------------------------------------------------------------------------------------------------------------


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
    """Plain words: a way out, an answer, a wish; or not understood."""
    turn, update = stack.turn, stack.turn.update
    control = read_control(update.text, turn.ear)
    if control is not None:
        return way_out(stack, str(control.value))
    if stack.frames and (turn.conversation.awaiting or {}).get("ask"):
        before, top = turn.scene, stack.frames[-1]
        heard = Heard(text=update.text)
        stack.go_on(heard)
        if heard.read or (top not in stack.frames and len(turn.scene.spoken) > len(before.spoken)):
            return "answered"
        put, turn.scene = turn.scene, replace(turn.scene, spoken=before.spoken, reply=before.reply)
    else:
        put = None
    wish = read_wish(update.text, turn.ear)
    handler = WISHES.get(str(wish.value)) if wish is not None else None
    if handler is not None:
        ability = ability_of(handler)
        stack.begin(ability, {"wish": str(wish.value) if wish else ""}, update.text)
        return ability.name
    if put is not None:
        turn.scene = put
    return puzzled(stack)


def puzzled(stack: Stack) -> str:
    """Not understood: the first time the question or the menu again, then the offer of a person."""
    turn = stack.turn
    times = turn.conversation.puzzled + 1
    turn.change(puzzled=times)
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


def sent(stack: Stack) -> str:
    """A contact, a place, files: the waiting question takes it, or it is kept and a person offered."""
    turn, album = stack.turn, stack.turn.update.data.get("media_group_id")
    awaiting = turn.conversation.awaiting or {}
    if album and album == awaiting.get("album"):
        return "album"  # its first picture was answered for all of them
    result = taken_or_kept(stack)
    if album:
        turn.change(awaiting={**(turn.conversation.awaiting or {}), "album": album})
    return result


def taken_or_kept(stack: Stack) -> str:
    """The same for one message."""
    turn, update = stack.turn, stack.turn.update
    if update.kind is Kind.CONTACT and not update.data.get("own"):
        if stack.frames:
            stack.go_on(Heard())
            say_first(turn, FOREIGN_CONTACT)
        else:
            turn.say(FOREIGN_CONTACT)
        return "foreign contact"
    if stack.frames and (turn.conversation.awaiting or {}).get("ask"):
        before, top = turn.scene.spoken, stack.frames[-1]
        heard = Heard(text=update.text, update=update)
        stack.go_on(heard)
        if heard.read or (top not in stack.frames and len(turn.scene.spoken) > len(before)):
            return "answered"
        turn.scene.spoken = [*before, *turn.scene.spoken[len(before) :]]
        received(turn, update, 0)
        return "kept"
    received(turn, update, len(turn.scene.spoken))
    return "kept"


FOREIGN_CONTACT: Final = _("That is somebody else's contact. Please share your own, or write the number.")


def received(turn: Turn, update: Update, place: int) -> None:
    """Says that something was received, before the question that still waits."""
    if update.kind is Kind.CONTACT:
        turn.say(_("Thank you, your number is confirmed: {phone}."), phone=shown_phone(turn.customer.phone))
    else:
        offer_person(turn, _("Received. Shall I pass it to a person?"))
    turn.scene.spoken.insert(place, turn.scene.spoken.pop())
