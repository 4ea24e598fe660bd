"""Language and reminders as a customer wants them; what is kept of her, a copy of it, and its erasure."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from bot.office import privacy
from bot.office.client_file import parse
from bot.update import Attachment, Kind
from storage import clients, erasure
from tests.desk.conftest import NOON, Desk, act, due, texts
from tests.door import T

KEPT = "We keep your contact details, your appointments and orders, and this conversation."
WANTED = "What would you like to do? [A copy of my data] [Erase my data] [Nothing, thank you]"
PHONE = "+48600100200"


async def known(desk: Desk) -> None:
    """A customer with a proven number, a slip, an order that is under way and one that is over."""
    await desk.send(Kind.CONTACT, data={"phone": PHONE, "own": True})
    await desk.write("/message")
    for words in ("The roof leaks.", "Anna Nowak", PHONE, "At any time", "yes"):
        await desk.write(words)
    photo = Attachment("photo", name="roof.jpg", mime="image/jpeg", size=9, remote="p1")
    await desk.send(Kind.FILES, attachments=(photo,))

    def fill(write: Connection) -> None:
        for number, status in (("A-1", "in_progress"), ("A-2", "delivered")):
            write.execute(
                insert(T["orders"]).values(
                    client_id=1, number=number, customer_id=1, name="Anna Nowak", phone=PHONE, note="for Anna",
                    status=status, changed_at=NOON, created_at=NOON,
                )
            )  # fmt: skip

    await desk.database.transact(fill)


async def sent_all(desk: Desk) -> None:
    """All that waits to be sent has been sent."""
    await desk.hear()
    await desk.change("update job set state = 'done', ended_at = due_at where lane is not null")


async def test_reminders_are_switched_off_and_on(desk: Desk) -> None:
    asked = "I remind you of your appointments here. Shall I go on with that? [Yes, with reminders] [No reminders]"
    assert await desk.write("/settings") == [asked]
    off = "All right, no more reminders. You can have them again at any time: /settings."
    assert await desk.write("no") == [off]
    assert await desk.query("select count(*) from customer where reminders") == [(0,)]
    assert (await desk.write("/settings"))[0].startswith("I don't remind you of your appointments.")
    assert (await desk.press("Yes, with reminders"))[1:] == ["All right, I'll remind you of your appointments here."]
    assert await desk.query("select count(*) from customer where reminders") == [(1,)]
    assert await desk.write("/stop") == [off]
    assert await desk.query("select count(*) from customer where reminders") == [(0,)]


async def test_what_is_kept_and_for_how_long(desk: Desk) -> None:
    assert await desk.write("/privacy") == [f"{KEPT} Messages are erased after 2 years. {WANTED}"]
    assert (await desk.press("Nothing, thank you"))[1:] == ["All right."]
    await texts(desk, privacy_en="We keep nothing else.")
    assert (await desk.write("/privacy"))[0].startswith("We keep nothing else. Messages are erased after 2 years.")


async def test_a_copy_of_all_that_is_kept(desk: Desk) -> None:
    await known(desk)
    await desk.write("/privacy")
    assert (await desk.press("A copy of my data"))[1:] == [
        "Here is a copy of all that is kept about you.",
        "file shop.json",
    ]
    rows = await desk.query("select payload from job where kind = 'file'")
    copy: dict[str, Any] = json.loads(json.loads(rows[-1][0])["content"])
    assert copy["client"] == "Shop"
    assert copy["customer"][0]["phone"] == PHONE
    assert copy["messages_taken"][0]["about"] == "The roof leaks."
    assert {order["number"] for order in copy["orders"]} == {"A-1", "A-2"}
    assert copy["files"][0]["name"] == "roof.jpg"
    assert "The roof leaks." in [message["text"] for message in copy["messages"]]


async def test_nothing_is_erased_without_a_clear_yes(desk: Desk) -> None:
    await known(desk)
    await desk.write("/privacy")
    assert (await desk.press("Erase my data"))[-1].endswith("Shall I erase it all? [Yes, erase my data] [No, keep it]")
    assert await desk.write("no") == ["All right, nothing is erased."]
    assert await desk.query("select name, phone from customer") == [("Anna Nowak", PHONE)]


@pytest.mark.parametrize("most", [500, 3])
async def test_erasing_takes_the_person_out_and_leaves_what_happened(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(erasure, "OF_CUSTOMER", erasure.OF_CUSTOMER.limit(most))
    monkeypatch.setattr(erasure, "MOST", most)
    await known(desk)
    await desk.write("/privacy")
    await desk.press("Erase my data")
    assert (await desk.press("Yes, erase my data"))[1:] == [
        "It is done: your name and your numbers are gone, and this conversation follows within minutes. Goodbye."
    ]
    person = "select name, phone, email, verified_by, folded from customer"
    assert await desk.query(person) == [("", "", "", "", "")]
    assert await desk.query("select name, about, phone, call_back from slip") == [("", "", "", "")]
    assert await desk.query("select number, name, phone, note, customer_id from orders order by number") == [
        ("A-1", "", "", "", 1),
        ("A-2", "", "", "", None),
    ]
    assert await due(desk) == []
    await sent_all(desk)
    desk.now += timedelta(minutes=1)
    assert set(await due(desk)) == {"erase"}
    assert [text for (text,) in await desk.query("select text from message")] == [
        "It is done: your name and your numbers are gone, and this conversation follows within minutes. Goodbye."
    ]
    assert await desk.query("select name, remote, state from file") == [("", "", "erased")]
    everything = str(await desk.query("select payload from job")) + str(await desk.query("select actor from updates"))
    assert "Anna" not in everything
    assert PHONE not in everything
    assert "w1" not in everything
    assert (await desk.write("/start"))[0].startswith("Shop, good afternoon. I'm the automatic assistant;")


async def test_what_is_still_to_be_sent_is_erased_later(desk: Desk) -> None:
    await desk.write("/privacy")
    await desk.press("Erase my data")
    await desk.press("Yes, erase my data")
    desk.now += timedelta(minutes=1)
    await due(desk)
    assert (await desk.query("select count(*) from message"))[0][0] > 1
    await sent_all(desk)
    desk.now += timedelta(hours=1)
    await due(desk)
    assert (await desk.query("select count(*) from message")) == [(1,)]


async def test_what_is_old_goes_every_night(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "OLD", erasure.OLD.limit(2))
    monkeypatch.setattr(erasure, "MOST", 2)

    def watch(write: Connection) -> None:
        client = clients.load(write, 1)
        privacy.keep_watch(write, client, desk.now)
        privacy.keep_watch(write, client, desk.now)

    for _number in range(3):
        await desk.write("/help")
    await sent_all(desk)
    await desk.database.transact(watch)
    desk.now += timedelta(days=1)
    assert await due(desk) == ["retention"]
    assert await desk.query("select count(*) from message") == [(6,)]
    desk.now += timedelta(days=40)
    await due(desk)
    old = f"where at < {int((desk.now - timedelta(days=30)).timestamp() * 1_000_000)}"
    assert await desk.query(f"select count(*) from updates {old}") == [(0,)]
    assert await desk.query("select count(*) from job where lane is not null") == [(0,)]
    assert await desk.query("select count(*) from message") == [(6,)]
    desk.now += timedelta(days=730)
    performed = await due(desk)
    assert performed.count("retention") > 3
    assert await desk.query("select count(*) from message") == [(0,)]
    assert await desk.query("select count(*) from job where subject = 'retention:1' and state = 'due'") == [(1,)]


async def test_loading_a_client_lets_the_clock_watch(desk: Desk) -> None:
    content = parse(Path("examples/bikes.toml").read_text(), "bikes.toml")
    for _time in range(2):
        reply = await act(desk, "load_client", of_client=True, content=content)
        assert reply.error == ""
    assert await desk.query("select count(*) from job where subject = 'retention:2' and state = 'due'") == [(1,)]
