"""What leaves: texts, keyboards, edits and files, as Telegram takes them; and what its refusals come to."""

from datetime import timedelta

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.channels.telegram.send import outcome_of
from bot.outcome import Blocked, Failed, TryAgain
from bot.update import InConversation
from sandbox.telegram import Person
from storage import jobs, road
from tests.telegram.house import TOKEN, House, said


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (TimedOut(), TryAgain("TimedOut: Timed out")),
        (NetworkError("Bad Gateway"), TryAgain("NetworkError: Bad Gateway")),
        (InvalidToken("Unauthorized"), TryAgain("InvalidToken: Unauthorized")),
        (Forbidden("Forbidden: bot was blocked by the user"), Blocked("Forbidden: bot was blocked by the user")),
        (BadRequest("Chat not found"), Blocked("Chat not found")),
        (BadRequest('Unsupported start tag "her words"'), Failed('Unsupported start tag "..."')),
    ],
)
def test_a_refusal_is_an_outcome(error: TelegramError, outcome: object) -> None:
    assert outcome_of(error) == outcome


async def test_a_text_is_html_with_every_value_escaped(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.command("bold", "<i>5 & 6</i>"))
        assert anna.last.text == "<i>5 & 6</i>"
        assert [entity["type"] for entity in anna.last.entities] == ["bold"]
        call = await house.telegram.call("sendMessage")
        assert call.fields["link_preview_options"] == {"is_disabled": True}


async def test_a_long_text_comes_in_parts_and_the_buttons_with_the_last(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.start())
        lane = f"telegram:shop:{anna.id}"
        text = "\n\n".join(f"<b>{'ż' * 1500}</b>" for _ in range(6))
        payload = {"text": text, "keyboard": [[["Yes", "=yes", ""]]]}
        await house.app.database.transact(lambda write: road.send(write, lane, "send", payload, house.now))
        said(anna)
        await house.app.settle()
        sent = [event.message for event in anna.unread() if event.message]
        assert [len(message.text) for message in sent] == [3002, 3002, 3002]
        assert [message.labels for message in sent] == [[], [], [["Yes"]]]


async def test_buttons_go_in_place_after_the_press_and_the_choice_stays(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.command("pick"))
        assert said(anna) == ["Which one? [One] [Two]"]
        await house.take(anna.unsent.press(anna.last, "Two"))
        assert said(anna) == ["toast:", "edit: Which one?\n→ Two", "You took 2."]


async def test_a_button_that_shares_makes_all_a_keyboard_of_the_person(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.command("share"))
        (row, other) = anna.keyboard
        assert (row[0].text, row[0].contact, other[0].text, other[0].contact) == ("My number", True, "No", False)
        assert anna.last.markup and anna.last.markup["one_time_keyboard"] is True
        await house.take(anna.unsent.command("say", "later"))
        assert anna.keyboard == []


async def test_a_file_is_sent_under_its_name(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.command("file"))
        assert said(anna) == ["Here it is.", "środa.ics"]
        file = anna.last.file
        assert file is not None
        assert (file.mime, file.data) == ("text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


# --- edits ------------------------------------------------------------------------------------------------------------


async def edit(house: House, anna: Person, text: str, keyboard: object = ()) -> None:
    """Writes an edit of the message that was sent last, and delivers it."""
    ((message,),) = await house.rows("select max(id) from message where state <> ''")
    lane = f"telegram:shop:{anna.id}"
    payload = {"text": text, "keyboard": list(keyboard), "message": message}  # type: ignore[call-overload]
    await house.app.database.transact(
        lambda write: road.send(write, lane, "edit", payload, house.now, message_id=message)
    )
    await house.app.settle()


YES = [[["Yes", "=yes", ""]]]


async def test_an_edit_finds_the_message(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.command("pick"))
        await edit(house, anna, "Other", YES)
        await edit(house, anna, "Other", YES)  # "not modified" is success
        assert said(anna) == ["Which one? [One] [Two]", "edit: Other [Yes]"]
        assert await house.rows("select distinct state from job") == [("done",)]


async def test_an_edit_of_what_never_left_is_sent_anew_and_found_from_then_on(house: House, anna: Person) -> None:
    house.telegram.fail("sendMessage", code=400)
    async with house.built():
        await house.take(anna.unsent.command("pick"))
        assert said(anna) == []
        await edit(house, anna, "Second", YES)
        await edit(house, anna, "Third", YES)
        assert said(anna) == ["Second [Yes]", "edit: Third [Yes]"]


async def test_an_edit_of_a_deleted_message_is_sent_anew_only_where_it_asks_something(
    house: House, anna: Person
) -> None:
    async with house.built():
        await house.take(anna.unsent.command("pick"))
        anna.chat.delete(anna.last)
        said(anna)
        await edit(house, anna, "Chosen")
        assert said(anna) == []
        await edit(house, anna, "Which page?", YES)
        assert said(anna) == ["Which page? [Yes]"]
        assert await house.rows("select distinct state from job") == [("done",)]


# --- troubles ---------------------------------------------------------------------------------------------------------


async def test_a_block_ends_sending_keeps_the_history_and_a_return_resumes(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.start())
        update = anna.unsent.command("say", "one")
        anna.block()
        await house.take(update)
        assert [bool(row[0]) for row in await house.rows("select reachable from thread")] == [False]
        assert len(await house.rows("select id from message")) == 4
        back, again = anna.unsent.unblock(), anna.unsent.command("say", "two")
        await house.take(back, again)
        assert said(anna)[-1] == "two"


async def test_a_block_told_by_telegram_stops_what_waits(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.start())
        house.telegram.fail("sendMessage", anna.id, 502)
        await house.take(anna.unsent.command("say", "one"), anna.unsent.block())
        await house.later(minutes=1)
        assert said(anna) == ["Hello Anna"]
        assert await house.rows("select state from job order by id") == [("done",), ("dropped",)]


@pytest.mark.parametrize("trouble", ["502", "drop", "429"])
async def test_a_trouble_that_passes_is_only_a_delay(house: House, anna: Person, trouble: str) -> None:
    async with house.built():
        if trouble == "drop":
            house.telegram.drop("sendMessage")
        else:
            house.telegram.fail("sendMessage", code=int(trouble), retry_after=5 if trouble == "429" else None)
        await house.take(anna.unsent.command("say", "one"), anna.unsent.command("say", "two"))
        assert said(anna) == []
        await house.later(seconds=4)
        assert said(anna) == ([] if trouble == "429" else ["one", "two"])
        await house.later(seconds=1)
        assert said(anna) == (["one", "two"] if trouble == "429" else [])


async def test_a_bot_without_a_chat_with_somebody_ends_sending_too(house: House) -> None:
    stranger = house.telegram.person(TOKEN, "Ewa")
    update = stranger.unsent.start()
    stranger.chat.state = "new"
    async with house.built():
        await house.take(update)
        assert await house.rows("select reason from job") == [("blocked: Chat not found",)]


async def test_an_act_of_the_clock_reaches_the_screen(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(anna.unsent.start())
        at = house.now + timedelta(hours=1)
        await house.app.database.transact(
            lambda write: jobs.later(write, "remind", at, InConversation(1), client_id=1, data={"what": "it"})
        )
        await house.later(minutes=59)
        assert said(anna) == ["Hello Anna"]
        await house.later(minutes=1)
        assert said(anna) == ["Remember it."]
