"""How a talk goes on: what is read and checked how often, where words lead, and what two processes do to one talk."""

from __future__ import annotations

import asyncio
import json
from datetime import date, timedelta

import pytest

from bot import ability
from bot.ability import command
from bot.dialog import Reader, Turn
from bot.questions.text import text_of
from bot.reading import Ear, Reading
from bot.reading.dates import read_day
from bot.turn import Door
from bot.update import Json, Kind
from tests.door import Desk
from tests.turn.toys import KEPT, M, Number, keep


class Day(Reader[date]):
    """Takes a day, and counts how often it reads and checks."""

    calls: list[str] = []  # noqa: RUF012  shared on purpose

    def read(self, text: str, ear: Ear) -> Reading | None:
        self.calls.append(f"read {text}")
        return read_day(text, ear)

    def check(self, value: Json) -> date:
        self.calls.append(f"check {value}")
        return date.fromisoformat(str(value))


@pytest.fixture(autouse=True)
def days(abilities: None) -> list[str]:
    Day.calls.clear()

    @command("day", M("Day"))
    async def day(turn: Turn) -> None:
        day = await turn.ask("day", M("Which day?"), Day())
        kept = await turn.keep(keep, 1)
        number = await turn.ask("number", M("How many?"), Number())
        again = await turn.ask("day", M("Which day?"), Day())
        assert again == day and kept == 1
        turn.say(M("{number} {day:on}."), number=number, day=day)

    return Day.calls


# --- answers


async def test_an_answer_is_read_when_it_is_given_and_checked_once_a_turn(desk: Desk, days: list[str]) -> None:
    await desk.write("/day")
    await desk.write("tomorrow")
    assert days.count("check 2026-11-24") == 1
    days.clear()
    await desk.write("what")
    assert [call for call in days if not call.endswith("what")] == ["check 2026-11-24"]
    days.clear()
    assert await desk.write("3") == ["3 on Tuesday 24 November."]
    assert [call for call in days if not call.endswith("3")] == ["check 2026-11-24"]


async def test_tomorrow_stays_the_day_that_it_was_said_for(desk: Desk) -> None:
    await desk.write("/day")
    await desk.write("tomorrow")
    [(dialogs,)] = await desk.query("select dialogs from conversation")
    [answer] = json.loads(dialogs)[0]["answers"]
    assert answer == ["day", "tomorrow", "2026-11-24", desk.now.isoformat(), "en", True]
    desk.now += timedelta(days=2)
    desk.restart()
    assert (await desk.write("3"))[-1].startswith("3 on Tuesday 24 November")


async def test_what_may_mean_two_things_is_asked_about(desk: Desk) -> None:
    class Either(Number):
        def read(self, text: str, ear: Ear) -> Reading | None:
            return Reading(3, (0, 5), (15,)) if text == "three" else super().read(text, ear)

    @command("hour", M("Hour"))
    async def hour(turn: Turn) -> None:
        number = await turn.ask("hour", M("At what time?"), Either())
        turn.say(M("At {number}."), number=number)

    await desk.write("/hour")
    assert await desk.write("three") == ["At what time? [3] [15]"]
    assert (await desk.press("15"))[1:] == ["At 15."]


async def test_a_rejected_answer_sets_nothing_aside(desk: Desk) -> None:
    @command("pair", M("Pair"))
    async def pair(turn: Turn) -> None:
        first = await turn.ask("first", M("First?"), Number())
        second = await turn.ask("second", M("Second?"), Number())
        if first >= second:
            turn.again("first", M("{first} is not below {second}."), first=first, second=second)
        turn.say(M("{first} and {second}."), first=first, second=second)

    await desk.write("/pair")
    await desk.write("5")
    assert await desk.write("4") == ["5 is not below 4. First?"]
    assert await desk.write("1") == ["Second?"]
    assert await desk.write("2") == ["1 and 2."]


