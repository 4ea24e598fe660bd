"""Closing hours: first what they hit is shown, then each has a ticket with other times; and who did not come."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from tests.inbox.house import House
from tests.inbox.test_agenda import TUESDAY, acts, books, times


async def test_a_closure_shows_what_it_hits_and_asks_for_other_times(house: House) -> None:
    async with house.browser("Giulia") as browser:
        await books(browser, "salon", "strzyzenie", slot=f"{TUESDAY}T09:00:00+00:00|zofia")
        await books(browser, "salon", "broda", slot=f"{TUESDAY}T09:00:00+00:00|kamil", name="Jan Nowak", phone="")
        path = "/inbox/agenda/salon/close"
        wish = {"first": TUESDAY, "last": "", "opens": "09:30", "closes": "11:00", "resource": "zofia", "reason": "USG"}
        asked = "&".join(f"{name}={value}" for name, value in wish.items())
        looked = await browser.get(f"{path}?look=yes&{asked}")
        assert "Wanda Lis" in looked.words
        assert "Jan Nowak" not in looked.words
        assert await house.rows("select count(*) from closure where reason = 'USG'") == [(0,)]
        form = {"csrf": looked.value("csrf"), "token": looked.value("token")}
        for _ in range(2):
            assert (await browser.post(path, **form, **wish)).status == 200
        [(number, data)] = await house.rows("select number, data from ticket where kind = 'task'")
        shown = await browser.get(f"/inbox/tickets/salon/{number}")
        near = times(shown)
        assert len(near) == 3  # each to be taken by a click, while she is on the telephone
        assert "Allora è chiuso: Wanda Lis" in shown.words
        assert "Wanda Lis" in (await browser.get("/inbox/calls")).words
        there = f"/inbox/agenda/salon/{json.loads(data)['hit']}/move"
        nobody = await browser.act("salon", number, "offer", slot=near[0])
        assert nobody.status == 409  # she has no chat
        free = times(await browser.get(f"/inbox/agenda/salon/new?service=strzyzenie&day={TUESDAY}&resource=zofia"))
        assert free
        assert not any("T09:" in one for one in free)
        moved = await browser.post(there, csrf=shown.value("csrf"), token="there", slot=near[1])
        assert moved.status == 200
        assert await house.rows("select state, outcome from ticket where kind = 'task'") == [("done", "moved")]
        again = await browser.get(path)
        [place] = re.findall(rf'name="closure" value="(\d+:{TUESDAY})"', again.text)
        opened = {"csrf": again.value("csrf"), "token": "back", "closure": place}
        await browser.post("/inbox/agenda/salon/open", **opened)
        assert await house.rows("select count(*) from closure where reason = 'USG'") == [(0,)]
        assert (await browser.get(f"{path}?look=yes&first=2020-01-01")).status == 409
        assert (await browser.get("/inbox/agenda/bikes/close")).status == 404


async def test_who_does_not_answer_is_to_be_called_and_may_still_choose(house: House) -> None:
    await house.write("salon", "Anna", "/start", "pl")
    [(customer,)] = await house.rows("select id from customer")
    async with house.browser("Giulia") as browser:
        taken = {"slot": f"{TUESDAY}T13:00:00+00:00|zofia", "customer": str(customer)}
        await books(browser, "salon", "strzyzenie", **taken)
        house.heard("salon", "Anna")
        looked = await browser.get(f"/inbox/agenda/salon/close?look=yes&first={TUESDAY}")
        form = {"csrf": looked.value("csrf"), "token": looked.value("token"), "first": TUESDAY, "offer": "yes"}
        closed = await browser.post("/inbox/agenda/salon/close", **form)
        assert "Il cliente può rispondere" in closed.words
        [offered] = house.heard("salon", "Anna")
        assert "nie może odbyć się" in offered
        assert "Anna" not in (await browser.get("/inbox/calls")).words
        await house.pass_by(timedelta(hours=4))
        assert house.heard("salon", "Anna") == []
        assert await house.rows("select state, due_at is null from ticket") == [("open", 0)]
        calls = await browser.get("/inbox/calls")
        assert "serve un altro orario" in calls.words
        assert "serve un altro orario" in (await browser.get(f"/inbox/agenda?day={TUESDAY}")).words
        anna = house.person("salon", "Anna")
        message = next(one for one in reversed(anna.messages) if one.inline)
        await house.take("salon", anna.press(message, message.labels[-2][0]))
        assert "Wizyta przełożona" in house.heard("salon", "Anna")[0]
        assert await house.rows("select state, outcome from ticket") == [("done", "moved")]
        late = await browser.post("/inbox/agenda/salon/offer", csrf=form["csrf"], token="late", ticket="1001")
        assert late.status == 409


async def test_who_did_not_come(house: House) -> None:
    async with house.browser("Giulia") as browser:
        page = await books(browser, "salon", "strzyzenie", slot=f"{TUESDAY}T09:00:00+00:00|zofia")
        path = page.url.removeprefix(house.app.url)
        early = await acts(browser, path, doing="missed")
        assert early.status == 409
        house.now += timedelta(days=1)
        await house.app.settle()
        assert await house.rows("select status from appointment") == [("done",)]
        await browser.login("Giulia")  # her session of yesterday is over
        await acts(browser, path, doing="missed")
        assert await house.rows("select status from appointment") == [("missed",)]
