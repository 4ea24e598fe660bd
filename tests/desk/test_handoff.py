"""The desk takes a conversation, answers in it, keeps or misses its promise, and hands it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.desk.conftest import Desk, act, due, hours

BACK = "The automatic assistant is here again; you can ask for a person at any time."
LATE = "I'm sorry, nobody has answered yet. A person will answer here"


async def the_ticket(desk: Desk) -> tuple[object, ...]:
    rows = await desk.query("select number, kind, state, due_at is not null, warned_at is not null from ticket")
    return rows[-1]


async def test_a_reply_takes_the_conversation_and_its_first_message_is_signed(desk: Desk) -> None:
    await desk.write("/start")
    await desk.write("/human")
    reply = await act(desk, "reply", ticket=1001, text="Hello <Anna>", by="Giulia")
    assert reply.data == {"ticket": 1001}
    assert await desk.hear() == ["Giulia, Shop: Hello <Anna>"]
    await act(desk, "reply", ticket=1001, text="Until Friday.", by="Giulia")
    await act(desk, "reply", ticket=1001, text="Here is Piotr too.", by="Piotr")
    assert await desk.hear() == ["Until Friday.", "Piotr, Shop: Here is Piotr too."]
    assert await the_ticket(desk) == (1001, "chat", "open", False, False)
    assert {by for (by,) in await desk.query("select \"by\" from message where state <> ''")} == {"bot", "va"}


async def test_a_reply_while_the_bot_holds_takes_over(desk: Desk) -> None:
    await desk.write("/human")
    await act(desk, "hand_back")
    await desk.hear()
    reply = await act(desk, "reply", ticket=1001, text="One more thing.", by="Giulia")
    assert reply.data == {"ticket": 1002}
    assert await desk.hear() == ["Giulia, Shop: One more thing."]
    assert await desk.query("select holder, epoch from conversation") == [("desk", 2)]


async def test_a_reply_that_cannot_be_is_an_error_for_the_desk_alone(desk: Desk) -> None:
    await desk.write("/human")
    for data, error in (
        ({"ticket": 1001, "text": " ", "by": "Giulia"}, "There is nothing to say."),
        ({"ticket": 1001, "text": "Hello", "by": ""}, "Who says it? The customer sees the name."),
        ({"ticket": 1009, "text": "Hello", "by": "Giulia"}, "Ticket 1009 is not about this conversation."),
    ):
        reply = await act(desk, "reply", of_client=False, **data)
        assert reply.error == error
    assert await desk.hear() == []


async def test_what_the_customer_writes_to_the_desk_is_due_again(desk: Desk) -> None:
    await desk.write("/human")
    await act(desk, "reply", ticket=1001, text="Hello", by="Giulia")
    desk.now += timedelta(minutes=10)
    await desk.hear()
    assert await desk.write("and another thing") == []
    assert await the_ticket(desk) == (1001, "chat", "open", True, False)


async def test_handing_back_goes_on_where_the_dialog_stopped(desk: Desk) -> None:
    await desk.write("/language")
    await desk.write("/human")
    await act(desk, "hand_back")
    assert await desk.hear() == [BACK, "Which language do you prefer? [English] [Italiano] [Polski]"]
    assert await the_ticket(desk) == (1001, "chat", "done", True, False)
    assert (await desk.write("polski"))[-1] == "Dobrze, dalej rozmawiamy po polsku."


async def test_after_a_night_it_is_asked_first(desk: Desk) -> None:
    await desk.write("/language")
    await desk.write("/human")
    desk.now += timedelta(hours=13)
    await act(desk, "hand_back")
    assert (await desk.hear())[-1] == (
        "Something was under way: Language. Shall we go on? [Yes, let's go on] [No, thank you]"
    )
    assert (await desk.write("yes please"))[-1] == "Which language do you prefer? [English] [Italiano] [Polski]"


async def test_after_a_night_no_leaves_it(desk: Desk) -> None:
    await desk.write("/language")
    await desk.write("/human")
    desk.now += timedelta(hours=13)
    await act(desk, "hand_back")
    await desk.hear()
    assert (await desk.press("No, thank you"))[-1].startswith(
        "All right, we'll leave that. Is there anything else I can do?"
    )
    assert (await desk.query("select dialogs from conversation"))[0][0] is None


async def test_handing_back_what_the_bot_has_is_an_error(desk: Desk) -> None:
    await desk.write("/start")
    reply = await act(desk, "hand_back")
    assert reply.error == "The bot has this conversation already."


async def test_a_promise_that_slips_is_said_with_a_new_one_and_then_without(desk: Desk) -> None:
    await desk.write("/human")
    assert await due(desk) == []
    desk.now += timedelta(minutes=20)
    assert await due(desk) == ["ticket_due"]
    assert await desk.hear() == [f"{LATE} by 12:40."]
    desk.now += timedelta(minutes=20)
    assert await due(desk) == ["ticket_due", "alert"]
    assert await desk.hear() == [f"{LATE} as soon as possible."]
    desk.now += timedelta(hours=2)
    assert await due(desk) == ["alert"]  # nobody of the client's can be reached: the desk is to call
    assert await desk.hear() == []


async def test_an_answer_in_time_calls_the_escalation_off(desk: Desk) -> None:
    await desk.write("/human")
    await act(desk, "reply", ticket=1001, text="Hello", by="Giulia")
    await desk.hear()
    desk.now += timedelta(hours=1)
    assert await due(desk) == []
    assert await desk.hear() == []


async def test_nothing_slips_in_quiet_hours(desk: Desk) -> None:
    await hours(desk, 540, 23 * 60)
    desk.now = datetime(2026, 11, 23, 19, 50, tzinfo=UTC)  # ten to nine in Rome; quiet from nine to eight
    await desk.write("/human")
    desk.now += timedelta(minutes=20)
    assert await due(desk) == ["ticket_due"]
    assert (
        await desk.hear()
        == [
            "I'm passing you to a person, who will answer here by 21:10. "
            "Feel free to write meanwhile; you won't have to repeat anything."
        ][1:]
    )
    desk.now = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    assert await due(desk) == ["ticket_due"]
    assert await desk.hear() == [f"{LATE} by 9:20."]
