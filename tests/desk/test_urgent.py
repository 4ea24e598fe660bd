"""What cannot wait: the client's words at once, a person before everything else, and no quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.desk.conftest import Desk, act, due, hours, texts

CALL = "If life is in danger call 112. On call: +39 02 1234."
PASSED = "I'm passing you to a person, who will answer here by 12:20."
MEANWHILE = "Feel free to write meanwhile; you won't have to repeat anything."


async def test_an_urgent_word_is_answered_at_once(desk: Desk) -> None:
    await texts(desk, urgent_en=CALL, urgent_it="Chiami il 112.")
    assert await desk.write("There is a fire in the kitchen") == [CALL, f"{PASSED} {MEANWHILE}"]
    assert await desk.query("select kind, urgent, subject from ticket where urgent") == [
        ("chat", True, "Urgent: There is a fire in the kitchen")
    ]
    assert await desk.query("select holder from conversation") == [("desk",)]


async def test_without_words_of_the_clients_a_person_comes_alone(desk: Desk) -> None:
    assert await desk.write("/urgent") == [f"{PASSED} {MEANWHILE}"]


async def test_the_number_on_call_is_said_where_the_words_do_not(desk: Desk) -> None:
    await texts(desk, urgent_en="Keep calm.")
    await desk.change('update client set rules = \'{"urgent_phone": "+390212345678"}\', version = version + 1')
    assert (await desk.write("/urgent"))[0] == "Keep calm. If it can't wait, please call: +39 02 1234 5678."


async def test_it_makes_a_conversation_of_the_desk_urgent_once(desk: Desk) -> None:
    await texts(desk, urgent_en=CALL)
    await desk.write("/human")
    desk.now += timedelta(minutes=1)
    assert await desk.write("fire!") == [
        CALL,
        "A person has this conversation already and will answer here by 12:20.",
    ]
    assert await desk.write("fire!!") == []
    assert await desk.query("select count(*) from ticket where urgent") == [(1,)]


async def test_it_interrupts_a_dialog_which_goes_on_afterwards(desk: Desk) -> None:
    await texts(desk, urgent_en=CALL)
    await desk.write("/message")
    await desk.write("There is a fire in the kitchen")
    await act(desk, "hand_back")
    assert (await desk.hear())[-1].startswith("What is it about?")


async def test_its_escalation_ignores_quiet_hours(desk: Desk) -> None:
    await hours(desk, 0, 24 * 60)
    desk.now = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)  # eleven at night in Rome
    await desk.write("/urgent")
    desk.now += timedelta(minutes=20)
    assert await due(desk) == ["ticket_due"]
    assert await desk.hear() == ["I'm sorry, nobody has answered yet. A person will answer here by 23:40."]
