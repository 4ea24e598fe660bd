"""Urgent words come first; then who holds the talk: the desk's silence, its takeovers, and what goes on after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.ability import action, command
from bot.dialog import Turn, button
from bot.update import Attachment, Face, Kind
from tests.door import Desk
from tests.turn.toys import KEPT, M, Number

ON_IT = "The automatic assistant is here again."


async def holder(desk: Desk) -> tuple[str, int]:
    [(who, epoch)] = await desk.query(f"select holder, epoch from conversation where id = {await desk.talk()}")
    return who, epoch


# --- urgent words


@pytest.mark.parametrize("words", ["there is a fire", "C'è un INCENDIO!", "/order fire"])
@pytest.mark.parametrize("language", ["en", "it", "pl"])
async def test_urgent_words_come_first_in_any_language(desk: Desk, words: str, language: str) -> None:
    customer = desk.another("2", language)
    [said] = await customer.write(words)
    assert said.startswith("Urgent: ")
    assert await holder(customer) == ("desk", 1)
    assert await desk.query("select urgent from ticket") == [(1,)]


async def test_urgent_words_come_before_the_waiting_question(desk: Desk) -> None:
    for words in ("/order", "red", "3"):
        await desk.write(words)
    assert await desk.write("fire") == ["Urgent: fire"]  # not the name it is to be put under
    assert await desk.query("select result from updates order by id desc limit 1") == [("urgent",)]


async def test_urgent_words_come_first_while_the_desk_holds(desk: Desk) -> None:
    await desk.write("/human")
    assert await desk.write("fire") == ["Urgent: fire"]
    assert await holder(desk) == ("desk", 1)
    assert await desk.query("select count(*), min(urgent) from ticket") == [(1, 1)]


async def test_urgent_words_under_a_photo_count(desk: Desk) -> None:
    assert await desk.send(Kind.FILES, text="fire", attachments=(Attachment("photo"),)) == ["Urgent: fire"]


@pytest.mark.parametrize("words", ["it is not a fire", "a fireplace"])
async def test_what_is_not_urgent_is_not(desk: Desk, words: str) -> None:
    await desk.write(words)
    assert await holder(desk) == ("bot", 0)


async def test_a_button_that_reads_like_urgency_is_a_button(desk: Desk) -> None:
    @command("room", M("Room"))
    async def room(turn: Turn) -> None:
        turn.say(M("Which room?"), buttons=[[button(M("With a fire"), "visit", "3")]])

    await desk.write("/room")
    assert (await desk.press("With a fire"))[1] == "Noted: 3."


# --- while the desk holds


async def test_while_the_desk_holds_words_and_commands_are_silent(desk: Desk) -> None:
    await desk.write("/order")
    await desk.write("/human")
    for words in ("red", "hello", "/hours", "/order", "back", "never mind", "help"):
        assert await desk.write(words) == []
    for kind, data in ((Kind.LOCATION, {"latitude": 1.5}), (Kind.CONTACT, {"phone": "+39", "own": False})):
        assert await desk.send(kind, data=data) == []
    assert await desk.send(Kind.OTHER, name="sticker") == []
    assert await desk.send(Kind.FILES, attachments=(Attachment("photo"),)) == []
    rows = await desk.query("select result from updates where id > 2 order by at")
    assert {result for (result,) in rows} == {"to the desk"}
    kept = await desk.query("select count(*) from message where \"by\" = 'customer'")
    assert kept == [(13,)]
    assert await holder(desk) == ("desk", 1)


async def test_while_the_desk_holds_buttons_say_so_and_notices_answer(desk: Desk) -> None:
    await desk.write("/order")
    red, question = await desk.find("Red")
    await desk.write("/human")
    for key in (red, "=hours", "=menu"):
        assert await desk.send(Kind.PRESS, name=key, text="Red", message=question) == []
        assert desk.reply is not None and desk.reply.toast == "A person is answering here now."
    assert await desk.send(Kind.PRESS, name="=gone", text="x", message=question) == []
    assert desk.reply is not None and desk.reply.toast == "That choice is out of date."
    await desk.act(Face.CLOCK, "remind")
    assert await desk.hear() == ["A reminder. [I'm coming]"]
    assert await desk.press("I'm coming") == ["edit: A reminder. → I'm coming", "Noted: 12."]
    assert await desk.press("I'm coming") == []
    assert desk.reply is not None and desk.reply.toast == "Already taken."
    assert await holder(desk) == ("desk", 1)


async def test_after_a_notice_the_desk_still_has_the_dialogs_below(desk: Desk) -> None:
    await desk.write("/order")
    await desk.write("red")
    await desk.write("/human")
    await desk.act(Face.CLOCK, "remind")
    await desk.press("I'm coming")
    await desk.hear()
    await desk.act(Face.VA, "give_back")
    assert await desk.hear() == [ON_IT, "How many?"]


# --- taking over


async def test_a_takeover_drops_what_the_bot_has_not_said_yet(either: Desk) -> None:
    await either.write("/order")
    [(before,)] = await either.query("select count(*) from job where state = 'due' and lane is not null")
    await either.act(Face.VA, "reply", text="Good morning")
    assert before == 1
    waiting = await either.query("select kind, payload from job where state = 'due' and lane is not null")
    assert [kind for kind, _payload in waiting] == ["send"] and "Good morning" in waiting[0][1]
    states = await either.query('select "by", state, epoch from message where "by" <> \'customer\' order by id')
    assert states == [("bot", "dropped", 0), ("va", "waiting", 1)]


async def test_a_takeover_drops_files_of_the_bot_too(desk: Desk) -> None:
    @command("paper", M("Paper"))
    async def paper(turn: Turn) -> None:
        turn.say(M("Here it is."), attach=Attachment("document", name="a.ics", content="x"))

    assert await desk.write("/paper") == ["Here it is.", "file a.ics"]
    await desk.write("/human")
    states = await desk.query("select kind, state from job where lane is not null order by id")
    assert states == [("send", "dropped"), ("file", "dropped"), ("send", "due")]


async def test_a_takeover_keeps_what_a_person_has_not_said_yet(desk: Desk) -> None:
    await desk.write("/hours")
    await desk.act(Face.VA, "reply", text="Good morning")
    await desk.act(Face.VA, "give_back")
    await desk.write("/human")
    states = await desk.query('select "by", state, epoch from message where "by" <> \'customer\' order by id')
    assert states == [("bot", "dropped", 0), ("va", "waiting", 1), ("bot", "dropped", 1), ("bot", "waiting", 2)]
    due = await desk.query("select payload from job where state = 'due' and lane is not null order by id")
    assert ["Good morning" in payload for (payload,) in due] == [True, False]


async def test_a_takeover_leaves_what_is_for_later_and_what_is_in_flight(desk: Desk) -> None:
    await desk.write("/hours")
    await desk.change("update job set state = 'busy' where kind = 'send'")
    await desk.change(
        "insert into job (client_id, conversation_id, kind, due_at, attempts, state, payload)"
        " select client_id, id, 'act', 0, 0, 'due', '{}' from conversation"
    )
    await desk.write("/human")
    states = await desk.query("select kind, state from job where kind <> 'act' or subject is null order by id")
    assert states == [("send", "busy"), ("act", "due"), ("send", "due")]


async def test_every_takeover_counts_and_a_second_one_changes_nothing(desk: Desk) -> None:
    await desk.write("/human")
    assert await holder(desk) == ("desk", 1)
    tickets = await desk.query("select id, due_at from ticket")
    await desk.send(Kind.PRESS, name="=human", text="A person", message="x99")
    await desk.act(Face.VA, "reply", text="Good morning")
    assert await holder(desk) == ("desk", 1)
    assert await desk.query("select id, due_at from ticket") == tickets
    due = await desk.query("select payload from job where state = 'due' and kind = 'send'")
    assert len(due) == 3  # nothing was dropped again
    await desk.act(Face.VA, "give_back")
    await desk.write("/human")
    assert await holder(desk) == ("desk", 2)
    epochs = await desk.query('select "by", epoch from message where "by" <> \'customer\' order by id')
    assert epochs == [("bot", 1), ("bot", 1), ("va", 1), ("bot", 1), ("bot", 2)]


@pytest.mark.parametrize("by", [Face.CUSTOMER, Face.VA])
async def test_the_contact_keyboard_goes_with_the_words_of_the_takeover(desk: Desk, by: Face) -> None:
    await desk.write("/call")
    if by is Face.CUSTOMER:
        await desk.handle(desk.made(Kind.COMMAND, name="human"))
    else:
        await desk.act(Face.VA, "reply", text="Good morning")
    [(_kind, payload)] = await desk.sent()
    assert payload["clear"] is True
    await desk.act(Face.VA, "reply", text="Good morning")
    [(_kind, payload)] = await desk.sent()
    assert "clear" not in payload


async def test_a_handler_that_ends_with_the_desk_holding_stops_the_stack(desk: Desk) -> None:
    await desk.write("/order")
    await desk.write("/pick")
    assert await desk.write("/human") == ["A person will answer."]
    [(dialogs, awaiting)] = await desk.query("select dialogs, awaiting from conversation")
    assert "order" in dialogs and "pick" in dialogs and awaiting is None


# --- handing back


async def test_handing_back_goes_on_with_the_top_dialog(either: Desk) -> None:
    for words in ("/order", "red", "3", "/pick", "/human"):
        await either.write(words)
    await either.act(Face.VA, "give_back")
    assert await either.hear() == [ON_IT, "Which number? [·] [0] [1] [2] [More]"]
    assert await holder(either) == ("bot", 1)
    assert await either.press("1") == ["edit: Which number? → 1", "You took 1.", "What name?"]
    assert await either.write("Anna") == ["3 red for Anna."]
    assert KEPT == [("do", 3)]


async def test_handing_back_with_nothing_under_way_asks_nothing(desk: Desk) -> None:
    await desk.write("/human")
    await desk.act(Face.VA, "give_back")
    assert await desk.hear() == [ON_IT]
    assert await desk.query("select awaiting, dialogs from conversation") == [(None, None)]
    assert await desk.write("/hours") == ["We are open."]


async def test_after_long_it_is_asked_whether_to_go_on(desk: Desk) -> None:
    for words in ("/order", "red", "/human"):
        await desk.write(words)
    desk.now += timedelta(hours=13)
    await desk.act(Face.VA, "give_back", ask=True)
    assert await desk.hear() == [ON_IT, "Shall we go on? [Yes] [No]"]
    assert (await desk.press("Yes"))[1:] == ["How many?"]
    assert await desk.write("2") == ["What name?"]


async def test_whoever_does_not_want_to_go_on_leaves_what_was_under_way(desk: Desk) -> None:
    for words in ("/order", "red", "3", "/human"):
        await desk.write(words)
    await desk.act(Face.VA, "give_back", ask=True)
    await desk.hear()
    assert (await desk.press("No"))[1:] == ["Left."]
    assert KEPT == [("do", 3), ("undo", 3)]
    assert await desk.query("select dialogs from conversation") == [(None,)]


async def test_an_act_that_leaves_the_talk_with_the_desk_takes_nothing_up(desk: Desk) -> None:
    @action("stay", Face.VA)
    async def stay(turn: Turn) -> None:
        turn.take_up()

    await desk.write("/order")
    await desk.write("/human")
    await desk.act(Face.VA, "stay")
    assert await desk.hear() == []


async def test_an_act_that_fails_in_the_dialog_that_goes_on_hands_nothing_back(desk: Desk) -> None:
    @command("once", M("Once"))
    async def once(turn: Turn) -> None:
        if turn.update.face is Face.VA:
            raise ZeroDivisionError
        await turn.ask("number", M("How many?"), Number())

    await desk.write("/once")
    await desk.write("/human")
    reply = await desk.act(Face.VA, "give_back")
    assert reply is not None and reply.error.startswith("This could not be done.")
    assert await holder(desk) == ("desk", 1) and await desk.hear() == []
