"""The first words, the menu, a language, help and a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert

from bot.update import Attachment, Kind
from storage import clients
from tests.desk.conftest import NOON, Desk, hours, texts
from tests.door import T

MENU = "[Leave a message]"


async def test_the_first_contact_says_who_answers_and_a_later_one_greets(desk: Desk) -> None:
    assert await desk.write("/start") == [
        "Shop, good afternoon. I'm the automatic assistant; you can ask for a person at any time. "
        f"We're open until 19:00 today. How can I help? {MENU}"
    ]
    assert await desk.write("hello") == [f"Shop, good afternoon. We're open until 19:00 today. How can I help? {MENU}"]


async def test_closed_says_when_it_opens(desk: Desk) -> None:
    desk.now = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)  # a Saturday
    said = await desk.write("/start")
    assert said[0].endswith(f"We're closed now and open again on Monday at 9:00. You can still leave a message. {MENU}")
    assert said[0].startswith("Shop, good evening.")


async def test_the_clients_own_words_are_marked_in_another_language(desk: Desk) -> None:
    await texts(desk, greeting_it="Riceviamo su appuntamento.", closed_en="See you.")
    assert await desk.write("/start") == [
        "Shop, good afternoon. I'm the automatic assistant; you can ask for a person at any time. "
        f"(in Italian) Riceviamo su appuntamento. We're open until 19:00 today. How can I help? {MENU}"
    ]


async def test_an_unknown_deep_link_greets(desk: Desk) -> None:
    assert (await desk.write("/start spring-2026"))[0].startswith("Shop, good afternoon.")
    assert ("/start spring-2026",) in await desk.query("select text from message")


async def test_a_chosen_language_is_kept(desk: Desk) -> None:
    assert await desk.write("/language") == ["Which language do you prefer? [English] [Italiano] [Polski]"]
    assert (await desk.press("Polski"))[1:] == ["Dobrze, dalej rozmawiamy po polsku."]
    assert await desk.query("select language from customer") == [("pl",)]
    assert await desk.write("po angielsku proszę") == ["All right, we'll go on in English."]


async def test_help_lists_what_this_client_offers(desk: Desk) -> None:
    (said,) = await desk.write("/help")
    assert "/human: Talk to a person" in said
    assert "/book" not in said


async def test_a_person_is_promised_and_then_the_bot_is_silent(desk: Desk) -> None:
    await desk.write("/start")
    assert await desk.press("A person") == [
        "edit: Shop, good afternoon. I'm the automatic assistant; you can ask for a person at any time. "
        "We're open until 19:00 today. How can I help? → A person",
        "I'm passing you to a person, who will answer here by 12:20. "
        "Feel free to write meanwhile; you won't have to repeat anything.",
    ]
    assert await desk.write("hello?") == []
    assert await desk.query("select holder, epoch from conversation") == [("desk", 1)]
    assert await desk.query("select kind, state from ticket") == [("chat", "open")]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (
            NOON + timedelta(hours=10),
            "Nobody is at the desk right now. I'm passing you to a person, who will answer here by 9:20 on "
            "Tuesday 24 November. Feel free to write meanwhile; you won't have to repeat anything.",
        ),
    ],
)
async def test_the_promise_is_made_from_when_somebody_answers(desk: Desk, now: datetime, words: str) -> None:
    desk.now = now
    assert (await desk.write("/human"))[-1] == words


async def test_no_time_is_said_where_nobody_answers(desk: Desk) -> None:
    await hours(desk, 540, 1140, covered=False)
    assert await desk.write("/human") == [
        "I'm passing you to a person, who will answer here as soon as possible. "
        "Feel free to write meanwhile; you won't have to repeat anything."
    ]


async def service(desk: Desk) -> None:
    """The shop has something to book."""

    def fill(write: Connection) -> None:
        write.execute(insert(T["resource"]).values(client_id=1, key="room", name="Room", kind="room"))
        write.execute(insert(T["service"]).values(client_id=1, key="cut", minutes=30, rules={}))
        write.execute(insert(T["service_resource"]).values(service_id=1, resource_id=1))
        write.execute(insert(T["client_text"]).values(client_id=1, key="service.cut", language="en", text="Haircut"))
        clients.touch(write, 1)

    await desk.database.transact(fill)


@pytest.mark.parametrize("payload", ["cut", "book-cut"])
async def test_a_deep_link_goes_on_to_its_service(desk: Desk, payload: str) -> None:
    await service(desk)
    first, question = await desk.write(f"/start {payload}")
    assert first == "Shop, good afternoon. I'm the automatic assistant; you can ask for a person at any time."
    assert question.startswith("Which day suits you?")
    assert (await desk.write(f"/start {payload}"))[0].startswith("Which day suits you?")


async def test_a_deep_link_goes_on_to_its_order(desk: Desk) -> None:
    item = "insert into catalogue_item (client_id, key, position, active) values (1, 'tyre', 0, true)"
    await desk.change(item)
    await desk.write("/start")
    assert (await desk.write("/start order-1042"))[0].startswith("Order 1042: which phone number")


async def test_starting_anew_leaves_what_was_under_way(desk: Desk) -> None:
    await desk.write("/language")
    assert len(await desk.write("/start")) == 1
    assert (await desk.query("select dialogs from conversation"))[0][0] is None


async def test_a_greeting_in_passing_leaves_the_question_standing(desk: Desk) -> None:
    await desk.write("/language")
    assert await desk.write("hello") == ["Which language do you prefer? [English] [Italiano] [Polski]"]


async def test_no_to_a_person_is_the_menu_and_within_a_dialog_its_question(desk: Desk) -> None:
    voice = Attachment("voice", remote="v")
    assert await desk.send(Kind.FILES, attachments=(voice,)) == [
        "Received. Shall I pass it to a person? [Yes, a person please] [No, thank you]"
    ]
    assert (await desk.press("No, thank you"))[1:] == [f"What can I do for you? {MENU}"]
    await desk.write("/language")
    await desk.send(Kind.FILES, attachments=(voice,))
    assert (await desk.press("No, thank you"))[-1] == "Which language do you prefer? [English] [Italiano] [Polski]"
