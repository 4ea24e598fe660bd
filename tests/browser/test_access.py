"""Everybody can use it: axe-core finds nothing, in light and dark, on a desktop and on a phone."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.axe import clean
from tests.browser.conftest import Open
from tests.browser.test_stories import asks_for_a_person, goes
from tests.inbox.house import House

PARTS = ("hours", "resources", "contacts", "catalogue", "urgent", "answers", "rules")


@pytest.mark.parametrize("width", [1440, 390])
async def test_every_page(house: House, sits: Open, width: int) -> None:
    await asks_for_a_person(house, "salon", "Anna", "pl", "ból, to pilne")
    await house.hire("Giulia", "salon", "dentista", "bikes", language="it", role="admin")
    page = await sits("Giulia", width=width)
    await expect(page.locator(".ticket")).to_have_count(1)
    await clean(page)
    await page.locator(".ticket").click()
    await page.get_by_label("Risposta al cliente").fill("Tak")
    await page.get_by_role("button", name="Mandare come").click()
    await goes(house, page)
    await expect(page.locator(".said.va")).to_be_visible()
    await page.get_by_role("radio", name="Nota").check()
    await page.get_by_label("Nota per la segreteria").fill("nota")
    await page.get_by_role("button", name="Salvare la nota").click()
    await expect(page.locator(".said.note")).to_be_visible()
    await clean(page)
    if width < 1000:
        await page.get_by_label("Azienda e cliente", exact=True).first.click()
        await clean(page)
    await page.goto(f"{house.app.url}/inbox/clients/salon/words")
    await page.get_by_text("Saluto").click()
    await clean(page)
    await page.goto(f"{house.app.url}/inbox/me")
    await clean(page)
    for path in ("office", "tasks", *(f"clients/salon/{part}" for part in PARTS)):
        await page.goto(f"{house.app.url}/inbox/{path}")
        await expect(page.locator("main")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        await clean(page)
    await page.context.clear_cookies()
    await page.goto(f"{house.app.url}/inbox/")
    await clean(page)
