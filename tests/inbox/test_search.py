"""Search: by what was said, by names and numbers, within her clients alone, on both databases."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import road
from tests.inbox.house import House, a_house
from tests.inbox.test_desk import asks_for_a_person


@pytest.fixture(params=["sqlite", "postgresql"])
async def found_house(request: pytest.FixtureRequest, with_examples: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The house over either database."""
    if request.param == "sqlite":
        shutil.copy(with_examples, tmp_path / "house.db")
        url = f"sqlite:///{tmp_path}/house.db"
    else:
        url = request.getfixturevalue("postgres_with_examples")
    async with a_house(url) as house, house.built():
        await house.hire("Giulia", "salon", "dentista", language="it")
        await house.hire("Marta", "bikes", language="en")
        yield house


async def test_what_people_wrote_is_found_by_its_words(found_house: House) -> None:
    house = found_house
    anna = await asks_for_a_person(house, "salon", "Anna", "pl")
    await house.write("salon", "Anna", "Czy macie ŻÓŁTE wstążki, np. 12/3?", "pl")
    await house.write("salon", "Anna", "I jeszcze jedno", "pl")
    emma = await asks_for_a_person(house, "bikes", "Emma", "en")
    await house.write("bikes", "Emma", "zolte ribbons", "en")
    async with house.browser("Giulia") as browser:
        for words in ("zolte", "żółt wstąż", "WSTAZKI 12", "macie"):
            page = await browser.get(f"/inbox/?q={words}")
            assert "Anna" in page.words, words
            assert "Czy macie ŻÓŁTE wstążki" in page.words  # and not what she wrote last
            assert "Emma" not in page.words
        for words in ("ribbons", "stążki", "zolte czerwone", '"', "zolte*", "' or 1", "przekazuje"):
            page = await browser.get(f"/inbox/?q={words}")
            assert page.status == 200
            if words != "zolte*":
                assert "Anna" not in page.words, words
        await browser.act("salon", anna, "reply", text="Tylko czerwone kokardki.")
        assert "Anna" in (await browser.get("/inbox/?q=kokardk")).words
        # Also when a button has been pressed under it.
        [(said,)] = await house.rows("select max(id) from message where text like 'Tylko%'")
        await house.app.database.transact(lambda write: road.choose(write, said, "Tylko… → Tak", house.now, "Tak"))
        assert "Anna" in (await browser.get("/inbox/?q=kokardk")).words
    noted = await house.rows("select distinct staff.name, slug, what from access_log join staff on staff.id = staff_id "
                             "join client on client.id = access_log.client_id where what = 'search'")  # fmt: skip
    assert noted == [("Giulia", "salon", "search")]
    # What is changed is found as it now reads, and what is erased is not found any more.
    person = house.person("bikes", "Emma")
    mine = [message for message in person.messages if message.by == "person"][-1]
    await house.take("bikes", person.edit(mine, "purple"))
    async with house.browser("Marta") as browser:
        assert "Emma" in (await browser.get("/inbox/?q=emma")).words
        assert f"tickets/bikes/{emma}" in (await browser.get("/inbox/?q=purple")).text
        assert "Emma" not in (await browser.get("/inbox/?q=zolte")).words
        await house.app.database.transact(lambda write: write.exec_driver_sql("delete from message").close())
        assert "Emma" not in (await browser.get("/inbox/?q=purple")).words


async def test_a_customer_without_a_ticket_is_found_and_taken_up(house: House) -> None:
    await house.write("bikes", "Brona", "/start")
    house.heard("bikes", "Brona")
    async with house.browser("Marta") as browser:
        page = await browser.get("/inbox/?q=brona")
        assert "Customers without a ticket" in page.words
        [path] = [form for form in page.forms() if form.startswith("/inbox/customers/bikes/")]
        opened = await browser.post(path, csrf=page.value("csrf"), token="t")
        assert "/inbox/tickets/bikes/" in opened.url
        assert "without a ticket" not in (await browser.get("/inbox/?q=brona")).words
        await browser.act("bikes", 1001, "reply", text="Your bike is ready.")
        assert any("Your bike is ready." in said for said in house.heard("bikes", "Brona"))
    async with house.browser("Giulia") as other:
        assert "Brona" not in (await other.get("/inbox/?q=brona")).words
