"""The agenda and the telephone over PostgreSQL: one story that passes every query of theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.inbox.house import House, a_house
from tests.inbox.test_agenda import TUESDAY, acts, books, times
from tests.inbox.test_calls import logs


@pytest.fixture
async def on_postgres(postgres_with_examples: str) -> AsyncIterator[House]:
    """The house over PostgreSQL, with Marta at its desk."""
    async with a_house(postgres_with_examples) as house, house.built():
        await house.hire("Marta", "bikes", language="en")
        yield house


async def test_a_call_an_appointment_and_a_calendar(on_postgres: House) -> None:
    house = on_postgres
    async with house.browser("Marta") as browser:
        page = await logs(browser, "bikes", about="A puncture", end="booking")
        [(customer,)] = await house.rows("select id from customer")
        page = await books(browser, "bikes", "puncture", customer=str(customer), call="1001")
        assert page.status == 200, page.words
        path = page.url.removeprefix(house.app.url)
        other = {"slot": "other", "at": f"{TUESDAY}T20:00", "with": "stand-1"}
        for name in ("Emma", "Nora"):  # the second stands on a seat that the stand has not
            page = await books(browser, "bikes", "puncture", **other, waived="They insist", name=name, phone="")
            assert page.status == 200, page.words
        for query in ("", "&view=week", "&print=yes"):
            words = (await browser.get(f"/inbox/agenda?day={TUESDAY}{query}")).words
            assert "Nora Kelly" in words
            assert "Emma" in words
        assert "Nora Kelly" in (await browser.get("/inbox/calls/bikes?q=085 123")).words
        assert "Nora Kelly" in (await browser.get("/inbox/calls")).words
        moving = await browser.get(f"{path}/move?day={TUESDAY}")
        form = {"csrf": moving.value("csrf"), "token": moving.value("token"), "slot": times(moving)[-1]}
        assert (await browser.post(f"{path}/move", **form)).status == 200
        assert (await acts(browser, path, doing="confirm")).status == 200
        assert (await acts(browser, path, doing="cancel")).status == 200
        page = await browser.get("/inbox/agenda")
        form = {"csrf": page.value("csrf"), "token": page.value("token")}
        for _ in range(2):
            assert (await browser.post("/inbox/clients/bikes/agenda-key", **form)).status == 200
    assert await house.rows("select status, seat from appointment order by id") == [
        ("cancelled", 0),
        ("booked", 0),
        ("booked", 1),
    ]
    assert await house.rows("select count(*) from agenda_key") == [(1,)]
