"""The agenda of all her clients: what stands on it, and booking, moving and calling off from it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from sqlalchemy import Connection

from tests.inbox.house import MONDAY, Browser, House, Page

TUESDAY = "2026-11-24"


def times(page: Page) -> list[str]:
    """The free times that are offered."""
    return [unescape(one) for one in re.findall(r'name="slot" value="([^"]+\|[^"]+)"', page.text)]


async def books(browser: Browser, slug: str, service: str, day: str = TUESDAY, **form: Any) -> Page:
    """Books the first free time of a day, or what the form says."""
    path = f"/inbox/agenda/{slug}/new"
    page = await browser.get(f"{path}?service={service}&day={day}")
    assert page.status == 200, page.text
    fields = {"csrf": page.value("csrf"), "token": page.value("token"), "service": service, "day": day}
    if "slot" not in form:
        fields["slot"] = times(page)[0]
    return await browser.post(path, **{**fields, "name": "Wanda Lis", "phone": "600 100 200", "language": "pl", **form})


async def acts(browser: Browser, path: str, **form: Any) -> Page:
    """Sends one of the forms of an appointment's page."""
    page = await browser.get(path)
    return await browser.post(
        path + "/" + form.pop("doing"), csrf=page.value("csrf"), token=page.value("token"), **form
    )


async def test_a_caller_without_a_chat_is_booked_by_the_rules_of_the_bot(house: House) -> None:
    async with house.browser("Giulia") as browser:
        empty = await browser.get(f"/inbox/agenda?day={TUESDAY}")
        assert empty.status == 200
        assert "Wanda" not in empty.words
        page = await books(browser, "salon", "strzyzenie", under="", note="<b>pies</b>")
        assert page.status == 200, page.words
        assert re.search(r"/inbox/agenda/salon/\d+$", page.url)
        assert "Wanda Lis" in page.words
        assert "<b>pies" not in page.text
        assert "+48600100200" in page.text
        day = await browser.get(f"/inbox/agenda?day={TUESDAY}")
        assert "Wanda Lis" in day.words
        [column] = re.findall(r'href="(/inbox/agenda/salon/new[^"]*resource=zofia)"', day.text)
        assert 'name="resource" value="zofia"' in (await browser.get(unescape(column))).text
        assert "Salon Pod Kasztanem" in day.words
        week = await browser.get(f"/inbox/agenda?day={TUESDAY}&view=week")
        assert "Wanda Lis" in week.words
        paper = await browser.get(f"/inbox/agenda?day={TUESDAY}&print=yes")
        assert "+48 600 100 200" in paper.words
    [(name, phone, status)] = await house.rows(
        "select customer.name, customer.phone, status from appointment join customer on customer.id = customer_id"
    )
    assert (name, phone, status) == ("Wanda Lis", "+48600100200", "booked")
    assert await house.rows("select count(*) from job where conversation_id is not null") == [(0,)]


async def test_a_second_click_books_once_and_a_taken_time_is_told(house: House) -> None:
    async with house.browser("Giulia") as browser:
        page = await browser.get(f"/inbox/agenda/salon/new?service=broda&day={TUESDAY}")
        form = {"csrf": page.value("csrf"), "token": page.value("token"), "service": "broda", "day": TUESDAY}
        form |= {"slot": times(page)[0], "name": "Jan Nowak", "phone": ""}
        for _ in range(2):
            assert (await browser.post("/inbox/agenda/salon/new", **form)).status == 200
        assert await house.rows("select count(*) from appointment") == [(1,)]
        late = await browser.post("/inbox/agenda/salon/new", **{**form, "token": "another", "name": "Ola Wrona"})
        assert late.status == 409
        assert 'value="Ola Wrona"' in late.text  # what was typed is there still
        assert await house.rows("select count(*) from appointment") == [(1,)]