async def test_only_the_last_words_are_joined_to_the_question(desk: Desk) -> None:
    @command("wordy", M("Wordy"))
    async def wordy(turn: Turn) -> None:
        turn.say(M("One."))
        turn.say(M("Two."))
        await turn.ask("number", M("How many?"), Number())
        turn.say(M("Three."))
        turn.say(M("Four."))

    assert await desk.write("/wordy") == ["One.", "Two. How many?"]
    assert await desk.write("1") == ["Three.", "Four."]


# --- where words lead


async def test_words_are_an_answer_first_and_a_wish_then(desk: Desk) -> None:
    @command("free", M("Free"))
    async def free(turn: Turn) -> None:
        words = await turn.ask("words", M("What about?"), text_of())
        turn.say(M("Noted: {words}"), words=words)

    await desk.write("/pick")
    assert await desk.write("help") == ["We are open.", "Which number? [·] [0] [1] [2] [More]"]
    await desk.write("/free")
    assert (await desk.write("help"))[0] == "Noted: help"


@pytest.mark.parametrize("words", ["a person please", "I want to talk to a human", "vorrei parlare con una persona"])
async def test_the_word_for_a_person_is_no_answer(desk: Desk, words: str) -> None:
    for said in ("/order", "red", "3"):
        await desk.write(said)
    assert await desk.write(words) == ["A person will answer."]
    assert KEPT == [("do", 3)]


@pytest.mark.parametrize(("words", "said"), [("back", "How many?"), ("indietro", "How many?"), ("wstecz", "How many?")])
async def test_back_is_no_answer_in_any_language(desk: Desk, words: str, said: str) -> None:
    for one in ("/order", "red", "3"):
        await desk.write(one)
    assert await desk.write(words) == [said]
    assert KEPT == [("do", 3), ("undo", 3)]


@pytest.mark.parametrize("words", ["never mind", "lascia stare", "rezygnuję", "/leave"])
async def test_leaving_is_no_answer_in_any_language(desk: Desk, words: str) -> None:
    for one in ("/order", "red", "3"):
        await desk.write(one)
    assert (await desk.write(words))[0].startswith("All right, we'll leave that.")
    assert KEPT == [("do", 3), ("undo", 3)]


async def test_leaving_a_digression_goes_on_below_it(desk: Desk) -> None:
    for one in ("/order", "red", "/pick"):
        await desk.write(one)
    assert await desk.write("/leave") == ["All right, we'll leave that.", "How many?"]


async def test_back_with_nothing_said_leaves(desk: Desk) -> None:
    await desk.write("/order")
    assert (await desk.write("back"))[0].startswith("All right, we'll leave that.")
    assert (await desk.write("back"))[0].startswith("There is nothing under way.")


async def test_understood_once_puzzled_starts_anew(desk: Desk) -> None:
    await desk.write("/order")
    for _ in range(2):
        assert (await desk.write("what"))[0].startswith("I didn't quite get that.")
        await desk.write("/hours")


async def test_an_answer_to_a_dialog_that_a_release_took_away_reaches_no_other(desk: Desk) -> None:
    await desk.write("/order")
    await desk.write("red")
    await desk.write("/pick")
    key, message = await desk.find("1")
    ability.DIALOGS.pop("pick")
    assert await desk.send(Kind.PRESS, name=key, text="1", message=message) == [
        "edit: Which number? → 1",
        "How many?",
    ]
    await desk.write("/call")
    ability.DIALOGS.pop("call")
    assert (await desk.write("7"))[-1].endswith("How many?")


# --- two processes


async def test_processes_at_one_talk_lose_nothing(either: Desk) -> None:
    await either.write("/order")
    doors = [Door(either.database, lambda: either.now) for _ in range(8)]
    updates = [either.made(Kind.COMMAND, name="pick") for _ in range(24)]
    await asyncio.gather(*(doors[place % 8].handle(update) for place, update in enumerate(updates)))
    assert await either.query("select puts, dialogs is null from conversation") == [(25, 0)]
    rows = await either.query("select payload from job where kind = 'send'")
    tokens = [json.loads(payload)["keyboard"][1][0][1] for (payload,) in rows[1:]]
    assert len(set(tokens)) == 24
