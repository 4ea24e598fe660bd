"""What is sent and no words: a contact, a place, files, a sticker."""

from __future__ import annotations

from typing import Final

from bot.dialog import Heard, Turn
from bot.i18n import _
from bot.office import customers
from bot.questions.menu import offer_person
from bot.questions.message import more_of
from bot.questions.phone import own_number, shown_phone
from bot.routing.presses import say_first
from bot.routing.stack import Stack
from bot.update import Kind, Update

FOREIGN_CONTACT: Final = _("That is somebody else's contact. Please share your own, or write the number.")


def sent(stack: Stack) -> str:
    """A contact, a place, files: the waiting question takes it, or it is kept and a person offered."""
    turn, album = stack.turn, stack.turn.update.data.get("media_group_id")
    awaiting = turn.conversation.awaiting or {}
    if album and album == awaiting.get("album"):
        return more_of_album(stack, album)
    result = taken_or_kept(stack)
    if album:
        turn.change(awaiting={**(turn.conversation.awaiting or {}), "album": album})
    return result


def more_of_album(stack: Stack, album: str) -> str:
    """Another picture of an album: its first was answered for all of them, and its answer holds them all."""
    update = stack.turn.update
    for frame in stack.frames:
        for answer in frame.answers:
            if isinstance(answer.value, dict) and answer.value.get("album") == album:
                answer.value = more_of(answer.value, update)
                if frame is stack.frames[-1] and frame.asking == "confirm":
                    stack.go_on(Heard())
    return "album"


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


def received(turn: Turn, update: Update, place: int) -> None:
    """Says that something was received, before the question that still waits."""
    if update.kind is Kind.CONTACT:
        turn.say(_("Thank you, your number is confirmed: {phone}."), phone=shown_phone(turn.customer.phone))
    else:
        offer_person(turn, _("Received. Shall I pass it to a person?"))
    turn.scene.spoken.insert(place, turn.scene.spoken.pop())


def recognise(turn: Turn) -> None:
    """Her own contact, whenever and for whatever she shares it, proves who she is."""
    phone = own_number(turn.update)
    if phone:
        turn.customer = customers.verify(turn.write, turn.customer, "contact", turn.now, phone)
        turn.settle(keep=True)
