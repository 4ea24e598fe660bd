"""Administrators see who looked at what; nobody else does."""

from __future__ import annotations

from datetime import timedelta

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


async def test_a_list_that_stands_open_is_one_row_an_hour(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    await asks_for_a_person(house, "dentista", "Emma", "it")

    async def looks(what: str) -> list[tuple[str, int | None]]:
        return await house.rows(
            "select client.slug, about from access_log join client on client.id = client_id where what = :what"
            " order by access_log.id",
            what=what,
        )

    async with house.browser("Giulia") as browser:
        for _ in range(3):
            await browser.get("/inbox/")
            await browser.get("/inbox/", **{"X-Again": "1"})
        assert await looks("queue") == [("dentista", None), ("salon", None)]
        await browser.get(f"/inbox/tickets/salon/{number}")  # with the list beside it
        house.now += timedelta(minutes=61)
        for _ in range(2):
            await browser.get(f"/inbox/tickets/salon/{number}", **{"X-Again": "1"})
        assert await looks("queue") == [("dentista", None), ("salon", None)] * 2
        assert await looks("ticket") == [("salon", number)] * 2
        for _ in range(2):  # each search is one
            await browser.get("/inbox/?q=emma")
            await browser.get("/inbox/?q=emma", **{"X-Again": "1"})
        assert await looks("search") == [("dentista", None)] * 2
    await house.hire("Ada", "salon", role="admin")
    async with house.browser("Ada") as ada:
        await ada.get("/inbox/")
        assert (await looks("queue"))[4:] == [("salon", None)]  # of what she was shown
        assert "Giulia Queue" in (await ada.get("/inbox/office/looked?client=dentista")).words
