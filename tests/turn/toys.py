"""Abilities made for the rules of the road: small dialogs, a desk, acts of every face."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from bot.ability import action, command, wish
from bot.dialog import Option, Options, Reader, Turn
from bot.office.handoff import hand_back, take_over, taken
from bot.questions.choice import Choice, OneOf, one_of, yes_or_no
from bot.questions.phone import phone_of
from bot.questions.text import text_of
from bot.reading import Ear, Reading
from bot.update import Face, Json, Kind, Update
from bot.values import Invalid, Msgid, Refusal, Who, effect

M = Msgid
KEPT: list[Any] = []


class Number(Reader[int]):
    """Takes a number in digits."""

    def read(self, text: str, ear: Ear) -> Reading | None:
        word = next((word for word in text.split() if word.isdecimal() and word.isascii()), None)
        if word is None:
            return None
        start = text.index(word)
        return Reading(int(word), (start, start + len(word)))

    def check(self, value: Json) -> int:
        return int(value)


class Paged(Number):
    """Offers numbers, three a page, over a button that means nothing."""

    def options(self, page: str) -> Options:
        start = int(page or 0)
        numbers = [Option(str(number), number) for number in range(start, start + 3)]
        return [[Option("·", dead=True)], numbers, [Option(M("More"), page=str(start + 3))]]


class Files(Reader[int]):
    """Takes files, and gives how many."""

    def take(self, update: Update) -> Reading | None:
        return Reading(len(update.attachments), (0, 0)) if update.kind is Kind.FILES else None

    def check(self, value: Json) -> int:
        return int(value)


def note(write: Connection, what: str) -> None:
    """Leaves a row, to be found or not."""
    write.execute(text("insert into numbering (client_id, what, last) select id, :what, 1 from client"), {"what": what})


def keep_number(write: Connection, who: Who, number: int) -> Json:
    KEPT.append(("do", number))
    note(write, f"kept {number}")
    return number


def lose_number(write: Connection, who: Who, number: Json) -> None:
    KEPT.append(("undo", number))
    write.execute(text("delete from numbering where what = :what"), {"what": f"kept {number}"})


keep = effect("toy_keep", keep_number, lose_number)


def colour_of(turn: Turn) -> OneOf[str]:
    return one_of(turn, lambda: [Choice("r", M("Red"), "red"), Choice("b", M("Blue"), "blue")])


def enter() -> None:
    """Enters the toys into the registries."""
    KEPT.clear()
    dialogs()
    desk()


def dialogs() -> None:
    @command("order", M("Order"))
    @wish("order_place")
    async def order(turn: Turn) -> None:
        colour = await turn.ask("colour", M("Which colour?"), colour_of(turn), label=M("Colour"))
        number = await turn.ask("number", M("How many?"), Number(), label=M("Number"))
        await turn.keep(keep, number)
        name = await turn.ask("name", M("What name?"), text_of(5000), label=M("Name"))
        turn.say(M("{number} {colour} for {name}."), number=number, colour=colour, name=name)

    @command("pick", M("Pick"))
    async def pick(turn: Turn) -> None:
        number = await turn.ask("number", M("Which number?"), Paged())
        turn.say(M("You took {number}."), number=number)

    @command("call", M("Call me"))
    async def call(turn: Turn) -> None:
        phone = await turn.ask("phone", M("What number?"), phone_of(turn))
        number = await turn.ask("number", M("At what hour?"), Number())
        turn.say(M("We call {phone} at {number}."), phone=phone, number=number)

    @command("photos", M("Photos"))
    async def photos(turn: Turn) -> None:
        count = await turn.ask("photos", M("Please send the photos."), Files())
        turn.say(M("{count} received."), count=count)

    @command("hours", M("Hours"))
    @wish("help")
    async def hours(turn: Turn) -> None:
        turn.say(M("We are open."))

    @command("refuse", M("Refuse"))
    async def refuse(turn: Turn) -> None:
        note(turn.write, "refused")
        raise Refusal(M("Not {when}."), when="today")

    @command("bad", M("Bad"))
    async def bad(turn: Turn) -> None:
        note(turn.write, "bad")
        raise ZeroDivisionError


def desk() -> None:
    @command("human", M("A person"), notice=True)
    async def human(turn: Turn) -> None:
        turn.scene.conversation, _ticket = take_over(turn.write, turn.who, "Wants a person")
        turn.say(M("A person will answer."))

    @action("urgent", notice=True)
    async def urgent(turn: Turn) -> None:
        turn.scene.conversation, _ticket = take_over(turn.write, turn.who, str(turn.given["words"]), urgent=True)
        turn.say(M("Urgent: {words}"), words=turn.given["words"])

    @action("go_on")
    async def go_on(turn: Turn) -> None:
        if not await turn.ask("on", M("Shall we go on?"), yes_or_no(turn)):
            turn.leave_below()
            turn.say(M("Left."))

    @action("visit", notice=True)
    async def visit(turn: Turn) -> None:
        turn.say(M("Noted: {what}."), what=turn.given.get("argument", "nothing"))

    @action("menu")
    async def menu(turn: Turn) -> None:
        turn.say(M("The menu."))

    @action("reply", Face.VA, Face.TEAM)
    async def reply(turn: Turn) -> None:
        turn.scene.conversation = taken(turn.write, turn.conversation, turn.now)
        turn.say(M("{text}"), text=turn.given["text"], speaker="va")
        turn.answer(sent=True)

    @action("give_back", Face.VA)
    async def give_back(turn: Turn) -> None:
        turn.scene.conversation = hand_back(turn.write, turn.conversation, turn.now)
        turn.say(M("The automatic assistant is here again."))
        turn.take_up(ask=bool(turn.given.get("ask")))

    @action("refuse", Face.VA, Face.OPERATOR, Face.TEAM, Face.CLOCK)
    async def refuse(turn: Turn) -> None:
        note(turn.write, "refused")
        if turn.talks:
            turn.say(M("This is not said."))
        if turn.given.get("invalid"):
            raise Invalid(M("Please write it in words."))
        raise Refusal(M("That can't be chosen any more."))

    @action("fail", *(face for face in Face if face is not Face.CUSTOMER))
    async def fail(turn: Turn) -> None:
        note(turn.write, "failed")
        raise ZeroDivisionError("at the very bottom")

    @action("asks", Face.VA)
    async def asks(turn: Turn) -> None:
        await turn.ask("number", M("How many?"), Number())

    @action("remind", Face.CLOCK)
    async def remind(turn: Turn) -> None:
        turn.say(M("A reminder."), buttons=[[Option(M("I'm coming"), act="visit:12")]])
