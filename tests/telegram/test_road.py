"""From a posted update to a message on the screen, over real HTTP."""

import asyncio

import pytest

from sandbox.telegram import Person
from tests.telegram.house import TOKEN, House, said


@pytest.fixture
def house_url(migrated_url: str) -> str:
    """On both databases."""
    return migrated_url


async def test_an_update_is_answered(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.start(" 7"))
        assert said(anna) == ["Hello Anna7"]
        assert await house.rows("select state, external_id from message where \"by\" = 'bot'") == [
            ("sent", str(anna.last.id))
        ]


async def test_the_same_update_twice_and_after_a_restart_is_answered_once(house: House, anna: Person) -> None:
    update = anna.unsent.start()
    async with house.built():
        await house.take(update, update)
        assert said(anna) == ["Hello Anna"]
    async with house.built():
        await house.take(update)
        assert said(anna) == []


async def test_a_hundred_updates_of_one_at_once_are_answered_and_another_is_too(house: House, anna: Person) -> None:
    ewa = house.telegram.person(TOKEN, "Ewa")
    async with house.built():
        updates = [anna.unsent.command("say", str(number)) for number in range(100)]
        statuses = await asyncio.gather(*(house.post(update) for update in [*updates, ewa.unsent.start()]))
        assert set(statuses) == {200}
        await house.app.settle()
        assert sorted(map(int, said(anna))) == list(range(100))
        assert said(ewa) == ["Hello Ewa"]


async def test_updates_out_of_order_are_handled_as_they_come_each_once(house: House, anna: Person) -> None:
    one, two, three = (anna.unsent.command("say", word) for word in ("one", "two", "three"))
    async with house.built():
        await house.take(three, one, two, one, three)
        assert said(anna) == ["three", "one", "two"]


async def test_a_defect_is_an_apology_and_never_comes_again(house: House, anna: Person) -> None:
    async with house.built():
        update = anna.unsent.command("break")
        await house.take(update, update)
        (line,) = said(anna)
        assert line.startswith("Sorry, something went wrong on our side.")
        assert len(await house.rows("select id from ticket")) == 1


async def test_an_edited_message_is_kept_as_it_now_reads(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.command("say", "Tuesday"))
        mine = next(message for message in anna.messages if message.by == "person")
        await house.take(anna.unsent.edit(mine, "Wednesday"))
        assert await house.rows("select text from message where \"by\" = 'customer'") == [("Wednesday",)]
        assert said(anna) == ["Tuesday"]


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_a_group_hears_one_polite_line(house: House, anna: Person, kind: str) -> None:
    group = house.telegram.group(TOKEN, kind=kind)
    quiet = group.unsent
    async with house.built():
        await house.take(quiet.add_bot(anna), quiet.post("news") if kind == "channel" else quiet.write(anna, "/book"))
        await house.take(quiet.post("more") if kind == "channel" else quiet.write(anna, "hello?"))
        sent = [event.message.text for event in group.chat.events if event.by == "bot" and event.message]
        assert sent == ["I can help you in a private chat only: please write to me there."]
        await house.take(quiet.remove_bot(anna))
        assert await house.rows("select id from customer") == []