async def test_a_rule_is_waived_for_a_reason_only(house: House) -> None:
    async with house.browser("Giulia") as browser:
        sunday = {"slot": "other", "at": "2026-11-29T20:00", "with": "marta"}
        page = await books(browser, "salon", "strzyzenie", **sunday, waived=" ")
        assert page.status == 409
        assert await house.rows("select count(*) from appointment") == [(0,)]
        page = await books(browser, "salon", "strzyzenie", **sunday, waived="Lo vuole Marta")
        assert page.status == 200
        assert "Lo vuole Marta" in page.words
        # Overbooked, she stands on a seat of her own, and the bot still takes the time for taken.
        page = await books(browser, "salon", "strzyzenie", **sunday, waived="Anche questa", name="Ola")
        assert page.status == 200, page.words
        assert await house.rows("select seat, waived from appointment order by id") == [
            (0, "Lo vuole Marta"),
            (1, "Anche questa"),
        ]
        past = await books(
            browser, "salon", "strzyzenie", slot="other", at="2026-11-20T10:00", waived="x", **{"with": "marta"}
        )
        assert past.status == 409


async def test_a_customer_with_a_chat_hears_of_it(house: House) -> None:
    await house.write("salon", "Anna", "/human", "pl")
    house.heard("salon", "Anna")
    [(customer,)] = await house.rows("select id from customer")
    async with house.browser("Giulia") as browser:
        page = await books(browser, "salon", "strzyzenie", customer=str(customer))
        said, *_file = house.heard("salon", "Anna")
        assert "Termin zarezerwowany" in said
        path = page.url.removeprefix(house.app.url)
        moving = await browser.get(f"{path}/move?day={TUESDAY}")
        form = {"csrf": moving.value("csrf"), "token": moving.value("token"), "slot": times(moving)[-1]}
        assert (await browser.post(f"{path}/move", **form)).status == 200
        said, *_file = house.heard("salon", "Anna")
        assert "przełożon" in said.lower() or "zmienion" in said.lower()
        cancelled = await acts(browser, path, doing="cancel", reason="ferie")
        assert cancelled.status == 200
        said, *_file = house.heard("salon", "Anna")
        assert "odwołan" in said.lower()
        assert (await acts(browser, path, doing="cancel")).status == 409
    assert await house.rows("select status, sequence from appointment") == [("cancelled", 2)]


async def test_what_is_asked_for_is_seen_and_holds_that_lapsed_are_not(house: House) -> None:
    async with house.browser("Marta") as browser:
        page = await books(browser, "bikes", "puncture", name="Emma", phone="")
        assert page.status == 200, page.words
        await house.app.database.transact(
            lambda write: write.exec_driver_sql(
                "update appointment set status = 'held', held_until = '2026-11-23 11:00:00.000000'"
            ).close()
        )
        assert "Emma" not in (await browser.get(f"/inbox/agenda?day={TUESDAY}")).words
        await house.app.database.transact(
            lambda write: write.exec_driver_sql(
                "update appointment set status = 'requested', held_until = null"
            ).close()
        )
        assert "Emma" in (await browser.get(f"/inbox/agenda?day={TUESDAY}")).words


async def test_another_client_s_appointment_is_not_there(house: House) -> None:
    async with house.browser("Marta") as browser:
        page = await books(browser, "bikes", "puncture", name="Zelda", phone="085 123 4567")
        number = page.url.rsplit("/", 1)[1]
    async with house.browser("Giulia") as browser:
        for path in (f"bikes/{number}", f"salon/{number}", f"salon/{number}/move", f"bikes/{number}/move", "bikes/new"):
            page = await browser.get(f"/inbox/agenda/{path}")
            assert page.status == 404, path
            assert "Zelda" not in page.text
        token = {"csrf": (await browser.get("/inbox/me")).value("csrf"), "token": "t"}
        for doing in ("move", "cancel", "confirm"):
            page = await browser.post(f"/inbox/agenda/salon/{number}/{doing}", **token, slot=f"{TUESDAY}T12:00|marta")
            assert page.status in {404, 409}
        for query in (f"?day={TUESDAY}", f"?day={TUESDAY}&client=bikes", f"?day={TUESDAY}&view=week&print=yes"):
            assert "Zelda" not in (await browser.get(f"/inbox/agenda{query}")).text
        # Nor is another client's customer somebody to book for, or to be found.
        [(customer,)] = await house.rows("select id from customer where name = 'Zelda'")
        page = await books(browser, "salon", "strzyzenie", customer=str(customer))
        assert page.status == 409
        assert "Zelda" not in (await browser.get(f"/inbox/calls/salon?customer={customer}")).text
        assert "85 123" not in (await browser.get("/inbox/calls/salon?q=1234567")).words
    assert await house.rows("select status from appointment") == [("booked",)]


