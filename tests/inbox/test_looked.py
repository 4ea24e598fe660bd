"""Administrators see who looked at what; nobody else does."""

from __future__ import annotations

from tests.inbox.house import House
from tests.inbox.test_desk import asks_for_a_person


async def test_every_look_is_shown_per_client_and_member(house: House) -> None:
    await house.hire("Ada", role="admin")
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser, house.browser("Ada") as ada:
        await browser.get(f"/inbox/tickets/salon/{number}")
        await browser.get("/inbox/clients/salon/cover")
        assert (await browser.get("/inbox/office/looked")).status == 404
        page = await ada.get("/inbox/office/looked")
        assert f"Giulia Ticket # {number}".replace(" # ", " #") in page.words
        assert "Salon Pod Kasztanem Giulia Brief" in page.words
        assert "Anna" not in page.words
        assert "Giulia" in (await ada.get("/inbox/office/looked?client=salon")).text.partition("<tbody>")[2]
        for query in ("client=bikes", "name=Marta", "before=1"):
            assert "Nobody has looked at anything." in (await ada.get(f"/inbox/office/looked?{query}")).words
