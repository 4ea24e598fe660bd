"""Every press is answered: a live one, an old one, a forged one, one in a group, the same one twice."""

import pytest

from sandbox.telegram import Person
from tests.telegram.house import TOKEN, House, said


async def test_a_live_press_is_answered_in_silence(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.command("pick"))
        press = anna.unsent.press(anna.last, "One")
        await house.take(press)
        assert (await press.answer()).text == ""


async def test_the_same_press_delivered_twice_counts_once(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.command("pick"))
        press = anna.unsent.press(anna.last, "One")
        await house.take(press, press)
        assert said(anna)[1:] == ["toast:", "edit: Which one?\n→ One", "You took 1."]


async def test_a_second_press_of_the_same_button_is_told_so(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.command("pick"))
        first, second = (anna.unsent.press(anna.last, label) for label in ("One", "Two"))
        await house.take(first, second)
        assert (await second.answer()).text == "Already taken."
        assert said(anna)[-1] == "You took 1."


@pytest.mark.parametrize("data", ["7:1", "=gone", "", "x" * 64, "=picked", "żółw", "\0", "=human:\ud800"])
async def test_a_foreign_press_is_answered(house: House, anna: Person, data: str) -> None:
    async with house.built():
        await house.take(anna.unsent.start())
        press = anna.unsent.press_raw(data, 999_999)
        await house.take(press)
        assert await press.answer() is not None


async def test_a_press_in_a_group_is_answered_in_silence(house: House, anna: Person) -> None:
    group = house.telegram.group(TOKEN)
    async with house.built():
        press = anna.unsent.press_raw("=picked:1", 5)
        press.update["callback_query"]["message"]["chat"] = group.chat.json
        await house.take(press)
        assert (await press.answer()).text == ""
        assert await house.rows("select id from updates") == []


async def test_an_answer_that_comes_too_late_is_no_trouble(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.command("pick"))
        press = anna.unsent.press(anna.last, "One")
        house.telegram.fail("answerCallbackQuery", code=400)
        await house.take(press)
        assert said(anna)[-1] == "You took 1."
