"""Buttons: live ones, pages, dead ones, pressed twice, of the past, forged; and what they carry."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.ability import command
from bot.dialog import Option, Turn, button
from bot.questions.choice import Choice, one_of
from bot.update import Face, Kind
from tests.door import Desk
from tests.turn.toys import M, Number

STALE = "That choice is out of date."
TAKEN = "Already taken."


async def toast(desk: Desk, key: str, message: str, label: str = "x") -> tuple[str | None, list[str]]:
    """The toast of a press, and what is said to it."""
    said = await desk.send(Kind.PRESS, name=key, text=label, message=message)
    return (desk.reply.toast if desk.reply is not None else None), said


async def state(desk: Desk) -> list[Any]:
    return await desk.query("select dialogs, awaiting, puts, holder from conversation")


# --- live


async def test_the_choice_stays_visible_and_the_buttons_go(either: Desk) -> None:
    await either.write("/order")
    key, message = await either.find("Red")
    await either.send(Kind.PRESS, name=key, text="Red", message=message)
    [(payload,)] = await either.query("select payload from job where kind = 'edit'")
    id = int(message[1:])
    assert json.loads(payload) == {"text": "Which colour?\n→ Red", "keyboard": [], "message": id}
    row = await either.query(f"select text, pressed from message where id = {id}")
    assert row == [("Which colour?\n→ Red", "Red")]


async def test_a_choice_whose_label_is_not_known_takes_the_buttons_all_the_same(desk: Desk) -> None:
    await desk.write("/order")
    key, message = await desk.find("Red")
    assert await desk.send(Kind.PRESS, name=key, text="", message=message) == ["edit: Which colour?", "How many?"]
    await desk.act(Face.CLOCK, "remind")
    await desk.hear()
    key, message = await desk.find("I'm coming")
    assert await toast(desk, key, message, "") == (None, ["edit: A reminder.", "Noted: 12.", "How many?"])
    assert await toast(desk, key, message, "") == (TAKEN, [])


async def test_a_press_on_a_message_that_we_do_not_know_counts(desk: Desk) -> None:
    await desk.write("/order")
    key, _message = await desk.find("Red")
    assert await toast(desk, key, "unheard of", "Red") == (None, ["How many?"])


async def test_back_and_leaving_are_presses_too(desk: Desk) -> None:
    await desk.write("/order")
    await desk.press("Red")
    assert await desk.press("Back") == ["edit: How many? → Back", "Which colour? [Red] [Blue]"]
    said = await desk.press("Never mind")
    assert said[0] == "edit: Which colour? → Never mind" and said[1].startswith("All right, we'll leave that.")
    assert await desk.query("select dialogs from conversation") == [(None,)]


async def test_a_person_can_be_asked_for_under_every_question(desk: Desk) -> None:
    for words in ("/order", "/pick", "/call"):
        await desk.write(words)
        assert (await desk.find("A person"))[0] == "=human"
        await desk.find("Never mind")
    assert (await desk.press("A person"))[-1] == "A person will answer."


# --- pages


async def test_a_page_turns_in_place_under_a_new_token(either: Desk) -> None:
    await either.write("/pick")
    key, message = await either.find("More")
    assert await toast(either, key, message) == (None, ["edit: Which number? [·] [3] [4] [5] [More]"])
    again, same = await either.find("More")
    assert same == message and again != key
    assert await toast(either, again, message) == (None, ["edit: Which number? [·] [6] [7] [8] [More]"])
    assert await either.query("select count(*) from message where \"by\" = 'bot'") == [(1,)]
    assert (await either.press("7")) == ["edit: Which number? → 7", "You took 7."]


async def test_a_stale_press_on_a_turned_page_is_a_toast_only(desk: Desk) -> None:
    await desk.write("/pick")
    keys = []
    for _ in range(3):
        keys.append(await desk.find("More"))
        await desk.press("More")
    before = await state(desk)
    assert await toast(desk, *keys[2]) == (TAKEN, [])
    for key, message in keys[:2]:
        assert await toast(desk, key, message) == (STALE, [])
    assert await state(desk) == before
    assert (await desk.press("9"))[1] == "You took 9."


async def test_a_stale_press_elsewhere_repeats_the_paged_question(desk: Desk) -> None:
    await desk.write("/order")
    red = await desk.find("Red")
    await desk.press("Red")
    await desk.write("/pick")
    await desk.press("More")
    shown, said = await toast(desk, *red)
    assert shown == STALE and said[0].startswith("That choice is out of date; we've moved on since.")


async def test_a_page_of_a_message_that_is_gone_comes_anew(desk: Desk) -> None:
    await desk.write("/pick")
    key, _message = await desk.find("More")
    assert await toast(desk, key, "gone") == (None, ["Which number? [·] [3] [4] [5] [More]"])


async def test_what_a_page_reads_is_kept(desk: Desk) -> None:
    turns = []

    @command("turns", M("Turns"))
    async def turns_it(turn: Turn) -> None:
        from tests.turn.toys import Paged

        turns.append(1)
        await turn.ask("number", M("Page {n}?"), Paged(), n=len(turns))

    await desk.write("/turns")
    await desk.press("More")
    assert await desk.query("select text from message where \"by\" = 'bot'") == [("Page 2?",)]
    assert (await desk.press("3"))[0] == "edit: Page 2? → 3"


# --- dead, twice, past, forged


async def test_a_dead_button_does_nothing(desk: Desk) -> None:
    await desk.write("/pick")
    before = await state(desk)
    assert await desk.press("·") == [] and desk.reply is None
    assert await state(desk) == before
    assert (await desk.press("2"))[1] == "You took 2."


async def test_pressed_twice_is_a_toast(desk: Desk) -> None:
    await desk.write("/order")
    red = await desk.find("Red")
    blue, message = await desk.find("Blue")
    await desk.press("Red")
    before = await state(desk)
    assert await toast(desk, *red, "Red") == (TAKEN, [])
    assert await toast(desk, blue, message, "Blue") == (TAKEN, [])
    assert await state(desk) == before


async def test_the_last_button_pressed_twice_is_a_toast(desk: Desk) -> None:
    await desk.write("/pick")
    key, message = await desk.find("1")
    await desk.press("1")
    assert await toast(desk, key, message, "1") == (TAKEN, [])


async def test_a_button_of_the_past_is_a_toast_and_the_current_question(desk: Desk) -> None:
    await desk.write("/order")
    red = await desk.find("Red")
    await desk.write("blue")
    assert await toast(desk, *red, "Red") == (
        STALE,
        ["That choice is out of date; we've moved on since. Here is where we were: How many?"],
    )
    assert await desk.write("4") == ["What name?"]
    await desk.write("Anna")
    shown, said = await toast(desk, *red, "Red")
    assert (
        shown == STALE and len(said) == 1 and said[0].startswith("That choice is out of date. What can I do for you?")
    )


async def test_a_press_of_the_past_where_the_dialog_can_end_now(desk: Desk) -> None:
    asks = [True]

    @command("maybe", M("Maybe"))
    async def maybe(turn: Turn) -> None:
        if asks:
            await turn.ask("number", M("How many?"), Number())

    await desk.write("/maybe")
    asks.clear()
    shown, said = await toast(desk, "77:0", "x1")
    assert shown == STALE and len(said) == 1


@pytest.mark.parametrize(
    "forged",
    [
        "",
        ":",
        "9:9",
        "0:99",
        "0:-1",
        "٣:١",
        "=",
        "=nothing",
        "=nothing:1",
        "x" * 64,
        "1" * 30 + ":0",
        "0",
        "0:",
    ],
)
async def test_forged_data_changes_nothing(desk: Desk, forged: str) -> None:
    await desk.write("/order")
    [(dialogs, _awaiting, _puts, _holder)] = await state(desk)
    assert (await toast(desk, forged, "x1"))[0] == STALE
    assert (await state(desk))[0][0] == dialogs


async def test_a_button_without_a_key_of_its_own_answers_nothing(desk: Desk) -> None:
    await desk.write("/call")  # somebody forges the places of "Share my number" and "A person"
    [(awaiting,)] = await desk.query("select awaiting from conversation")
    read = json.loads(awaiting)
    before = await state(desk)
    for index, key in enumerate(read["keys"]):
        if key[0] != "move":
            assert await toast(desk, f"{read['token']}:{index}", "x1") == (None, [])
            assert await state(desk) == before
    assert await desk.query("select count(*) from updates where result = 'dead'") == [(2,)]


async def test_a_press_on_a_notice_counts_once(either: Desk) -> None:
    await either.write("/order")
    await either.act(Face.CLOCK, "remind")
    await either.hear()
    key, message = await either.find("I'm coming")
    asked = "Which colour? [Red] [Blue]"
    assert await toast(either, key, message, "I'm coming") == (
        None,
        ["edit: A reminder. → I'm coming", "Noted: 12.", asked],
    )
    either.restart()
    assert await toast(either, key, message, "I'm coming") == (TAKEN, [])


async def test_the_question_of_a_twice_puzzled_customer_still_takes_its_buttons(desk: Desk) -> None:
    await desk.write("/order")
    await desk.write("what")
    said = await desk.write("what")
    assert said == [
        "Sorry, I still don't follow. Would you rather talk to a person? [Yes, a person please] [No, thank you]"
    ]
    assert (await desk.press("Red"))[1] == "How many?"


# --- what buttons carry


async def test_keys_are_short_and_each_its_own(desk: Desk) -> None:
    @command("many", M("Many"))
    async def many(turn: Turn) -> None:
        choices = [Choice(f"{'ż' * 40}{number}", f"{'ż' * 40}{number}", number) for number in range(90)]
        await turn.ask("one", M("Which one?"), one_of(turn, lambda: choices))

    await desk.write("/many")
    await desk.change("update conversation set puts = 1000000000000000")
    await desk.write("what")
    for (payload,) in await desk.query("select payload from job where kind = 'send'"):
        keys = [key for row in json.loads(payload)["keyboard"] for _label, key, _asks in row]
        assert len(keys) == 92 == len(set(keys))
        assert max(len(key.encode()) for key in keys) <= 64
    assert (await desk.press("ż" * 40 + "89"))[0].endswith("89")
    assert await desk.query("select dialogs from conversation") == [(None,)]


def test_a_button_that_carries_too_much_is_refused() -> None:
    assert button(M("Go"), "visit", "ż" * 28) == Option(M("Go"), act="visit:" + "ż" * 28)
    with pytest.raises(ValueError, match="can't carry more than 63 bytes"):
        button(M("Go"), "visit", "ż" * 29)


async def test_tokens_never_come_back(desk: Desk) -> None:
    await desk.write("/order")
    tokens = [(await desk.find("Red"))[0].partition(":")[0]]
    for words in ("what", "/order", "/hours", "/pick", "back"):
        await desk.write(words)
        [(awaiting,)] = await desk.query("select awaiting from conversation")
        tokens.append(str(json.loads(awaiting)["token"]))
    assert len(set(tokens)) == len(tokens)
