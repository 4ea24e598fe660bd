"""What is wished for in words: in doubt two buttons; and an album that answers one question."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

from bot.ability import action, command, wish
from bot.dialog import Turn
from bot.handlers.customer.which_wish import which_wish
from bot.questions.message import ContentReader
from bot.questions.text import name_of
from bot.reading import Ear
from bot.reading.phrases import sayings
from bot.reading.wishes import Wish, understand
from bot.routing.wishes import SURE
from bot.update import Attachment, Kind
from bot.values import Msgid
from tests.door import Desk

M = Msgid


def abilities() -> None:
    """Two that words may mean."""
    action("which_wish")(which_wish)

    @command("visit", M("Book an appointment"))
    @wish("book")
    async def book(turn: Turn) -> None:
        name = await turn.ask("name", M("What name?"), name_of())
        turn.say(M("Booked for {name}."), name=name)

    @command("visits", M("My appointments"))
    @wish("list")
    async def appointments(turn: Turn) -> None:
        turn.say(M("There are none."))


def in_doubt(desk: Desk) -> tuple[str, Wish]:
    """Words of which the reader can't tell which of the two they mean."""
    ear = Ear("en", desk.now, UTC)
    known = list(sayings("en"))
    one, other = ([text for text, intent in known if intent == wanted][:30] for wanted in ("book", "list"))
    for text in map(" ".join, product(one, other)):
        found = understand(text, ear)
        if found is not None and found.doubtful and {found.intent, found.alternatives[0]} == {"book", "list"}:
            return text, found
    raise AssertionError("nothing that says both is doubtful")


async def test_in_doubt_two_buttons_and_the_chosen_one_begins(desk: Desk) -> None:
    abilities()
    text, _found = in_doubt(desk)
    said = await desk.write(text)
    assert said[0].startswith("Which of these do you mean? [") and said[0].count("[") == 2
    assert await desk.query("select result from updates") == [("which wish",)]
    assert (await desk.press("My appointments"))[1:] == ["There are none."]
    await desk.write(text)
    assert (await desk.press("Book an appointment"))[1:] == ["What name?"]
    # The question which it was is never come back to.
    await desk.write(text)
    assert await desk.write("/visits") == ["There are none.", "What name?"]
    assert await desk.write("Anna") == ["Booked for Anna."]


async def test_a_name_is_a_name_whatever_it_looks_like(desk: Desk) -> None:
    abilities()

    @command("prices", M("Prices"))
    @wish("price")
    async def prices(turn: Turn) -> None:
        turn.say(M("Cheap."))

    assert await desk.write("/visit") == ["What name?"]
    assert await desk.write("what are your prices") == ["Cheap.", "What name?"]
    assert understood("Zelda Prices-Costs") == "price"
    assert await desk.write("Zelda Prices-Costs") == ["Booked for Zelda Prices-Costs."]


def understood(text: str) -> str:
    """The wish that a sentence of its own would be taken for, surely enough to begin another dialog."""
    found = understand(text, Ear("en", datetime.now(UTC), UTC))
    assert found is not None and found.confidence >= SURE
    return found.intent


async def test_words_without_a_wish_start_nothing(desk: Desk) -> None:
    abilities()
    assert (await desk.write("the weather is lovely in Lisbon"))[0].startswith("I didn't quite get that.")
    assert (await desk.write("yes"))[0].startswith("What can I do for you?")
    assert await desk.write("no") == ["All right."]
    assert (await desk.query("select dialogs from conversation"))[0][0] is None


async def test_an_answer_of_an_album_holds_all_its_pictures(desk: Desk) -> None:
    @command("pictures", M("Pictures"))
    async def pictures(turn: Turn) -> None:
        about = await turn.ask("about", M("What is it about?"), ContentReader(100), label=M("Message"))
        name = await turn.ask("name", M("What name?"), name_of(), label=M("Name"))
        await turn.confirm(M("Let me see."), "about", "name")
        turn.say(M("{about} {name}"), about=str(about), name=name)

    await desk.write("/pictures")
    photo = Attachment(kind="photo", name="p.jpg", mime="image/jpeg", size=10, remote="r")
    heard = [
        await desk.send(Kind.FILES, attachments=(photo,), text=caption, data={"media_group_id": "a1"})
        for caption in ("", "the door", "")
    ]
    assert heard == [["What name?"], [], []]
    said = await desk.write("Ann Smith")
    assert said[0].startswith("Let me see. Message: photo, photo, photo and the door Name: Ann Smith")
