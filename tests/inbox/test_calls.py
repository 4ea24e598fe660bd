"""The telephone: who called, about what, and what it ended in."""

from __future__ import annotations

import re
from typing import Any

from bot.update import Face, Kind, OfClient, Update
from storage import clients
from tests.inbox.house import Browser, House, Page
from tests.inbox.test_agenda import times


async def logs(browser: Browser, slug: str, query: str = "", **form: Any) -> Page:
    """Fills in the form of a call and sends it."""
    page = await browser.get(f"/inbox/calls/{slug}{query}")
    assert page.status == 200, page.text
    fields = {"csrf": page.value("csrf"), "token": page.value("token"), "name": "Nora Kelly", "phone": "085 123 4567"}
    return await browser.post(f"/inbox/calls/{slug}", **{**fields, "language": "en", **form})


async def operate(house: House, slug: str, act: str, /, **data: Any) -> Any:
    """What the operator does for a client."""
    found = await house.app.database.read(lambda rows: clients.find(rows, slug))
    assert found is not None
    update = Update(
        id=f"{act}{data}",
        channel="operator",
        account="",
        face=Face.OPERATOR,
        kind=Kind.ACT,
        target=OfClient(found[0]),
        at=house.now,
        name=act,
        data=data,
    )
    reply = await house.app.door.handle(update)
    assert reply is not None
    assert not reply.error
    return reply.data


async def test_the_script_is_before_her_and_a_note_is_kept(house: House) -> None:
    async with house.browser("Marta") as browser:
        page = await browser.get("/inbox/calls/bikes")
        assert "Most repairs are done" in page.words or "repairs" in page.words.lower()
        assert (await logs(browser, "bikes", about=" ", end="note")).status == 409
        done = await logs(browser, "bikes", about="Asks for <b>Sunday</b> hours", end="note")
        assert done.status == 200
        assert "Call 1001 is written down." in done.words
        ticket = await browser.get("/inbox/tickets/bikes/1001")
        assert "Asks for <b>Sunday</b> hours" in ticket.words.replace("&lt;", "<")
        assert "Nora Kelly" in ticket.words
    assert await house.rows("select kind, state, outcome from ticket") == [("call", "done", "note by Marta")]
    assert await house.rows("select name, phone, language from customer") == [("Nora Kelly", "+353851234567", "en")]


async def test_the_caller_is_found_by_any_part_of_her_number(house: House) -> None:
    async with house.browser("Marta") as browser:
        await logs(browser, "bikes", about="First", end="note")
        [(customer,)] = await house.rows("select id from customer")
        for typed in ("085 12", "1234567", "%2B353 85", "00353851", "nora", "KELLY"):
            page = await browser.get(f"/inbox/calls/bikes?q={typed}")
            assert f"?customer={customer}" in page.text, typed
        for typed in ("08", "999", "norma", "%25", "___"):
            assert "?customer=" not in (await browser.get(f"/inbox/calls/bikes?q={typed}")).text, typed
        await logs(browser, "bikes", about="Second, by number", end="note")
        again = await logs(browser, "bikes", f"?customer={customer}", customer=str(customer), about="Third", end="note")
        assert again.status == 200
    assert await house.rows("select count(*) from customer") == [(1,)]
    assert await house.rows("select count(*) from ticket where kind = 'call'") == [(3,)]


async def test_it_ends_as_a_message(house: House) -> None:
    async with house.browser("Marta") as browser:
        page = await logs(browser, "bikes", about="Call me", end="slip", contact="aoife", call_back="after five")
        assert "is in the queue" in page.words
        queue = await browser.get("/inbox/")
        assert "Nora Kelly" in queue.words
        [(number,)] = await house.rows("select number from ticket where kind = 'message'")
        ticket = await browser.get(f"/inbox/tickets/bikes/{number}")
        assert "Aoife Byrne" in ticket.words
        assert "after five" in ticket.words
        assert (await browser.act("bikes", number, "done")).status == 200
    assert await house.rows("select passed_at is not null, phone from slip") == [(1, "+353851234567")]


