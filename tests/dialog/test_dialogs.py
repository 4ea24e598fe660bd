"""The rules of a dialog: asking, passing, forgetting, keeping, confirming; each on both databases."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.ability import command, wish
from bot.dialog import Reader, Turn
from bot.questions.choice import Choice, one_of
from bot.questions.text import text_of
from bot.reading import Ear, Reading
from bot.reading.dates import read_day
from bot.update import Json, Kind
from bot.values import Invalid, Msgid, Refusal, effect
from tests.door import NOON, Desk

M = Msgid
RIGHT = "Is everything right? [Yes, that's right] [Change something]"
LOG: list[Any] = []
GUARDED = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def clean_log() -> None:
    LOG.clear()


class Number(Reader[int]):
    """Takes a number in digits; ``most`` is the greatest that is valid now."""

    most = 100

    def read(self, text: str, ear: Ear) -> Reading | None:
        for word in text.split():
            if word.isdigit():
                start = text.index(word)
                return Reading(int(word), (start, start + len(word)))
        return None

    def stands(self, value: Json) -> int:
        return int(value)

    def check(self, value: Json) -> int:
        if value > Number.most:
            raise Invalid(M("{number} is too many."), number=value)
        return int(value)


class Day(Reader[date]):
    """Takes a day."""

    def read(self, text: str, ear: Ear) -> Reading | None:
        return read_day(text, ear)

    def check(self, value: Json) -> date:
        return date.fromisoformat(value)


@pytest.fixture(autouse=True)
def any_number() -> None:
    Number.most = 100


def colours(turn: Turn) -> Any:
    return one_of(turn, lambda: [Choice("r", "Red", "red"), Choice("b", "Blue", "blue")])


def keep_do(write: Any, who: Any, *args: Any) -> Json:
    LOG.append(("do", *args))
    if args and args[0] == 13:
        raise Invalid(M("Not thirteen."))
    write.execute(
        text("insert into numbering (client_id, what, last) values (:c, :w, 1)"),
        {"c": who.client.id, "w": f"kept{len(LOG)}"},
    )
    return {"n": len(LOG), "what": f"kept{len(LOG)}"}


def keep_undo(write: Any, who: Any, result: Json) -> None:
    LOG.append(("undo", result["n"]))
    write.execute(text("delete from numbering where what = :w"), {"w": result["what"]})


keep_it = effect("test_keep", keep_do, keep_undo)
count_it = effect("test_count", keep_do)
guard_it = effect("test_guard", keep_do, keep_undo, lambda result: NOON + GUARDED)


async def kept_rows(desk: Desk) -> int:
    return len(await desk.query("select 1 from numbering where what like 'kept%'"))


def order_ability() -> None:
    @command("order", M("Order"))
    @wish("order_place")
    async def order(turn: Turn) -> None:
        turn.say(M("Welcome to the shop."))
        colour = await turn.ask("colour", M("Which colour?"), colours(turn), label=M("Colour"))
        turn.say(M("A good choice."))
        number = await turn.ask("number", M("How many?"), Number(), label=M("Number"))
        kept = await turn.keep(keep_it, number)
        name = await turn.ask("name", M("What name?"), text_of(), label=M("Name"))
        note = await turn.optional("note", M("What note?"), text_of(), label=M("Note"), button=M("Add a note"))
        await turn.confirm(M("Let me see."), "colour", "number", "name", also=("note",))
        turn.say(
            M("{number} {colour} for {name} ({note}, {kept})."),
            number=number,
            colour=colour,
            name=name,
            note=note or "-",
            kept=kept["n"],
        )


async def test_asks_one_question_a_turn_and_ends(desk: Desk) -> None:
    order_ability()
    assert await desk.write("/order") == ["Welcome to the shop. Which colour? [Red] [Blue]"]
    assert await desk.press("Red") == ["edit: Welcome to the shop. Which colour? → Red", "A good choice. How many?"]
    assert await desk.write("3") == ["What name?"]
    assert await desk.write("Anna") == [f"Let me see. Colour: Red Number: 3 Name: Anna {RIGHT} [Add a note]"]
    assert (await desk.press("Yes, that's right"))[1:] == ["3 red for Anna (-, 1)."]
    assert await kept_rows(desk) == 1
    assert (await desk.query("select dialogs from conversation"))[0][0] is None


async def test_words_before_a_question_put_earlier_are_not_said_again(desk: Desk) -> None:
    order_ability()
    await desk.write("/order")
    assert await desk.write("what do you mean") == [
        "I didn't quite get that. Please put it another way or choose below. Which colour? [Red] [Blue]"
    ]


async def test_leftovers_fill_later_questions_and_are_echoed(desk: Desk) -> None:
    order_ability()
    await desk.write("/order")
    assert await desk.write("red 3") == ["A good choice. 3. What name?"]


async def test_the_words_a_dialog_begins_with_are_offered(desk: Desk) -> None:
    order_ability()
    assert await desk.write("/order blue 5") == [
        "Welcome to the shop.",
        "A good choice. Colour: Blue Number: 5 What name?",
    ]


async def test_free_text_takes_no_leftovers(desk: Desk) -> None:
    order_ability()
    await desk.write("/order")
    assert await desk.write("red 3 Anna") == ["A good choice. 3. What name?"]


async def test_back_forgets_the_last_answer_and_undoes_what_rests_on_it(desk: Desk) -> None:
    order_ability()
    await desk.write("/order")
    await desk.write("red")
    await desk.write("3")
    assert await kept_rows(desk) == 1
    assert await desk.write("back") == ["How many?"]
    assert await kept_rows(desk) == 0 and LOG == [("do", 3), ("undo", 1)]
    assert await desk.write("back") == ["Which colour? [Red] [Blue]"]


async def test_a_change_sets_the_later_answers_aside(desk: Desk) -> None:
    order_ability()
    for words in ("/order", "red", "3", "Anna"):
        await desk.write(words)
    assert (await desk.press("Change something"))[1:] == ["What would you like to change? [Colour] [Number] [Name]"]
    assert (await desk.press("Number"))[1:] == ["How many?"]
    assert LOG == [("do", 3), ("undo", 1)]
    assert await desk.write("4") == [f"Let me see. Colour: Red Number: 4 Name: Anna {RIGHT} [Add a note]"]
    assert LOG[-1] == ("do", 4) and await kept_rows(desk) == 1
    assert (await desk.press("Yes, that's right"))[1:] == ["4 red for Anna (-, 3)."]


async def test_an_optional_question_is_asked_by_its_button(desk: Desk) -> None:
    order_ability()
    for words in ("/order", "red", "3", "Anna"):
        await desk.write(words)
    assert (await desk.press("Add a note"))[1:] == ["What note?"]
    assert await desk.write("ring twice") == [f"Let me see. Colour: Red Number: 3 Name: Anna Note: ring twice {RIGHT}"]
    assert (await desk.write("yes")) == ["3 red for Anna (ring twice, 1)."]


async def test_an_answer_that_fails_its_check_is_asked_again_and_the_text_waits(desk: Desk) -> None:
    order_ability()
    for words in ("/order", "red", "3"):
        await desk.write(words)
    Number.most = 2
    assert await desk.write("Anna") == ["3 is too many. How many?"]
    assert await desk.write("2") == [f"Let me see. Colour: Red Number: 2 Name: Anna {RIGHT} [Add a note]"]


async def test_a_yes_holds_only_for_the_values_that_were_shown(desk: Desk) -> None:
    order_ability()
    for words in ("/order", "red", "3", "Anna"):
        await desk.write(words)
    Number.most = 2
    assert (await desk.press("Yes, that's right"))[1:] == ["3 is too many. How many?"]
    assert (await desk.write("1")) == [f"Let me see. Colour: Red Number: 1 Name: Anna {RIGHT} [Add a note]"]
    assert (await desk.press("Yes, that's right"))[1:] == ["1 red for Anna (-, 3)."]


@pytest.mark.parametrize("late", [timedelta(minutes=9), timedelta(minutes=11), None], ids=["guards", "lapsed", "newer"])
async def test_what_a_kept_effect_guards_is_checked_again_only_when_it_may_have_changed(
    desk: Desk, late: timedelta | None
) -> None:
    @command("seat", M("Seat"))
    async def seat(turn: Turn) -> None:
        number = await turn.ask("number", M("How many?"), Number())
        await turn.keep(guard_it, number)
        name = await turn.ask("name", M("What name?"), text_of())
        turn.say(M("{number} for {name}."), number=number, name=name)

    await desk.write("/seat")
    await desk.write("3")
    Number.most = 2
    if late is not None:
        desk.now += late
    else:
        await desk.database.transact(lambda write: write.execute(text("update client set version = version + 1")))
    stands = late is not None and late < GUARDED
    assert await desk.write("Anna") == ["3 for Anna." if stands else "3 is too many. How many?"]


async def test_a_kept_effect_that_is_invalid_asks_the_last_answer_again(desk: Desk) -> None:
    order_ability()
    await desk.write("/order")
    await desk.write("red")
    assert await desk.write("13") == ["Not thirteen. How many?"]
    assert await kept_rows(desk) == 0
    assert await desk.write("12") == ["What name?"]


async def test_leaving_undoes_and_says_so(desk: Desk) -> None:
    order_ability()
    for words in ("/order", "red", "3"):
        await desk.write(words)
    said = await desk.write("never mind")
    assert said[0].startswith("All right, we'll leave that. Is there anything else I can do?")
    assert await kept_rows(desk) == 0
    assert (await desk.write("Anna"))[0].startswith("I didn't quite get that.")


async def test_a_refusal_says_why_ends_and_undoes(desk: Desk) -> None:
    @command("refuse", M("Refuse"))
    async def refuse(turn: Turn) -> None:
        number = await turn.ask("number", M("How many?"), Number())
        await turn.keep(keep_it, number)
        turn.say(M("Never said."))
        if number > 5:
            raise Refusal(M("Not {number}."), number=number)

    await desk.write("/refuse")
    assert await desk.write("6") == ["Not 6."]
    assert await kept_rows(desk) == 0
    assert (await desk.query("select dialogs from conversation"))[0][0] is None


async def test_again_rejects_an_answer_and_a_counter_is_never_given_back(desk: Desk) -> None:
    @command("guess", M("Guess"))
    async def guess(turn: Turn) -> None:
        number = await turn.ask("number", M("Which number?"), Number())
        await turn.keep(count_it, number)
        if number != 7:
            turn.again("number", M("Not {number}."), number=number)
        turn.say(M("Right."))

    await desk.write("/guess")
    assert await desk.write("1") == ["Not 1. Which number?"]
    assert await desk.write("2") == ["Not 2. Which number?"]
    assert await kept_rows(desk) == 2
    assert await desk.write("7") == ["Right."]
    assert [step[0] for step in LOG] == ["do", "do", "do"]


async def test_a_run_that_asks_leaves_no_writes_behind(desk: Desk) -> None:
    @command("write", M("Write"))
    async def write(turn: Turn) -> None:
        turn.write.execute(
            text("insert into numbering (client_id, what, last) values (:c, 'written', 1)"), {"c": turn.client.id}
        )
        await turn.ask("number", M("How many?"), Number())
        turn.say(M("Done."))

    await desk.write("/write")
    assert await desk.query("select 1 from numbering") == []
    assert await desk.write("1") == ["Done."]
    assert len(await desk.query("select 1 from numbering")) == 1


async def test_known_is_not_asked_until_it_is_forgotten(desk: Desk) -> None:
    @command("known", M("Known"))
    async def known(turn: Turn) -> None:
        name = await turn.ask("name", M("What name?"), text_of(), label=M("Name"), known="Anna")
        await turn.confirm(M("Let me see."), "name")
        turn.say(M("Hello {name}."), name=name)

    assert await desk.write("/known") == [f"Let me see. Name: Anna {RIGHT}"]
    await desk.press("Change something")
    assert (await desk.press("Name"))[1:] == ["What name?"]
    assert await desk.write("Maria") == [f"Let me see. Name: Maria {RIGHT}"]
    assert await desk.write("yes") == ["Hello Maria."]


async def test_a_digression_ends_and_the_question_is_repeated(desk: Desk) -> None:
    order_ability()

    @command("hours", M("Hours"))
    async def hours(turn: Turn) -> None:
        turn.say(M("We are open."))

    await desk.write("/order")
    await desk.write("red")
    assert await desk.write("/hours") == ["We are open.", "How many?"]
    assert await desk.write("2") == ["What name?"]


async def test_the_same_dialog_below_starts_over_and_three_are_the_most(desk: Desk) -> None:
    order_ability()
    for name in ("one", "two", "three"):

        async def ask(turn: Turn, name: str = name) -> None:
            await turn.ask(name, M(f"{name}?"), Number())
            turn.say(M(f"{name} done."))

        command(name, M(name))(ask)
    for words in ("/order", "red", "3"):
        await desk.write(words)
    assert await kept_rows(desk) == 1
    assert await desk.write("/order") == ["Welcome to the shop. Which colour? [Red] [Blue]"]
    assert await kept_rows(desk) == 0
    await desk.write("red 3")
    assert await kept_rows(desk) == 1
    await desk.write("/one")
    await desk.write("/two")
    await desk.write("/three")  # the order below them goes, and what it kept
    assert await kept_rows(desk) == 0
    assert await desk.write("1") == ["three done.", "two?"]
    assert await desk.write("1") == ["two done.", "one?"]
    assert await desk.write("1") == ["one done."]


async def test_a_question_is_found_by_name_across_a_release(desk: Desk) -> None:
    @command("form", M("Form"))
    async def old(turn: Turn) -> None:
        await turn.ask("a", M("A?"), Number())
        await turn.ask("b", M("B?"), Number())
        turn.say(M("Old."))

    await desk.write("/form")
    await desk.write("1")

    @command("form", M("Form"))
    async def new(turn: Turn) -> None:
        z = await turn.ask("z", M("Z?"), Number())
        a = await turn.ask("a", M("A?"), Number())
        b = await turn.ask("b", M("B?"), Number())
        turn.say(M("New {z} {a} {b}."), z=z, a=a, b=b)

    assert await desk.write("2") == ["Z?"]
    assert await desk.write("9") == ["New 9 1 2."]


async def test_a_dialog_that_a_release_took_away_is_left(desk: Desk) -> None:
    from bot import ability

    order_ability()
    await desk.write("/order")
    ability.DIALOGS.pop("order")
    assert (await desk.write("red"))[0].startswith("I didn't quite get that.")


async def test_awaiting_anything_else_is_an_error_that_names_the_line(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    @command("net", M("Net"))
    async def net(turn: Turn) -> None:
        await asyncio.sleep(0)

    said = await desk.write("/net")
    assert said[0].startswith("Sorry, something went wrong on our side.")
    assert "test_dialogs.py" in caplog.text and "can await only turn.ask" in caplog.text


async def test_a_defect_is_recorded_once_with_an_apology_and_a_ticket(desk: Desk) -> None:
    @command("bad", M("Bad"))
    async def bad(turn: Turn) -> None:
        turn.write.execute(
            text("insert into numbering (client_id, what, last) values (:c, 'bad', 1)"), {"c": turn.client.id}
        )
        raise ZeroDivisionError

    said = await desk.write("/bad")
    assert len(said) == 1 and said[0].startswith("Sorry, something went wrong on our side.")
    assert await desk.query("select 1 from numbering where what = 'bad'") == []
    assert await desk.query("select result from updates") == [("defect",)]
    assert len(await desk.query("select 1 from ticket where kind = 'chat'")) == 1


async def test_the_second_time_not_understood_offers_a_person(desk: Desk) -> None:
    await desk.write("/nothing")
    assert await desk.write("xyz") == [
        "Sorry, I still don't follow. Would you rather talk to a person? [Yes, a person please] [No, thank you]"
    ]


async def test_presses_of_the_past(desk: Desk) -> None:
    order_ability()
    await desk.write("/order")
    red, message = await desk.find("Red")
    await desk.press("Red")
    assert await desk.press("Red") == [] and desk.reply is not None and desk.reply.toast == "Already taken."
    await desk.write("3")
    said = await desk.send(Kind.PRESS, name=red, text="Red", message=message)
    assert desk.reply is not None and desk.reply.toast == "That choice is out of date."
    assert said == ["That choice is out of date; we've moved on since. Here is where we were: What name?"]
    for forged in ("", ":", "9:9", "0:99", "=nothing", "٣:١", "0:-1", "x" * 64):
        await desk.send(Kind.PRESS, name=forged, text="x", message="x1")
        assert desk.reply is not None and desk.reply.toast == "That choice is out of date."


async def test_what_a_text_leaves_waits_for_later_questions(desk: Desk) -> None:
    @command("rest", M("Rest"))
    async def rest(turn: Turn) -> None:
        await turn.ask("colour", M("Which colour?"), colours(turn))
        await turn.ask(
            "size", M("Which size?"), one_of(turn, lambda: [Choice("s", "Small", "s"), Choice("l", "Large", "l")])
        )
        await turn.ask("number", M("How many?"), Number())
        await turn.ask("name", M("What name?"), text_of())

    await desk.write("/rest")
    assert await desk.write("red 4") == ["Which size? [Small] [Large]"]
    assert await desk.press("Large") == ["edit: Which size? → Large", "4. What name?"]


async def test_a_flood_that_is_not_understood_is_answered_once(desk: Desk) -> None:
    await desk.write("xyzzy")
    assert (await desk.write("plugh"))[0].startswith("Sorry, I still don't follow.")
    assert await desk.write("abcde") == []
    desk.now += timedelta(minutes=2)
    assert (await desk.write("fghij"))[0].startswith("Sorry, I still don't follow.")


async def test_a_day_said_before_it_is_asked_waits_for_its_question(desk: Desk) -> None:
    @command("early", M("Early"))
    async def early(turn: Turn) -> None:
        await turn.ask("colour", M("Which colour?"), colours(turn))
        await turn.ask("day", M("Which day?"), Day())
        await turn.ask("name", M("What name?"), text_of())

    await desk.write("/early")
    assert await desk.write("tomorrow") == ["All right. First, though: Which colour? [Red] [Blue]"]
    assert (await desk.press("Red"))[1:] == ["Tuesday 24 November. What name?"]
