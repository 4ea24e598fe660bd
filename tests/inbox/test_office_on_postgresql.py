"""The pages of clients and people over PostgreSQL: one story that passes every query of theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.conversations.conftest import fill
from tests.inbox.house import House, a_house
from tests.inbox.test_client_pages import content_of, edits
from tests.inbox.test_codes import proves, sets_up
from tests.inbox.test_cover import PATH as COVER
from tests.inbox.test_cover import hands_over
from tests.inbox.test_new_client import makes
from tests.inbox.test_rehearsal import counts, plays, says


@pytest.fixture
async def on_postgres(postgres_url: str) -> AsyncIterator[House]:
    """The house over PostgreSQL, with Giulia and Marta at its desk, and Ada over it."""
    fill(postgres_url)
    async with a_house(postgres_url) as house, house.built():
        await house.hire("Giulia", "salon", language="it")
        await house.hire("Marta", "bikes", language="en")
        await house.hire("Ada", role="admin")
        yield house


async def test_clients_are_edited_rehearsed_handed_over_and_made(on_postgres: House) -> None:
    house = on_postgres
    before = await counts(house)
    async with house.browser("Giulia") as browser, house.browser("Marta") as marta, house.browser("Ada") as ada:
        assert "kept=1" in (await edits(browser, "services", "broda", minutes="40")).url
        assert (await content_of(house))["services"]["broda"]["minutes"] == 40
        await plays(browser, doing="begin", language="pl")
        assert "Przekazuję rozmowę" in (await says(browser, "Proszę o rozmowę z człowiekiem")).words
        await house.app.settle()
        await plays(browser, doing="end")
        assert await counts(house) == before
        assert "kept=1" in (await hands_over(house, browser, "2026-11-23", "2026-11-24", it="Risponde Marta")).url
        assert "Risponde Marta" in (await marta.get(COVER)).words
        assert (await browser.get("/inbox/clients/salon/relays")).status == 200
        assert (await makes(ada, name="Ciuffo")).url.endswith("/inbox/clients/ciuffo")
        assert "Brief" in (await ada.get("/inbox/office/looked?client=salon&name=Marta")).words
        made, codes = await sets_up(house, browser)
        assert (await proves(browser, made.at(house.now))).status == 403
        assert (await proves(browser, codes[0])).url.endswith("/inbox/")
        page = await ada.get("/inbox/office")
        keys = {"csrf": page.value("csrf"), "token": page.value("token")}
        await ada.post("/inbox/office/member", name="Giulia", doing="go", **keys)
        assert "/login" in (await browser.get("/inbox/")).url
