"""A call from beginning to end: the phone rings, an appointment is made, and it is moved and called off."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.axe import clean
from tests.browser.conftest import Open
from tests.inbox.house import House

PAGES = [
    "agenda?day=2026-11-25",
    "agenda?day=2026-11-25&view=week",
    "agenda?day=2026-11-25&print=yes",
    "calls",
    "calls/salon",
    "calls/salon?q=wanda",
]


async def rings(page: Page, client: str, about: str, phone: str = "600 100 200") -> None:
    """A new caller without a chat wants an appointment."""
    await page.get_by_role("link", name="Telefono").click()
    await page.locator(".rings").get_by_text(client).click()
    await expect(page.get_by_text("Alla prima visita la consulenza è gratuita.")).to_be_visible()
    await page.get_by_label("Nome e cognome").fill("Wanda Lis")
    await page.get_by_label("Telefono", exact=True).fill(phone)
    await page.get_by_label("Di che cosa si trattava?").fill(about)
    await page.get_by_role("radio", name="Un appuntamento").check()
    await page.get_by_role("button", name="Annotare").click()
    await expect(page.get_by_role("heading", name="Appuntamento per Wanda Lis")).to_be_visible()


async def picks(page: Page, *, script: bool = True) -> None:
    """Takes the first free time of a Wednesday, after the service."""
    await expect(page.get_by_label("Servizio")).to_be_visible()
    await page.wait_for_load_state()  # what is chosen before the script listens is not looked up
    await page.get_by_label("Servizio").select_option("strzyzenie")
    if not script:
        await page.get_by_role("button", name="Mostrare gli orari liberi").click()
    await expect(page.locator(".times legend")).to_be_visible()
    await page.wait_for_load_state()
    await page.get_by_label("Giorno").fill("2026-11-25")
    await page.get_by_label("Giorno").press("Enter")
    await expect(page.locator(".times legend")).to_have_text("mercoledì 25 novembre")
    await page.locator(".times input").first.check()


@pytest.mark.parametrize("script", [True, False])
async def test_a_call_becomes_an_appointment(house: House, sits: Open, script: bool) -> None:
    page = await sits("Giulia", java_script_enabled=script)
    await rings(page, "Salon Pod Kasztanem", "Vuole un taglio")
    await picks(page, script=script)
    await page.get_by_role("button", name="Fissare l'appuntamento").click()
    await expect(page.get_by_role("heading", name="Wanda Lis", exact=True)).to_be_visible()
    await expect(page.get_by_text("solo per telefono")).to_be_visible()

    # It stands on the agenda, from where it is moved.
    await page.get_by_role("link", name="Torna all'agenda").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("mercoledì 25 novembre")
    visit = page.locator(".board .visit", has_text="Wanda Lis")
    await expect(visit).to_contain_text("Taglio")
    await visit.click()
    await page.get_by_role("link", name="Spostare").click()
    await page.locator(".times .time:not(.other) input").last.check()
    await page.get_by_role("button", name="Spostare l'appuntamento").click()
    await expect(page.get_by_role("heading", name="Wanda Lis", exact=True)).to_be_visible()

    # She calls again: found by a few digits as they are typed.
    await page.get_by_role("link", name="Telefono", exact=True).click()
    await page.locator(".rings").get_by_text("Salon Pod Kasztanem").click()
    await expect(page.get_by_label("Chi chiama? Numero o nome")).to_be_visible()
    await page.wait_for_load_state()
    await page.get_by_label("Chi chiama? Numero o nome").fill("600 10")
    if not script:
        await page.get_by_role("button", name="Cercare").click()
    await page.locator(".callers").get_by_text("Wanda Lis").click()
    await page.locator("#who").get_by_role("link", name="25 novembre").click()
    await page.locator("summary", has_text="Disdire").click()
    await page.get_by_label("Motivo").fill("Non può")
    await page.get_by_role("button", name="Disdire").click()
    await expect(page.locator(".tag.cancelled")).to_be_visible()
    assert await house.rows("select status from appointment") == [("cancelled",)]
    [(state, outcome)] = await house.rows("select state, outcome from ticket where kind = 'call'")
    assert (state, outcome.split()[0]) == ("done", "appointment")


async def test_a_rule_is_waived_on_a_phone(house: House, sits: Open) -> None:
    page = await sits("Giulia", width=390, height=844, has_touch=True, is_mobile=True)
    await page.goto(f"{house.app.url}/inbox/agenda/salon/new?service=strzyzenie&day=2026-11-25")
    await page.get_by_role("radio", name="Un altro orario").check()
    await page.get_by_label("Quando, ora dell'azienda").fill("2026-11-29T20:00")
    await page.locator(".waive").get_by_label("Con").select_option("marta")
    await page.get_by_label("Perché si deroga").fill("Lo vuole Marta")
    await page.get_by_label("Nome e cognome").fill("Wanda Lis")
    await page.get_by_role("button", name="Fissare l'appuntamento").tap()
    await expect(page.get_by_text("Lo vuole Marta")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1440, 390])
async def test_everybody_can_use_it(house: House, sits: Open, width: int) -> None:
    page = await sits("Giulia", width=width)
    await rings(page, "Salon Pod Kasztanem", "Un taglio")
    await picks(page)
    await clean(page)
    await page.get_by_role("button", name="Fissare l'appuntamento").click()
    await expect(page.get_by_role("heading", name="Wanda Lis", exact=True)).to_be_visible()
    await clean(page)
    for path in PAGES:
        await page.goto(f"{house.app.url}/inbox/{path}")
        await expect(page.locator("main")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        await clean(page)
