"""From a posted update to a message on the screen, over real HTTP."""

from sandbox.telegram import Person
from tests.telegram.house import House, said


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
