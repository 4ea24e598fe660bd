"""What customers send that is no plain word: contacts, files, places, edits; where they can't be reached; groups."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from bot.ability import command
from bot.dialog import Turn
from bot.turn import Door
from bot.update import Attachment, Face, InConversation, Kind, Thread, Update
from tests.door import NOON, Desk
from tests.turn.toys import M

RECEIVED = "Received. Shall I pass it to a person? [Yes, a person please] [No, thank you]"
FOREIGN = "That is somebody else's contact. Please share your own, or write the number."
PHOTO = Attachment("photo", "photo.jpg", "image/jpeg", 12345, "remote-1")
VOICE = Attachment("voice", "", "audio/ogg", 99, "remote-2")
OWN: dict[str, Any] = {"phone": "+393331234567", "own": True}
PLACE: dict[str, Any] = {"latitude": 45.46, "longitude": 9.19}


# --- contacts


async def test_the_contact_keyboard_stays_until_words_without_buttons(desk: Desk) -> None:
    await desk.write("/call")
    await desk.send(Kind.CONTACT, data=OWN)
    await desk.write("what")
    await desk.write("9")
    rows = await desk.query("select payload from job where kind = 'send' order by id")
    said = [json.loads(payload) for (payload,) in rows]
    assert [(one["text"].split()[0], one.get("clear", False)) for one in said] == [
        ("What", False), ("At", False), ("I", False), ("We", True),
    ]  # fmt: skip
    await desk.write("/hours")
    assert "clear" not in (await desk.query("select payload from job order by id desc limit 1"))[0][0]


async def test_the_contact_keyboard_is_asked_for_again_with_its_question(desk: Desk) -> None:
    await desk.write("/call")
    await desk.write("/hours")
    rows = await desk.query("select payload from job where kind = 'send' order by id")
    said = [json.loads(payload) for (payload,) in rows]
    assert [one.get("clear", False) for one in said] == [False, True, False]
    asks = [[asks for row in one["keyboard"] for _label, _key, asks in row if asks] for one in said]
    assert asks == [["contact"], [], ["contact"]]
    await desk.send(Kind.CONTACT, data=OWN)
    await desk.write("9")
    assert "clear" in (await desk.query("select payload from job order by id desc limit 1"))[0][0]


async def test_a_foreign_contact_is_refused_and_the_question_repeated(desk: Desk) -> None:
    await desk.write("/call")
    foreign = {"phone": "+393331234567", "own": False}
    assert await desk.send(Kind.CONTACT, data=foreign) == [f"{FOREIGN} What number? [Share my number]"]
    assert await desk.query("select phone, verified_by from customer") == [("", "")]
    assert (await desk.send(Kind.CONTACT, data=OWN))[-1] == "At what hour?"
    assert await desk.send(Kind.CONTACT, data=foreign) == [f"{FOREIGN} At what hour?"]


async def test_a_foreign_contact_without_a_question_is_refused(desk: Desk) -> None:
    assert await desk.send(Kind.CONTACT, data={"phone": "+39", "own": False}) == [FOREIGN]
    assert await desk.query("select result from updates") == [("foreign contact",)]


# --- files and the like


SENT = [
    (Kind.FILES, {"attachments": (PHOTO,)}, "", 1),
    (Kind.FILES, {"attachments": (PHOTO,), "text": "a thing"}, "a thing", 1),
    (Kind.FILES, {"attachments": (VOICE, PHOTO)}, "", 2),
    (Kind.LOCATION, {"data": PLACE}, "45.46 9.19", 0),
    (Kind.LOCATION, {"data": PLACE, "text": "Bar Sport"}, "Bar Sport 45.46 9.19", 0),
    (Kind.OTHER, {"name": "sticker"}, "sticker", 0),
]


@pytest.mark.parametrize(("kind", "fields", "kept", "files"), SENT)
@pytest.mark.parametrize("waiting", [True, False])
async def test_what_no_question_takes_is_kept_and_a_person_offered(
    desk: Desk, kind: Kind, fields: dict[str, Any], kept: str, files: int, waiting: bool
) -> None:
    if waiting:
        await desk.write("/order")
    question = ["Which colour? [Red] [Blue]"] if waiting else []
    assert await desk.send(kind, message="m77", **fields) == [RECEIVED, *question]
    [(text, external)] = await desk.query("select text, external_id from message where external_id = 'm77'")
    assert (text, external) == (kept, "m77")
    assert await desk.query("select count(*) from file") == [(files,)]
    assert await desk.query("select result from updates order by at, id desc limit 1") == [("kept",)]
    if waiting:
        assert (await desk.press("Red"))[-1] == "How many?"


async def test_a_file_is_kept_as_the_network_told_it(either: Desk) -> None:
    await either.send(Kind.FILES, attachments=(PHOTO, VOICE))
    columns = "client_id, conversation_id, kind, name, mime, size, remote, sha256, state"
    [(client, talk)] = await either.query("select client_id, id from conversation")
    assert await either.query(f"select {columns} from file order by id") == [
        (client, talk, "photo", "photo.jpg", "image/jpeg", 12345, "remote-1", "", "remote"),
        (client, talk, "voice", "", "audio/ogg", 99, "remote-2", "", "remote"),
    ]
    [(message,)] = await either.query("select id from message where \"by\" = 'customer'")
    assert await either.query("select distinct message_id from file") == [(message,)]


async def test_a_question_for_files_takes_them(desk: Desk) -> None:
    await desk.write("/photos")
    assert await desk.send(Kind.FILES, attachments=(PHOTO, PHOTO)) == ["2 received."]
    assert await desk.query("select count(*) from file") == [(2,)]
    assert await desk.query("select result from updates where kind = 'files'") == [("answered",)]


async def test_words_under_a_file_answer_the_question(desk: Desk) -> None:
    await desk.write("/order")
    assert await desk.send(Kind.FILES, attachments=(PHOTO,), text="red") == ["How many?"]
    assert await desk.query("select count(*) from file") == [(1,)]


async def test_a_file_of_ours_goes_after_its_words(desk: Desk) -> None:
    @command("paper", M("Paper"))
    async def paper(turn: Turn) -> None:
        turn.say(M("Here it is."), attach=Attachment("document", name="a.ics", mime="text/calendar", content="BEGIN"))

    await desk.write("/paper")
    rows = await desk.query("select kind, payload, message_id from job where lane is not null order by id")
    assert [kind for kind, _payload, _message in rows] == ["send", "file"]
    assert json.loads(rows[1][1]) == {"name": "a.ics", "mime": "text/calendar", "content": "BEGIN", "kind": "document"}
    assert rows[0][2] == rows[1][2]


# --- edits


async def test_an_edit_changes_the_message_and_nothing_else(either: Desk) -> None:
    await either.write("/order")
    await either.send(Kind.TEXT, text="red", message="m50")
    before = await either.query("select dialogs, awaiting, puts, puzzled from conversation")
    jobs = await either.query("select count(*) from job")
    either.now = NOON.replace(hour=12)
    assert await either.send(Kind.EDITED, text="blue fire", message="m50") == [] and either.reply is None
    micros = int(either.now.timestamp()) * 1_000_000
    assert await either.query("select text, edited_at, at < edited_at from message where external_id = 'm50'") == [
        ("blue fire", micros, True)
    ]
    assert await either.query("select dialogs, awaiting, puts, puzzled from conversation") == before
    assert await either.query("select count(*) from job") == jobs
    assert await either.write("4") == ["What name?"]


async def test_an_edit_of_an_unknown_message_changes_nothing(desk: Desk) -> None:
    await desk.write("/order")
    await desk.another("2").send(Kind.TEXT, text="mine", message="m50")
    texts = await desk.query("select text from message order by id")
    for message in ("m50", "m99", ""):
        assert await desk.send(Kind.EDITED, text="forged", message=message) == []
    assert await desk.query("select text from message order by id") == texts
    assert await desk.query("select count(*) from updates where result = 'unknown'") == [(3,)]


# --- blocked, and let in again


async def reach(desk: Desk, reachable: bool, face: Face = Face.CUSTOMER) -> None:
    if face is Face.CUSTOMER:
        await desk.send(Kind.REACH, data={"reachable": reachable})
        return
    update = desk.made(Kind.REACH, data={"reachable": reachable})
    await desk.handle(
        Update(
            id="7:blocked", channel="telegram", account="shop", face=face, kind=Kind.REACH,
            target=InConversation(await desk.talk()), at=update.at, data=update.data,
        )
    )  # fmt: skip


@pytest.mark.parametrize("face", [Face.CUSTOMER, Face.NETWORK])
async def test_what_waits_for_a_customer_who_blocked_us_is_dropped(either: Desk, face: Face) -> None:
    await either.write("/hours")
    await either.act(Face.VA, "reply", text="Good morning")
    await either.write("fire")
    await reach(either, False, face)
    assert await either.query("select distinct state from job where lane is not null") == [("dropped",)]
    assert await either.query("select distinct state from message where \"by\" <> 'customer'") == [("dropped",)]
    texts = [text for (text,) in await either.query("select text from message order by id")]
    assert texts == ["/hours", "We are open.", "Good morning", "fire", "Urgent: fire"]
    assert await either.query("select result from updates where kind = 'reach'") == [("blocked",)]


async def test_what_is_said_meanwhile_is_kept_as_dropped_and_no_job(desk: Desk) -> None:
    await desk.write("/order")
    await desk.press("Red")
    await reach(desk, False)
    before = await desk.query("select count(*) from job")
    await desk.act(Face.VA, "reply", text="Good morning")
    await desk.act(Face.CLOCK, "remind")
    assert await desk.query("select count(*) from job") == before
    said = await desk.query("select text, state from message order by id desc limit 2")
    assert said == [("A reminder.", "dropped"), ("Good morning", "dropped")]


async def test_unblocked_she_is_written_to_again(desk: Desk) -> None:
    await desk.write("/hours")
    await desk.hear()
    await reach(desk, False)
    await reach(desk, True)
    assert await desk.hear() == []
    await desk.act(Face.CLOCK, "remind")
    assert await desk.hear() == ["A reminder. [I'm coming]"]


async def test_whoever_writes_can_be_reached(desk: Desk) -> None:
    await desk.write("/hours")
    await reach(desk, False)
    assert await desk.write("/hours") == ["We are open."]
    assert await desk.query("select reachable from thread") == [(1,)]


async def test_the_contact_keyboard_waits_for_words_that_leave(desk: Desk) -> None:
    await desk.write("/call")
    await reach(desk, False)
    await desk.act(Face.VA, "reply", text="Hello")
    await reach(desk, True)
    await desk.act(Face.VA, "reply", text="Hello again")
    assert (await desk.sent())[-1][1]["clear"] is True


async def test_blocking_is_not_writing(desk: Desk) -> None:
    await desk.write("/hours")
    heard = await desk.query("select last_in_at from conversation")
    desk.now = NOON.replace(hour=15)
    await reach(desk, False)
    assert await desk.query("select last_in_at from conversation") == heard


# --- groups and channels


def outside(desk: Desk, group: str = "-5", **fields: Any) -> Update:
    return desk.made(Kind.OUTSIDE, target=None, data={"place": Thread("telegram", "shop", group).lane}, **fields)


async def test_a_group_hears_one_polite_line_and_then_nothing(either: Desk) -> None:
    group = either.another("-5")
    for _ in range(3):
        await either.handle(outside(either))
    either.restart()
    await either.handle(outside(either))
    assert await group.hear() == ["I can help you in a private chat only: please write to me there."]
    await either.handle(outside(either, "-6"))
    assert len(await either.another("-6").hear()) == 1
    for table in ("customer", "thread", "conversation", "message"):
        assert await either.query(f"select count(*) from {table}") == [(0,)]
    results = await either.query("select result from updates order by result")
    assert results == [("silent",)] * 3 + [("told",)] * 2


async def test_many_at_once_in_a_group_are_told_once(either: Desk) -> None:
    await asyncio.gather(*(either.door.handle(outside(either)) for _ in range(8)))
    assert len(await either.another("-5").hear()) == 1


async def test_a_group_is_told_in_the_language_of_the_client(desk: Desk) -> None:
    await desk.change('update client set languages = \'["it", "en"]\', version = version + 1')
    desk.door = Door(desk.database, lambda: NOON)
    await desk.handle(outside(desk))
    [said] = await desk.another("-5").hear()
    assert "chat privata" in said
