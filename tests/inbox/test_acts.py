"""What else is done at a ticket: taking back, writing to the team, files, orders, merging, blocking, passing on."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import aiohttp

from bot.questions.replying import UNDO
from bot.values import Customer
from storage import copies
from tests.inbox.house import Browser, House, Page
from tests.inbox.test_calls import logs
from tests.inbox.test_desk import asks_for_a_person

HALF: Any = timedelta(seconds=5)
LARGE = 3 * 1024 * 1024


async def sends(browser: Browser, slug: str, number: int, doing: str, /, **form: Any) -> Page:
    """Sends a form of a ticket, and nothing happens by itself."""
    page = await browser.get(f"/inbox/tickets/{slug}/{number}")
    fields = {name: page.value(name) for name in ("csrf", "token", "seen", "pending")}
    return await browser.post(f"/inbox/tickets/{slug}/{number}/{doing}", **{**fields, **form})


async def test_a_reply_is_taken_back_while_it_can_be(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser:
        page = await sends(browser, "salon", number, "reply", text="Tak, o piątej")
        assert "Parte fra qualche secondo" in page.words
        await house.pass_by(HALF)
        assert house.heard("salon", "Anna") == []
        page = await sends(browser, "salon", number, "take-back", reply=page.value("reply"))
        assert ">Tak, o piątej</textarea>" in page.text  # in her box again
        await house.pass_by(UNDO)
        assert house.heard("salon", "Anna") == []

        # Two in a row both go, in their order, also after the house was built anew; and neither is a colleague's.
        await sends(browser, "salon", number, "reply", text="Tak, o szóstej")
        await house.pass_by(HALF)
        second = await sends(browser, "salon", number, "reply", text="Zapraszamy")
        assert second.status == 200
        old = await browser.get(f"/inbox/tickets/salon/{number}")
        fields = {name: old.value(name) for name in ("csrf", "token", "seen", "pending")}
        await house.app.stop()
    async with house.built():
        await house.pass_by(UNDO)
        assert house.heard("salon", "Anna") == ["Giulia, Salon Pod Kasztanem:\nTak, o szóstej", "Zapraszamy"]
        async with house.browser("Giulia") as browser:
            fields["csrf"] = (await browser.get("/inbox/me")).value("csrf")
            third = await browser.post(f"/inbox/tickets/salon/{number}/reply", **fields, text="Do zobaczenia")
            assert third.status == 200, third.words
            await house.hire("Ewa", "salon", language="pl")
            async with house.browser("Ewa") as other:
                late = await other.post(
                    f"/inbox/tickets/salon/{number}/reply",
                    **{**fields, "csrf": (await other.get("/inbox/me")).value("csrf")},
                    text="Ja też",
                )
                assert late.status == 409


async def test_a_reply_for_later_waits_for_its_time_and_for_her_eyes(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser:
        past = await sends(browser, "salon", number, "reply", text="x", when="later", at="2026-11-20T10:00")
        assert past.status == 409
        await sends(browser, "salon", number, "reply", text="Dzień dobry", when="later", at="2026-11-23T15:00")
        await house.pass_by(timedelta(hours=2))
        assert not any("Dzień dobry" in said for said in house.heard("salon", "Anna"))
        await house.pass_by(timedelta(hours=1))
        assert "Giulia, Salon Pod Kasztanem:\nDzień dobry" in house.heard("salon", "Anna")

        await sends(browser, "salon", number, "reply", text="I jeszcze", when="later", at="2026-11-23T17:00")
        await house.write("salon", "Anna", "Już nie trzeba", "pl")
        await house.pass_by(timedelta(hours=2))
        assert "I jeszcze" not in house.heard("salon", "Anna")
        page = await browser.get(f"/inbox/tickets/salon/{number}")
        assert "Trattenuto" in page.words
        await sends(browser, "salon", number, "send-now", reply=page.value("reply"))
        assert "I jeszcze" in house.heard("salon", "Anna")[-1]


async def test_words_to_the_team_reach_no_customer(house: House) -> None:
    number = await asks_for_a_person(house, "dentista", "Carla", "it")
    async with house.browser("Giulia") as browser:
        page = await sends(browser, "dentista", number, "team", text="Il dottore c'è <giovedì>?")
        assert page.status == 200
        assert "Il dottore c'è <giovedì>?" in page.words
        assert "said asked" in page.text
        empty = await sends(browser, "dentista", number, "team", text=" ")
        assert empty.status == 409
    assert house.heard("dentista", "Carla") == []
    [(audience, by)] = await house.rows("select audience, \"by\" from message where text like '%giovedì%'")
    assert (audience, by) == ("team", "va")
    [(carla,)] = await house.rows("select id from customer")
    client_id = (await house.rows("select client_id from customer"))[0][0]
    copy = await house.app.database.read(lambda rows: copies.copy(rows, Customer(carla, client_id)))
    assert "giovedì" not in json.dumps(copy, ensure_ascii=False, default=str)


async def test_a_file_goes_with_a_reply(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")

    def attached(page: Page, name: str, content: bytes) -> aiohttp.FormData:
        form = aiohttp.FormData()
        for field in ("csrf", "token", "seen", "pending"):
            form.add_field(field, page.value(field))
        form.add_field("text", "")
        form.add_field("file", io.BytesIO(content), filename=name, content_type="text/html")
        return form

    async with house.browser("Marta") as browser:
        path = f"/inbox/tickets/bikes/{number}"
        for name, content, why in (("a.html", b"<b>", "not sent from here"), ("a.pdf", b"", "is empty")):
            form = attached(await browser.get(path), name, content)
            refused = await post(browser, f"{path}/reply", form)
            assert refused.status == 409
            assert why in refused.words
        large = attached(await browser.get(path), "a.pdf", bytes(LARGE))
        assert (await post(browser, f"{path}/reply", large)).status == 200
        await house.pass_by(UNDO)
        sent = [event.message for event in house.person("bikes", "Emma").unread() if event.message is not None]
        assert sent[-1].file is not None
        assert (sent[-1].file.name, len(sent[-1].file.data)) == ("a.pdf", LARGE)
        [(file,)] = await house.rows("select id from file")
        got = await browser.get(f"/inbox/files/bikes/{file}")
        assert got.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a.pdf"
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Content-Length"] == str(LARGE)

        # When she is erased, so are the bytes.
        store = house.app.inbox.store
        [(digest,)] = await house.rows("select sha256 from file")
        await house.app.inbox.files.sweep()
        assert store.path(digest).exists()
        await house.app.database.transact(
            lambda write: write.exec_driver_sql("update file set state = 'erased', remote = ''").close()
        )
        await house.app.inbox.files.sweep()
        assert not store.path(digest).exists()
        assert (await browser.get(f"/inbox/files/bikes/{file}")).status == 404


async def test_a_canned_reply_brings_its_file(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")
    async with house.browser("Marta") as browser:
        page = await browser.get("/inbox/clients/bikes/words")
        first = {"csrf": page.value("csrf"), "token": page.value("token"), "name": "prices", "en": "Our prices."}
        assert (await browser.post("/inbox/clients/bikes/words", **first)).status == 200
        page = await browser.get("/inbox/clients/bikes/words")
        form = aiohttp.FormData()
        fields = {"csrf": page.value("csrf"), "token": "second", "key": "canned.prices", "en": "Our prices."}
        for name, value in fields.items():
            form.add_field(name, value)
        form.add_field("file", io.BytesIO(b"%PDF-1.4"), filename="prices.pdf")
        assert "prices.pdf" in (await post(browser, "/inbox/clients/bikes/words", form)).words
        ticket = await browser.get(f"/inbox/tickets/bikes/{number}")
        assert 'data-attach="prices"' in ticket.text
        await browser.act("bikes", number, "reply", text="Here they are.", attach="prices")
        sent = [event.message for event in house.person("bikes", "Emma").unread() if event.message is not None]
        assert sent[-1].file is not None
        assert sent[-1].file.name == "prices.pdf"
        gone = {**fields, "token": "third", "without": "yes"}
        assert "prices.pdf" not in (await browser.post("/inbox/clients/bikes/words", **gone)).words


async def post(browser: Browser, path: str, form: aiohttp.FormData) -> Page:
    """Sends a form that brings files."""
    headers = {"Accept": "text/html", "Origin": browser.house.app.url}
    async with browser.session.post(browser.house.app.url + path, data=form, headers=headers) as response:
        page = await browser._shown(response)
    await browser.house.app.settle()
    return page


async def test_two_rows_of_one_person_are_made_one_and_two_again(house: House) -> None:
    one = await asks_for_a_person(house, "bikes", "Emma", "en")
    other = await asks_for_a_person(house, "bikes", "Emm", "en")
    async with house.browser("Marta") as browser:
        await browser.act("bikes", other, "verify", phone="+353 86 123 4567")
        before = await house.rows("select id, name, phone, verified_by, merged_into from customer order by id")
        tickets = await house.rows("select id, customer_id from ticket order by id")
        found = await browser.get(f"/inbox/tickets/bikes/{one}?same=086 1234567")
        [(mine, *_), (hers, *_)] = before
        assert f'name="same" value="{hers}"' in found.text
        await browser.act("bikes", one, "merge", same=str(hers))
        page = await browser.get(f"/inbox/tickets/bikes/{one}")
        assert "+353861234567" in page.words
        assert "by the desk" in page.words
        assert f"/tickets/bikes/{other}" in page.text  # her other ticket
        assert {row[1] for row in await house.rows("select id, customer_id from ticket")} == {mine}
        assert {row[0] for row in await house.rows("select customer_id from thread")} == {mine}
        assert (await browser.act("bikes", one, "merge", same=str(hers))).status == 409
        await house.write("bikes", "Emm", "It is me again", "en")
        await browser.act("bikes", one, "unmerge", merge=page.value("merge"))
        assert await house.rows("select id, name, phone, verified_by, merged_into from customer order by id") == before
        assert await house.rows("select id, customer_id from ticket order by id") == tickets
        assert (await browser.act("bikes", one, "unmerge", merge=page.value("merge"))).status == 409


async def test_who_is_blocked_hears_nothing_and_is_kept(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Zed", "en")
    async with house.browser("Marta") as browser:
        page = await browser.act("bikes", number, "block")
        assert "Let her in again" in page.words
        for words in ("/start", "buy cheap watches", "urgent"):
            await house.write("bikes", "Zed", words)
        assert house.heard("bikes", "Zed") == []
        assert await house.rows("select count(*) from ticket where state <> 'done'") == [(0,)]
        assert "buy cheap watches" in (await browser.get(f"/inbox/tickets/bikes/{number}")).words
        assert (await browser.act("bikes", number, "reply", text="No")).status == 409
        await browser.act("bikes", number, "unblock")
        await house.write("bikes", "Zed", "/help")
        assert len(house.heard("bikes", "Zed")) == 1


async def test_a_ticket_is_passed_on_with_a_word_and_a_task_made_of_a_message(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    await house.write("salon", "Anna", "Proszę o fakturę", "pl")
    ewa = await house.hire("Ewa", "salon", language="en")
    async with house.browser("Giulia") as browser:
        await browser.act("salon", number, "assign", staff=str(ewa), word="Chiede la fattura")
        page = await browser.act("salon", number, "task", text="Fattura per Anna", until="2026-11-24T12:00")
        assert "Fattura per Anna" in page.words
        assert "Proszę o fakturę" in page.words  # the talk is before her
        assert "state-accepted" in page.text  # its sheet stands with it
        assert await house.rows("select kind, customer_id from ticket order by id desc limit 1") == [("task", 1)]
        assert await house.rows("select title, state, asked_by from task") == [
            ("Fattura per Anna", "accepted", "Giulia")
        ]
        assert (await browser.act("salon", number, "task", text=" ")).status == 409
    async with house.browser("Ewa") as other:
        page = await other.get(f"/inbox/tickets/salon/{number}")
        assert "Note of Giulia → Ewa" in page.words
        assert "Chiede la fattura" in page.words


async def test_an_order_is_taken_and_a_message_is_taken_on(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")
    async with house.browser("Marta") as browser:
        page = await browser.get(f"/inbox/tickets/bikes/{number}")
        item = page.text.partition('name="item-')[2].partition('"')[0]
        assert (await browser.act("bikes", number, "new-order", note=" ")).status == 409
        page = await browser.act("bikes", number, "new-order", **{f"item-{item}": "2", "expected": "2026-11-30"})
        assert "Accepted" in page.words
        heard = house.heard("bikes", "Emma")
        assert any("Status: accepted" in said for said in heard), heard
        await logs(browser, "bikes", about="The bell is broken", end="slip", contact="aoife")
        [(slip,)] = await house.rows("select number from ticket where kind = 'message'")
        page = await browser.act("bikes", slip, "pass-on")
        assert "not taken on yet" in page.words
        page = await browser.act("bikes", slip, "acknowledge", who="Aoife Byrne")
        assert "taken on by Aoife Byrne" in page.words
        assert (await browser.act("bikes", slip, "acknowledge", who="Aoife Byrne")).status == 409


async def test_who_is_here_is_seen_from_another_process(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")
    await house.hire("Ewa", "bikes", language="en")
    two = House(house.settings, house.telegram)
    async with two.built(), house.browser("Marta") as marta, two.browser("Ewa") as ewa:
        path = f"/inbox/tickets/bikes/{number}"
        async with ewa.session.get(f"{two.app.url}/inbox/stream") as stream:
            await heard(stream, "ready")
            csrf = (await marta.get(path)).value("csrf")
            await heard(stream, "changed")
        assert "Marta is here too" in (await ewa.get(path)).words
        await marta.post(f"{path}/draft", csrf=csrf, box="team", text="Is the fra")
        assert "Marta is writing" in (await ewa.get(path)).words
        house.now = two.now = house.now + timedelta(minutes=5)
        assert "Marta" not in (await ewa.get(path)).words.partition("Assign")[0]


async def heard(stream: aiohttp.ClientResponse, event: str) -> None:
    """Waits for an event of the stream."""
    while (line := await stream.content.readline()).strip() != f"event: {event}".encode():
        assert line