async def test_the_client_s_own_calendar_opens_by_a_key_that_can_be_taken_back(house: House) -> None:
    async with house.browser("Giulia") as browser, house.browser() as calendar:
        await books(browser, "salon", "strzyzenie")
        page = await browser.get("/inbox/agenda")
        form = {"csrf": page.value("csrf"), "token": page.value("token")}
        made = await browser.post("/inbox/clients/salon/agenda-key", **form)
        address = unescape(re.search(r'value="([^"]*agenda\.ics[^"]*)"', made.text)[1])  # type: ignore[index]
        assert (await browser.post("/inbox/clients/salon/agenda-key", **form)).text.count(address.split("key=")[1]) == 1
        shown = await calendar.get(address)
        assert shown.status == 200
        assert shown.headers["Content-Type"].startswith("text/calendar")
        assert "Wanda Lis" in shown.text
        for wrong in (address[:-1], address.replace("salon", "bikes"), address.split("?")[0] + "?key="):
            assert (await calendar.get(wrong)).status == 404
        assert (
            await browser.post("/inbox/clients/salon/agenda-key", **{**form, "token": "b", "revoke": "yes"})
        ).status == 200
        assert (await calendar.get(address)).status == 404
    [(kept,)] = await house.rows("select count(*) from updates where reply like :key", key=f"%{address[-20:]}%")
    assert kept == 0


async def test_a_telephone_only_customer_is_on_the_list_of_people_to_call(house: House) -> None:
    async with house.browser("Giulia") as browser:
        await books(browser, "salon", "strzyzenie")
        calls = await browser.get("/inbox/calls")
        assert "Wanda Lis" in calls.words
        assert "tel:+48600100200" in calls.text
        [(number,)] = await house.rows("select id from appointment")
        page = await browser.post(
            f"/inbox/agenda/salon/{number}/confirm", csrf=calls.value("csrf"), token=calls.value("token"), back="calls"
        )
        assert page.url.endswith("/inbox/calls")
        assert "Wanda Lis" not in page.words
    assert await house.rows("select confirmed_at is not null from appointment") == [(1,)]


async def test_the_board_stands_on_her_own_clock(house: House) -> None:
    async with house.browser("Marta") as browser:
        page = await books(browser, "bikes", "puncture", name="Emma", phone="")
        assert page.status == 200
        [(start,)] = await house.rows("select starts_at from appointment")
        at = datetime.fromisoformat(str(start)).replace(tzinfo=UTC)
        shown = await browser.get(f"/inbox/agenda?day={TUESDAY}")
        hers = at + timedelta(hours=1)
        assert f"{hers.hour}:{hers:%M} Emma" in shown.words
    assert at > MONDAY


async def test_closed_and_uncovered_hours_are_shaded(house: House) -> None:
    async with house.browser("Marta") as browser:
        for view in ("", "&view=week"):
            page = await browser.get(f"/inbox/agenda?day={TUESDAY}{view}")
            assert "shade closed t" in page.text
            assert "shade gap t" not in page.text

        def leave(write: Connection) -> None:
            write.exec_driver_sql("delete from coverage")
            write.exec_driver_sql("update client set version = version + 1")

        await house.app.database.transact(leave)
        for view in ("", "&view=week"):
            assert "shade gap t" in (await browser.get(f"/inbox/agenda?day={TUESDAY}{view}")).text