async def test_it_ends_as_an_appointment_and_stays_open_until_it_is_made(house: House) -> None:
    async with house.browser("Marta") as browser:
        page = await logs(browser, "bikes", about="A puncture", end="booking")
        assert "/inbox/agenda/bikes/new?" in page.url
        assert await house.rows("select state from ticket where kind = 'call'") == [("open",)]
        path = page.url.removeprefix(house.app.url)
        page = await browser.get(f"{path}&service=puncture&day=2026-11-24")
        fields = {name: page.value(name) for name in ("csrf", "token", "service", "day", "customer", "call")}
        booked = await browser.post("/inbox/agenda/bikes/new", **fields, slot=times(page)[0])
        assert booked.status == 200
        assert "Nora Kelly" in booked.words
    [(state, outcome)] = await house.rows("select state, outcome from ticket where kind = 'call'")
    assert state == "done"
    assert outcome.startswith("appointment ")


async def test_how_an_order_stands_is_told_once_it_is_proven(house: House) -> None:
    line = {"number": "1042", "status": "ready", "phone": "+353851234567", "expected_on": "2026-11-30"}
    await operate(house, "bikes", "import_orders", orders=[line])
    async with house.browser("Marta") as browser:
        for wrong in (
            {"order": "1042", "proof": "+353 85 999 9999"},
            {"order": "1043", "proof": "085 123 4567"},
            {"order": "1042"},
        ):
            page = await logs(browser, "bikes", end="order", **wrong)
            assert page.status == 409
            assert "Ready" not in page.words
            assert "There is no order with this number and this proof." in page.words
        page = await logs(browser, "bikes", end="order", order="1042", proof="085 123 4567")
        assert page.status == 200
        assert "Order 1042: Ready." in page.words
        page = await logs(browser, "bikes", end="order", order="1042", vouched="yes")
        assert "Order 1042: Ready." in page.words
    kept = await house.rows("select data from ticket where kind = 'call' order by id")
    assert ['"phone"' in str(one) for (one,) in kept] == [True, False]
    assert '"vouched"' in str(kept[1][0])


async def test_what_she_is_to_be_told_is_told_on_the_telephone_and_the_client_hears(house: House) -> None:
    async with house.browser("Marta") as browser:  # the workshop's contact is reached on her own Telegram
        page = await browser.get("/inbox/alerts")
        [contact] = re.findall(r'action="(/inbox/alerts/link/bikes/[^"]+)"', page.text)[:1]
        linking = await browser.post(contact, csrf=page.value("csrf"), token=page.value("token"))
        [code] = re.findall(r'value="(/start link-[^"]+)"', linking.text)
        await house.write("bikes", "Contact", code)
    texts = {"en": "Your bike is ready."}
    await operate(house, "bikes", "relay", texts=texts, phone="+353851234567", private=False, repeat="once")
    await operate(house, "bikes", "relay", texts={"en": "For somebody else."}, phone="+353851111111")
    async with house.browser("Marta") as browser:
        await logs(browser, "bikes", about="First", end="note")
        [(customer,)] = await house.rows("select id from customer where phone <> ''")
        page = await browser.get(f"/inbox/calls/bikes?customer={customer}")
        assert "Your bike is ready." in page.words
        assert "For somebody else." not in page.words
        ids = await house.rows("select id from relay order by id")
        told = {f"told-{number}": "yes" for (number,) in ids}
        await logs(browser, "bikes", f"?customer={customer}", customer=str(customer), about="Told", end="note", **told)
        assert "Your bike is ready." not in (await browser.get(f"/inbox/calls/bikes?customer={customer}")).words
    assert await house.rows("select relay_id, customer_id from relay_told") == [(ids[0][0], customer)]
    heard = house.heard("bikes", "Contact")
    assert "Linked:" in heard[0]
    assert "Your bike is ready." in heard[-1]


async def test_a_typed_number_never_leads_to_who_only_typed_it_too(house: House) -> None:
    """A customer who wrote in a chat that this is her number may be anybody: the caller is another person."""
    await house.write("bikes", "Eve", "/human")
    await house.app.database.transact(
        lambda write: write.exec_driver_sql("update customer set phone = '+353851234567'").close()
    )
    async with house.browser("Marta") as browser:
        await logs(browser, "bikes", about="Who is it?", end="note")
    assert await house.rows("select count(*) from customer") == [(2,)]
