"""The pages of the office behind the tickets: work, overview, alerts, closing, calendars; axe finds nothing."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.axe import clean
from tests.browser.conftest import Open
from tests.browser.test_stories import asks_for_a_person
from tests.inbox.house import House
from tests.inbox.test_agenda import TUESDAY
from tests.inbox.test_calls import operate


@pytest.mark.parametrize("width", [1440, 390])
async def test_the_pages_of_the_office(house: House, sits: Open, width: int) -> None:
    await asks_for_a_person(house, "salon", "Anna", "pl", "ból, to pilne")
    for slug, service, resource in (("salon", "strzyzenie", "zofia"), ("dentista", "igiene", "")):
        at = {"at": f"{TUESDAY}T10:00", "resource": resource, "name": "Wanda Lis", "phone": "+48600100200"}
        await operate(house, slug, "book_for", service=service, waived="a test", **at)
    page = await sits("Giulia", width=width)
    async with page.expect_response(lambda answer: answer.url.endswith("/seen")) as counted:
        await page.locator(".ticket").first.click()
    assert (await counted.value).status == 204
    assert await house.rows("select kind from stretch") == [("focus",)]
    await page.goto(f"{house.app.url}/inbox/work")
    await expect(page.get_by_role("heading", name="Lavoro")).to_be_visible()
    await clean(page)
    await page.get_by_text("Aggiungere quello che non è registrato").click()
    await clean(page)
    for path in ("overview", "alerts", f"agenda?day={TUESDAY}", "agenda/salon/calendars"):
        await page.goto(f"{house.app.url}/inbox/{path}")
        await clean(page)
    await page.goto(f"{house.app.url}/inbox/alerts")
    await page.get_by_role("button", name="Collegare").first.click()
    await expect(page.get_by_text("/start link-").or_(page.get_by_label("Oppure scriva lì"))).to_be_visible()
    await clean(page)
    await page.goto(f"{house.app.url}/inbox/agenda/salon/close?day={TUESDAY}")
    await page.get_by_role("button", name="Vedere che cosa tocca").click()
    await expect(page.get_by_text("Wanda Lis")).to_be_visible()
    await clean(page)
    await page.get_by_role("button", name="Chiudere in quel momento").click()
    left = page.get_by_role("link", name="Wanda Lis")
    await expect(left).to_be_visible()
    await clean(page)
    await left.click()
    await expect(page.locator("#card h2").filter(has_text="altri orari")).to_have_count(1)
    await clean(page)
