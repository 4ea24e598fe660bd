"""Everybody can use it: axe-core finds nothing, in light and dark, on a desktop and on a phone."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from playwright.async_api import Browser, Page, expect

from bot.inbox.codes import STEP
from bot.inbox.login import MOST_FOR_NAME, WITHIN
from tests.browser.axe import clean
from tests.browser.conftest import Open
from tests.browser.test_stories import asks_for_a_person, goes
from tests.inbox.house import PASSWORD, House

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


async def logs_in(house: House, page: Page, password: str = PASSWORD) -> None:
    """Gives a name and a password."""
    await page.goto(f"{house.app.url}/inbox/login")
    await page.get_by_label("Your name").fill("Giulia")
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("width", [1440, 390])
async def test_the_ways_in(house: House, browser: Browser, width: int) -> None:
    await house.hire("Giulia", "salon", language="en")
    context = await browser.new_context(viewport={"width": width, "height": 844}, locale="en-GB")
    page = await context.new_page()
    alert = page.get_by_role("alert")
    await logs_in(house, page, "not hers")
    await expect(alert).to_contain_text("do not belong together")
    await clean(page)

    # She sets one-time codes up: a picture, a code that is wrong, her recovery codes.
    await logs_in(house, page)
    await expect(page.locator(".rail")).to_be_visible()
    await page.goto(f"{house.app.url}/inbox/me")
    await page.get_by_label("The password you have now").fill(PASSWORD)
    await page.get_by_role("button", name="Set it up").click()
    await expect(page.get_by_role("img", name="The picture for your authenticator")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await clean(page)
    made = pyotp.TOTP(await page.locator(".secret").inner_text(), interval=STEP)
    switch = page.get_by_role("button", name="Switch it on")
    await page.get_by_label("The code").fill("000000")
    await switch.click()
    await expect(alert).to_be_visible()
    await clean(page)
    await page.get_by_label("The code").fill(made.at(house.now))
    await switch.click()
    await expect(page.locator(".codes li")).to_have_count(10)
    await clean(page)

    # From now on she is asked for one: a wrong one, too many of them, and a good one.
    await context.clear_cookies()
    await logs_in(house, page)
    code = page.get_by_label("The code from your authenticator")
    await expect(code).to_be_focused()
    await clean(page)
    for _try in range(MOST_FOR_NAME):
        await code.fill("111111")
        await page.get_by_role("button", name="Log in").click()
        await expect(alert).to_contain_text("not right")
        await expect(code).to_have_value("")
    await clean(page)
    await code.fill("111111")
    await page.get_by_role("button", name="Log in").click()
    await expect(alert).to_contain_text("Too many tries")
    await clean(page)
    house.now += WITHIN + timedelta(seconds=STEP)
    await logs_in(house, page)
    await code.fill(made.at(house.now))
    await page.get_by_role("button", name="Log in").click()
    await expect(page.locator(".rail")).to_be_visible()
    await context.close()
