"""What goes wrong is answered by face: never a silent customer, never an endless redelivery."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from bot.ability import action, command
from bot.dialog import Turn
from bot.i18n import plain
from bot.turn import Defect
from bot.update import Face, InConversation, Kind, OfClient, Thread
from bot.values import Msgid, Refusal, effect
from tests.door import NOON, Desk
from tests.turn.toys import KEPT, M, Number

SORRY = "Sorry, something went wrong on our side. A person will answer here by 12:20."
NOT_DONE = "This could not be done. Please try again, or tell whoever looks after the system."
LOOKS = "Sorry, something went wrong on our side. A person will look at your message."


def spoken(english: str, language: str) -> str:
    """What a message of ours reads in another language."""
    return plain(Msgid(english), {"by": NOON + timedelta(minutes=20)}, language, ZoneInfo("Europe/Rome"), NOON)


# --- a customer


async def test_an_apology_promises_leaves_the_dialogs_and_opens_a_ticket(either: Desk) -> None:
    for words in ("/order", "red", "3"):
        await either.write(words)
    assert KEPT == [("do", 3)]
    assert await either.write("/bad") == [SORRY]
    assert await either.query("select dialogs, awaiting from conversation") == [(None, None)]
    assert KEPT == [("do", 3), ("undo", 3)]
    assert await either.query("select what from numbering where what like 'kept%' or what = 'bad'") == []
    tickets = await either.query("select kind, state, subject, conversation_id from ticket")
    assert tickets == [("chat", "open", "Could not handle a message (command)", await either.talk())]
    texts = await either.query('select "by", text from message order by id')
    assert texts[-2:] == [("customer", "/bad"), ("bot", SORRY)]
    assert await either.write("/hours") == ["We are open."]


async def test_where_nobody_is_at_the_desk_for_long_no_time_is_promised(desk: Desk) -> None:
    await desk.change("delete from coverage")
    await desk.change("update client set version = version + 1")
    assert await desk.write("/bad") == [LOOKS]


async def test_the_apology_is_in_the_language_of_the_customer(desk: Desk) -> None:
    english = "Sorry, something went wrong on our side. A person will answer here {by:by}."
    said = await desk.another("2", "it").write("/bad")
    assert said == [spoken(english, "it")] and "entro le 12:20" in said[0]


async def test_a_failing_first_message_makes_a_customer_all_the_same(desk: Desk) -> None:
    assert await desk.write("/bad") == [SORRY]
    assert await desk.query("select count(*) from customer") == [(1,)]
    assert await desk.write("/bad") == [SORRY]
    assert await desk.query("select count(*) from ticket") == [(1,)]


async def test_an_undoing_that_fails_too_does_not_stop_the_apology(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def do(write: Connection, who: Any) -> None:
        return None

    def undo(write: Connection, who: Any, result: Any) -> None:
        write.execute(text("insert into numbering (client_id, what, last) select id, 'undone', 1 from client"))
        raise RuntimeError("cannot")

    hold = effect("toy_fragile", do, undo)

    @command("fragile", M("Fragile"))
    async def fragile(turn: Turn) -> None:
        await turn.keep(hold)
        await turn.ask("number", M("How many?"), Number())

    await desk.write("/fragile")
    assert await desk.write("/bad") == [SORRY]
    assert await desk.query("select what from numbering where what = 'undone'") == []
    assert await desk.query("select dialogs from conversation") == [(None,)]
    assert "stays" in caplog.text


async def test_where_even_the_apology_fails_there_is_a_plain_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_rule(*_: object, **__: object) -> None:
        raise ZeroDivisionError("in the promise")

    monkeypatch.setattr("bot.office.tickets.answer_by", no_rule)
    assert await desk.another("2", "pl-PL").write("/human") == [spoken(LOOKS, "pl")]
    assert await desk.query("select result from updates") == [("defect",)]
    assert "defect in the apology" in caplog.text


async def test_a_state_that_can_not_be_read_is_left(desk: Desk) -> None:
    await desk.write("/order")
    await desk.change("update conversation set dialogs = '[{}]'")
    assert await desk.write("red") == [SORRY]
    assert await desk.write("/hours") == ["We are open."]


async def test_an_update_to_nobody_is_recorded_and_never_comes_back(desk: Desk) -> None:
    update = desk.made(Kind.TEXT, text="hello", target=Thread("telegram", "unknown", "1"))
    assert await desk.handle(update) is None
    assert await desk.query("select result, client_id from updates") == [("defect", None)]
    assert await desk.handle(update) is None


async def test_the_contact_keyboard_goes_with_the_apology(desk: Desk) -> None:
    await desk.write("/call")
    await desk.write("/bad")
    [payload] = await desk.query("select payload from job where kind = 'send' order by id desc limit 1")
    assert json.loads(payload[0])["clear"] is True


# --- the other faces


@pytest.mark.parametrize("face", [Face.VA, Face.TEAM])
async def test_the_desk_and_the_team_get_an_error_that_is_kept(desk: Desk, face: Face) -> None:
    await desk.write("/order")
    before = await desk.query("select dialogs, awaiting, puts from conversation")
    reply = await desk.act(face, "fail", id="form")
    assert reply is not None and reply.error == NOT_DONE
    assert await desk.act(face, "fail", id="form") == reply
    assert await desk.query("select what from numbering where what = 'failed'") == []
    assert await desk.query(f"select result from updates where face = '{face}'") == [("defect",)]
    assert await desk.query("select dialogs, awaiting, puts from conversation") == before
    assert await desk.hear() == []


@pytest.mark.parametrize(
    ("language", "target", "told"),
    [
        ("pl", OfClient(1), "pl"),
        ("it-IT", None, "it"),
        ("de", OfClient(1), "en"),
        ("de", InConversation(999), "en"),
    ],
)
async def test_an_error_is_told_in_the_language_of_who_acted(desk: Desk, language: str, target: Any, told: str) -> None:
    await desk.write("/hours")
    reply = await desk.act(Face.VA, "fail", target, language=language)
    assert reply is not None and reply.error == spoken(NOT_DONE, told)


@pytest.mark.parametrize("name", ["nothing", "asks", "reply"])
async def test_an_act_that_can_not_be_is_an_error(desk: Desk, name: str) -> None:
    await desk.write("/hours")
    await desk.hear()
    reply = await desk.act(Face.VA, name, OfClient(1) if name == "reply" else None, text="Hello")
    assert reply is not None and reply.error == NOT_DONE
    assert await desk.hear() == []


@pytest.mark.parametrize("face", [Face.CLOCK, Face.NETWORK])
async def test_a_defect_of_the_clock_is_tried_again_and_in_the_end_a_ticket(desk: Desk, face: Face) -> None:
    await desk.write("/hours")
    for _ in range(2):
        with pytest.raises(Defect, match="fail: ZeroDivisionError"):
            await desk.act(face, "fail", id="7")
    assert await desk.query(f"select 1 from updates where face = '{face}'") == []
    [(client,)] = await desk.query("select id from client")
    await desk.door.give_up(client, "fail")
    assert await desk.query("select kind, state, subject, conversation_id, client_id from ticket") == [
        ("task", "open", "Could not be done: fail", None, client)
    ]


async def test_the_operator_sees_the_error(desk: Desk) -> None:
    await desk.write("/hours")
    with pytest.raises(ZeroDivisionError, match="at the very bottom"):
        await desk.act(Face.OPERATOR, "fail")
    assert await desk.query("select 1 from updates where face = 'operator'") == []


async def test_the_log_names_the_update(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    await desk.write("/bad")
    assert "defect in update telegram/shop/1" in caplog.text and "ZeroDivisionError" in caplog.text


# --- what is refused


@pytest.mark.parametrize("face", [Face.VA, Face.TEAM, Face.OPERATOR, Face.CLOCK])
@pytest.mark.parametrize("invalid", [False, True])
async def test_a_refused_act_is_told_to_who_acted_and_leaves_nothing(desk: Desk, face: Face, invalid: bool) -> None:
    await desk.write("/order")
    await desk.hear()
    before = await desk.query("select dialogs, awaiting, puts, holder, epoch from conversation")
    reply = await desk.act(face, "refuse", invalid=invalid)
    assert reply is not None
    assert reply.error == ("Please write it in words." if invalid else "That can't be chosen any more.")
    assert await desk.hear() == []
    assert await desk.query("select what from numbering where what = 'refused'") == []
    assert await desk.query(f"select result from updates where face = '{face}'") == [("refuse:refused",)]
    assert await desk.query("select dialogs, awaiting, puts, holder, epoch from conversation") == before


async def test_a_refusal_is_told_in_the_language_of_who_acted(desk: Desk) -> None:
    await desk.another("2", "it").write("/hours")
    target = InConversation(await desk.another("2").talk())
    for face, language, said in (
        (Face.VA, "pl", spoken("That can't be chosen any more.", "pl")),
        (Face.TEAM, "", "That can't be chosen any more."),
        (Face.OPERATOR, "pl", "That can't be chosen any more."),
    ):
        reply = await desk.act(face, "refuse", target, language=language)
        assert reply is not None and reply.error == said


async def test_a_refusal_in_the_dialog_that_goes_on_is_told_to_the_customer(desk: Desk) -> None:
    @command("soon", M("Soon"))
    async def soon(turn: Turn) -> None:
        if turn.now > NOON:
            raise Refusal(M("Too late."))
        await turn.ask("number", M("How many?"), Number())

    await desk.write("/soon")
    await desk.write("/human")
    desk.now = desk.now.replace(hour=12)
    reply = await desk.act(Face.VA, "give_back")
    assert reply is None
    assert await desk.hear() == ["The automatic assistant is here again.", "Too late."]


async def test_a_refused_dialog_says_why_over_what_can_be_done_instead(desk: Desk) -> None:
    @command("no", M("No"))
    async def no(turn: Turn) -> None:
        raise Refusal(M("Not {when}."), offers=((Msgid("Something else"), "visit:3"),), when="today")

    await desk.write("/order")
    assert await desk.write("/no") == ["Not today. [Something else]", "Which colour? [Red] [Blue]"]
    assert (await desk.press("Something else"))[1] == "Noted: 3."


async def test_words_to_nobody_are_an_error(desk: Desk) -> None:
    @action("shout", Face.OPERATOR)
    async def shout(turn: Turn) -> None:
        turn.say(M("Hello?"))

    await desk.write("/hours")
    with pytest.raises(LookupError, match="nobody hears this"):
        await desk.act(Face.OPERATOR, "shout", OfClient(1))
