"""Everybody can use it: axe-core finds nothing, in light and dark, on a desktop and on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_stories import asks_for_a_person
from tests.inbox.house import House


async def clean(page: Page) -> None:
    """Demands that axe has nothing to say."""
    found = await Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page(house: House, sits: Open, width: int, scheme: str) -> None:
    await asks_for_a_person(house, "salon", "Anna", "pl", "ból, to pilne")
    await house.hire("Giulia", "salon", "dentista", "bikes", language="it", role="admin")
    page = await sits("Giulia", width=width, color_scheme=scheme)
    await expect(page.locator(".ticket")).to_have_count(1)
    await clean(page)
    await page.locator(".ticket").click()
    await page.get_by_label("Risposta al cliente").fill("Tak")
    await page.get_by_role("button", name="Mandare come").click()
    await expect(page.locator(".said.va")).to_be_visible()
    await page.get_by_role("radio", name="Nota").check()
    await page.get_by_label("Nota per la segreteria").fill("nota")
    await page.get_by_role("button", name="Salvare la nota").click()
    await expect(page.locator(".said.note")).to_be_visible()
    await clean(page)
    if width < 1000:
        await page.get_by_label("Azienda e cliente", exact=True).first.click()
        await clean(page)
    await page.goto(f"{house.app.url}/inbox/clients/salon")
    await page.get_by_text("Saluto").click()
    await clean(page)
    await page.goto(f"{house.app.url}/inbox/me")
    await clean(page)
    await page.goto(f"{house.app.url}/inbox/office")
    await clean(page)
    await page.context.clear_cookies()
    await page.goto(f"{house.app.url}/inbox/")
    await clean(page)
