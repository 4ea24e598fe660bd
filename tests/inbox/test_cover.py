"""A client is handed to a colleague from day to day: access, tickets and duty follow, and come back by themselves."""

from __future__ import annotations

from datetime import timedelta

from storage.clients import find, load
from tests.inbox.house import Browser, House, Page
from tests.inbox.test_desk import asks_for_a_person

PATH = "/inbox/clients/salon/cover"


async def hands_over(house: House, browser: Browser, first: str, last: str, **boxes: str) -> Page:
    """Hands the salon to Marta, who is not given it."""
    [(marta,)] = await house.rows("select id from staff where name = 'Marta'")
    page = await browser.get(PATH)
    keys = {"csrf": page.value("csrf"), "token": page.value("token")}
    return await browser.post(PATH, doing="plan", colleague=str(marta), first=first, last=last, **keys, **boxes)


async def on_duty(house: House) -> set[str]:
    """Who answers for the salon, by its coverage."""

    def read(rows: object) -> set[str]:
        found = find(rows, "salon")  # type: ignore[arg-type]
        assert found is not None
        return {one.staff for one in load(rows, found[0]).coverage}  # type: ignore[arg-type]

    return await house.app.database.read(read)


async def test_a_client_goes_to_a_colleague_and_comes_back_by_itself(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser, house.browser("Marta") as marta:
        await browser.act("salon", number, "take")
        await browser.act("salon", number, "note", text="Anna è sorda da un orecchio")
        told = {"word": "Il lunedì Zofia non c'è", "pl": "Odpowiada Marta"}
        page = await hands_over(house, browser, "2026-11-24", "2026-11-25", **told)
        assert "kept=1" in page.url, page.words
        assert (await marta.get(PATH)).status == 404
        assert await on_duty(house) == {"Giulia"}

    owner = "select name from ticket join staff on staff.id = owner_id where number = :number"
    house.now += timedelta(days=1)  # Tuesday
    await house.app.settle()
    async with house.browser("Marta") as marta:
        page = await marta.get(PATH)
        assert page.status == 200
        assert "Il lunedì Zofia non c'è" in page.words
        assert "Anna è sorda da un orecchio" in page.words
        assert f"/inbox/tickets/salon/{number}" in page.text
        assert "Cover: please read the brief" in (await marta.get("/inbox/?view=mine")).words
        assert await house.rows(owner, number=number) == [("Marta",)]
        assert await on_duty(house) == {"Marta"}
        await house.write("salon", "Ola", "/start", "pl")
        assert "Odpowiada Marta" in "\n".join(house.heard("salon", "Ola"))

    house.now += timedelta(days=2)  # Thursday
    await house.app.settle()
    async with house.browser("Marta") as marta:
        assert (await marta.get(PATH)).status == 404
        assert await house.rows(owner, number=number) == [("Giulia",)]
        assert await on_duty(house) == {"Giulia"}
        assert [state for (state,) in await house.rows("select state from cover_for")] == ["ended"]


async def test_a_cover_that_cannot_be_is_refused_and_one_that_is_over_early_ends(house: House) -> None:
    async with house.browser("Giulia") as browser, house.browser("Marta") as marta:
        for first, last in (("2026-11-25", "2026-11-24"), ("2026-11-20", "2026-11-22"), ("", "2026-11-24")):
            assert (await hands_over(house, browser, first, last)).status == 409
        await hands_over(house, browser, "2026-11-23", "2026-11-27")
        assert (await hands_over(house, browser, "2026-11-27", "2026-11-30")).status == 409
        assert (await marta.get(PATH)).status == 200  # it began at once
        page = await browser.get(PATH)
        end = {"csrf": page.value("csrf"), "token": "end", "doing": "end", "cover": page.value("cover")}
        await browser.post(PATH, **end)
        assert (await marta.get(PATH)).status == 404
        waits = "select count(*) from job where subject like 'cover:%' and state = 'due'"
        assert await house.rows(waits) == [(0,)]


async def test_editing_during_a_cover_does_not_make_the_colleague_stay(house: House) -> None:
    async with house.browser("Giulia") as browser:
        await hands_over(house, browser, "2026-11-23", "2026-11-27")
        assert "Giulia (Europe/Rome)" in (await browser.get("/inbox/clients/salon/coverage")).text
