"""A new client without a terminal: made by page, looked at by the doctor, mended, and rehearsed before it opens."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.axe import clean
from tests.browser.conftest import Open
from tests.browser.test_stories import no_sideways
from tests.inbox.house import House

TOKEN = "901:ciuffo"


async def makes_it(page: Page) -> None:
    """Fills in the page of a new client, with no language but Italian and Polish."""
    await page.get_by_label("Un salone").check()
    await page.get_by_label("Nome", exact=True).fill("Ciuffo d'Oro")
    await page.get_by_role("checkbox", name="English").uncheck()
    await page.get_by_label("Paese").fill("Italia")
    await page.get_by_label("Chi offre i servizi").fill("Lia, Nora")
    await page.get_by_label("Token del bot").fill(TOKEN)
    await page.get_by_role("button", name="Creare").click()


async def test_a_new_client_by_page_with_its_rehearsal(house: House, sits: Open) -> None:
    house.telegram.add_bot(TOKEN, "ciuffo_bot", "Ciuffo")
    await house.hire("Giulia", "salon", language="it", role="admin")
    page = await sits("Giulia")
    await page.goto(f"{house.app.url}/inbox/office")
    await page.get_by_role("link", name="Una nuova azienda").click()
    await clean(page)

    # What can't be is marked, and nothing that she filled in is lost.
    await makes_it(page)
    await expect(page.get_by_role("alert")).to_contain_text("controlli ciò che è segnato")
    await expect(page.locator("[aria-invalid=true]")).to_have_value("Italia")
    await expect(page.get_by_label("Chi offre i servizi")).to_have_value("Lia, Nora")
    await clean(page)
    await page.get_by_label("Paese").fill("IT")
    await page.get_by_label("Token del bot").fill(TOKEN)
    await page.get_by_role("button", name="Creare").click()

    # The doctor says what is not as anybody would want it, and leads to where it is mended.
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Ciuffo d'Oro")
    gap = page.locator(".finding", has_text="È aperta mentre nessuno presidia la segreteria: mar 18:00-19:00")
    await expect(gap).to_be_visible()
    await expect(page.locator(".finding.error")).to_have_count(0)
    await clean(page)
    await gap.get_by_role("link", name="Aprire").click()
    await page.locator("summary").first.click()
    for day in ("mar", "mer", "gio", "ven", "sab"):
        await page.get_by_label(day, exact=True).first.fill("9-19")
    await page.get_by_role("button", name="Salvare").first.click()
    await expect(page.get_by_role("status")).to_have_text("Salvato.")
    await page.get_by_role("link", name="Come sta").click()
    await expect(gap).to_have_count(0)

    # She plays a customer, before the real dialogs, and takes it all away again.
    await page.get_by_role("link", name="Fare la parte di un cliente").click()
    await page.get_by_role("button", name="Cominciare").click()
    await page.get_by_label("Come cliente").fill("Vorrei prenotare un taglio")
    await page.get_by_role("button", name="Dirlo").click()
    await expect(page.locator(".bubble.mine")).to_have_text("Vorrei prenotare un taglio")
    await page.locator(".bubble.theirs").last.get_by_role("button", name="Lia").click()
    await expect(page.locator(".bubble.theirs").last).to_contain_text("Che giorno preferisce?")
    await clean(page)
    await page.get_by_role("button", name="Finire la prova").click()
    await expect(page.get_by_role("status")).to_contain_text("Non ne resta nulla")
    assert await house.rows("select count(*) from customer") == [(0,)]
    assert TOKEN not in str(await house.rows("select token, settings from account"))


ON_DESKTOP = [f"clients/salon/{part}" for part in ("relays", "closures", "profile")] + ["office/new", "office/looked"]
ON_PHONE = [f"clients/salon/{part}" for part in ("services", "coverage", "cover", "account")] + ["me", "office"]


@pytest.mark.parametrize(("width", "paths"), [(1280, ON_DESKTOP), (390, ON_PHONE)])
async def test_the_pages_of_clients_and_people(house: House, sits: Open, width: int, paths: list[str]) -> None:
    await house.hire("Giulia", "salon", language="it", role="admin")
    page = await sits("Giulia", width=width)
    for path in paths:
        await page.goto(f"{house.app.url}/inbox/{path}")
        if await page.locator("details:not([open]) > summary").count():
            await page.locator("details:not([open]) > summary").first.click()
        await clean(page)
        await no_sideways(page)
