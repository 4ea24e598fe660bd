"""What the client wants customers to be told: once, verbatim, in their language, and private only to the right one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.update import Kind
from tests.desk.conftest import NOON, Desk, act

MOVE = {"en": "We move to <Via Roma> on 1 December.", "it": "Il 1º dicembre ci trasferiamo.", "pl": "Zmieniamy adres."}


async def relay(desk: Desk, **data: Any) -> int:
    return int((await act(desk, "relay", of_client=True, **data)).data["relay"])


async def test_everyone_is_told_once_in_the_greeting(desk: Desk) -> None:
    await relay(desk, texts=MOVE)
    assert (
        "We're open until 19:00 today. We move to <Via Roma> on 1 December. How can I help?"
        in (await desk.write("/start"))[0]
    )
    assert "Via Roma" not in (await desk.write("/start"))[0]
    italian = desk.another("2", "it")
    assert "Il 1º dicembre ci trasferiamo." in (await italian.write("/start"))[0]


async def test_the_next_words_are_a_contact_too(desk: Desk) -> None:
    await desk.write("/start")
    await relay(desk, texts=MOVE)
    assert (await desk.write("/language"))[0] == (
        "We move to <Via Roma> on 1 December. Which language do you prefer? [English] [Italiano] [Polski]"
    )
    assert (await desk.write("/language"))[0].startswith("Which language")


async def test_a_private_one_waits_for_proof(desk: Desk) -> None:
    await desk.write("/message")
    for words in ("Something.", "Eva", "+48 600 100 200", "At any time", "yes"):
        await desk.write(words)
    await relay(desk, texts={"en": "Your results are here."}, phone="+48 600 100 200", private=True)
    assert "results" not in (await desk.write("/start"))[0]
    said = await desk.send(Kind.CONTACT, data={"phone": "48600100200", "own": True})
    assert said == ["Thank you, your number is confirmed: +48 600 100 200. Your results are here."]


async def test_one_for_a_customer_is_told_to_nobody_else(desk: Desk) -> None:
    await desk.write("/message")
    for words in ("Something.", "Eva", "here", "yes"):
        await desk.write(words)
    await relay(desk, texts={"en": "The roof is mended."}, ticket=1001)
    other = desk.another("2")
    assert "roof" not in (await other.write("/start"))[0]
    assert "The roof is mended." in (await desk.write("/start"))[0]


async def test_without_a_translation_it_waits_and_a_ticket_asks_for_one(desk: Desk) -> None:
    number = await relay(desk, texts={"it": "Il tetto è riparato."})
    assert "tetto" not in (await desk.write("/start"))[0]
    await desk.write("/start")
    asked = "select kind, subject, state from ticket"
    assert await desk.query(asked) == [("task", f"Relay {number} has no words in en", "open")]
    await act(desk, "translate_relay", of_client=True, relay=number, texts={"en": "The roof is mended."})
    assert await desk.query(asked) == [("task", f"Relay {number} has no words in en", "done")]
    assert "The roof is mended." in (await desk.write("/start"))[0]


async def test_a_repeated_one_is_told_at_every_new_contact(desk: Desk) -> None:
    await relay(desk, texts=MOVE, repeat="always")
    assert "Via Roma" in (await desk.write("/start"))[0]
    desk.now += timedelta(minutes=1)
    assert "Via Roma" not in (await desk.write("/language"))[0]
    assert "Via Roma" in (await desk.write("/start"))[0]
    desk.now += timedelta(hours=13)
    assert "Via Roma" in (await desk.write("/language"))[0]


async def test_it_ends_and_can_be_withdrawn(desk: Desk) -> None:
    await relay(desk, texts=MOVE, until=(NOON + timedelta(hours=1)).isoformat())
    number = await relay(desk, texts={"en": "We have new lamps."})
    desk.now += timedelta(hours=2)
    await act(desk, "withdraw_relay", of_client=True, relay=number)
    said = (await desk.write("/start"))[0]
    assert "Via Roma" not in said
    assert "lamps" not in said


async def test_while_the_desk_holds_nothing_is_told(desk: Desk) -> None:
    await desk.write("/human")
    await relay(desk, texts=MOVE)
    assert await desk.write("hello") == []
    await act(desk, "hand_back")
    await desk.hear()
    assert "Via Roma" in (await desk.write("hello"))[0]


async def test_a_relay_that_cannot_be_is_an_error(desk: Desk) -> None:
    for data, error in (
        ({"texts": {"en": " "}}, "A relay needs words, in one or more of: it, en, pl."),
        ({"texts": {"de": "Hallo"}}, "A relay needs words, in one or more of: it, en, pl."),
        ({"texts": MOVE, "phone": "12"}, "12 is no phone number."),
        ({"texts": MOVE, "ticket": 1009}, "Ticket 1009 has no customer."),
        ({"texts": MOVE, "until": "2026-01-01T10:00"}, "That time has passed."),
    ):
        assert (await act(desk, "relay", of_client=True, **data)).error == error
    assert (await act(desk, "withdraw_relay", of_client=True, relay=9)).error == "There is no relay 9."
    assert (await act(desk, "translate_relay", of_client=True, relay=9, texts=MOVE)).error == "There is no relay 9."


async def test_a_time_that_cannot_be_read_is_named(desk: Desk) -> None:
    reply = await act(desk, "relay", of_client=True, texts=MOVE, until="soon")
    assert reply.error.startswith("'soon' is no time")
