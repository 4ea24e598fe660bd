"""A customer leaves a message: words, voice or files; for somebody; to be answered somewhere."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from bot.update import Attachment, Kind
from storage import clients
from tests.desk.conftest import Desk
from tests.door import T

ABOUT = "What is it about? You can write, or send a voice message or files."
WHERE = "Where would you like the answer? [Share my number] [Answer here, in the chat]"
SURE = "Shall I pass it on? [Yes, pass it on] [Change something]"


async def contacts(desk: Desk) -> None:
    """The shop has two people for whom a message can be taken."""

    def fill(write: Connection) -> None:
        for position, (key, name) in enumerate((("riva", "Dott.ssa Paola Riva"), ("neri", "Carlo Neri"))):
            write.execute(insert(T["contact"]).values(client_id=1, key=key, name=name, position=position))
        write.execute(insert(T["client_text"]).values(client_id=1, key="contact.riva", language="en", text="accounts"))
        clients.touch(write, 1)

    await desk.database.transact(fill)


async def test_in_words_with_a_number_to_call(desk: Desk) -> None:
    await contacts(desk)
    assert await desk.write("/message") == ["Who is the message for? [Dott.ssa Paola Riva] [Carlo Neri] [Anyone]"]
    assert (await desk.press("Carlo Neri"))[1:] == [ABOUT]
    assert await desk.write("The roof leaks <again>.") == ["What's your name?"]
    assert await desk.write("Anna Bianchi") == [WHERE]
    assert await desk.write("+39 333 123 4567") == [
        "When is a good time to call? [At any time] [In the morning] [In the afternoon]"
    ]
    read_back = (
        "Let me read it back. For: Carlo Neri Message: The roof leaks <again>. Name: Anna Bianchi "
        f"Reply to: +39 333 123 4567 When to call: in the morning {SURE}"
    )
    assert await desk.write("in the morning") == [read_back]
    assert (await desk.press("Yes, pass it on"))[1:] == [
        "Noted: message no. 1001. For: Carlo Neri Reply to: +39 333 123 4567, in the morning. I'm passing it on now."
    ]
    slip = "select number, name, about, phone, call_back, contact_id, ticket_id from slip"
    assert await desk.query(slip) == [
        (1001, "Anna Bianchi", "The roof leaks <again>.", "+393331234567", "in the morning", 2, 1)
    ]
    assert await desk.query("select kind, subject, state from ticket") == [
        ("message", "Message 1001 for Carlo Neri: The roof leaks <again>.", "open")
    ]
    assert await desk.query("select name, phone, verified_by from customer") == [("Anna Bianchi", "+393331234567", "")]


async def test_a_voice_message_answered_in_the_chat(desk: Desk) -> None:
    assert await desk.write("/message") == [ABOUT]
    voice = Attachment("voice", mime="audio/ogg", size=9, remote="v1")
    assert await desk.send(Kind.FILES, attachments=(voice,)) == ["What's your name?"]
    assert await desk.write("Anna") == [WHERE]
    assert await desk.write("here please") == [
        f"Let me read it back. Message: voice message Name: Anna Reply to: here in the chat {SURE}"
    ]
    assert await desk.write("yes") == ["Noted: message no. 1001. Reply to: here in the chat I'm passing it on now."]
    assert await desk.query("select about, phone, call_back from slip") == [("[voice]", "", "")]
    assert await desk.query("select kind, remote from file") == [("voice", "v1")]


async def test_a_photo_with_words_for_a_role_and_a_shared_number(desk: Desk) -> None:
    await contacts(desk)
    assert await desk.write("I'd like to leave a message for accounts") == [f"Dott.ssa Paola Riva. {ABOUT}"]
    photo = Attachment("photo", mime="image/jpeg", size=9, remote="p1")
    assert await desk.send(Kind.FILES, attachments=(photo,), text="my invoice") == ["What's your name?"]
    await desk.write("Anna")
    assert (await desk.send(Kind.CONTACT, data={"phone": "48600100200", "own": True}))[-1].startswith(
        "When is a good time to call?"
    )
    said = await desk.write("after nine, not on Friday")
    assert said[-1] == (
        "Let me read it back. For: Dott.ssa Paola Riva Message: photo and my invoice Name: Anna "
        f"Reply to: +48 600 100 200 When to call: after nine, not on Friday {SURE}"
    )
