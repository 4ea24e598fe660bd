"""The office behind the tickets over PostgreSQL: work, alerts, closing, calendars and the overview, in one story."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.inbox.house import House, a_house
from tests.inbox.test_agenda import TUESDAY, books
from tests.inbox.test_feeds import Server, a_calendar
from tests.inbox.test_work import beats


@pytest.fixture
async def on_postgres(postgres_with_examples: str) -> AsyncIterator[House]:
    """The house over PostgreSQL, which may look into private nets, with Giulia at its desk."""
    async with a_house(postgres_with_examples) as house:
        house.settings = house.settings.model_copy(update={"private_calendars": True})
        async with house.built():
            await house.hire("Giulia", "salon", language="en")
            yield house


async def test_a_day_of_the_office(on_postgres: House) -> None:
    house = on_postgres
    foreign = Server(a_calendar("20261125T080000Z/20261125T160000Z"))
    async with foreign.serve() as server, house.browser("Giulia") as browser:
        form = {"csrf": (page := await browser.get("/inbox/alerts")).value("csrf"), "token": page.value("token")}
        await browser.post("/inbox/alerts", **form, **{"kind-chat": "yes"}, quiet_from="22:00", quiet_to="07:00")
        linking = await browser.post("/inbox/alerts/link", **form)
        [code] = re.findall(r'value="(/start link-[^"]+)"', linking.text)
        await house.write("salon", "Giulia", code)
        assert "Linked" in house.heard("salon", "Giulia")[0]
        await house.write("salon", "Ola", "/human", "pl")
        [(number,)] = await house.rows("select number from ticket")
        house.now += timedelta(minutes=2)
        await house.app.settle()
        assert "Somebody waits for an answer." in house.heard("salon", "Giulia")[0]
        await browser.get(f"/inbox/tickets/salon/{number}")
        await beats(browser, "salon", number)
        house.now += timedelta(minutes=3)
        await beats(browser, "salon", number, leaves="yes")
        await browser.act("salon", number, "reply", text="Dzień dobry")
        await books(browser, "salon", "strzyzenie", slot=f"{TUESDAY}T09:00:00+00:00|zofia")
        form |= {"addresses": f"{server.url}/busy.ics", "token": "feeds"}
        assert (await browser.post("/inbox/agenda/salon/calendars/zofia", **form)).status == 200
        await house.app.settle()
        assert await house.rows("select count(*) from busy_time") == [(1,)]
        closed = {"first": TUESDAY, "resource": "zofia", "token": "closes", "csrf": form["csrf"]}
        await browser.post("/inbox/agenda/salon/close", **closed)
        assert await house.rows("select count(*) from ticket where kind = 'task'") == [(1,)]
        for path in ("work", "work.csv", "overview", "agenda?day=2026-11-25", "agenda/salon/close", "alerts", ""):
            assert (await browser.get(f"/inbox/{path}")).status == 200
    kinds = {kind for (kind,) in await house.rows("select kind from work")}
    assert kinds == {"message", "booking"}
