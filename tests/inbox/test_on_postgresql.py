"""The same pages and acts over PostgreSQL: one story that passes every query of the inbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.inbox.login import MOST_FOR_NAME
from tests.inbox.house import House, a_house
from tests.inbox.test_desk import asks_for_a_person
from tests.inbox.test_words import keep


@pytest.fixture
async def on_postgres(postgres_with_examples: str) -> AsyncIterator[House]:
    """The house over PostgreSQL, with Giulia at its desk."""
    async with a_house(postgres_with_examples) as house, house.built():
        await house.hire("Giulia", "salon", "dentista", language="en")
        yield house


async def test_a_day_at_the_desk(on_postgres: House) -> None:
    house = on_postgres
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    document = house.person("salon", "Anna").send_document("list.pdf", b"%PDF", "application/pdf")
    await house.take("salon", document)
    async with house.browser() as stranger:
        for _ in range(MOST_FOR_NAME):
            await stranger.login("Giulia", "wrong")
        assert (await stranger.login("Giulia")).status == 429
    house.now += timedelta(minutes=20)
    async with house.browser("Giulia") as browser:
        assert "tag slipped" in (await browser.get("/inbox/")).text
        for query in ("?view=done", "?view=mine", "?view=today", "?q=anna", f"?q={number}", "?q=ABCD2345"):
            assert (await browser.get(f"/inbox/{query}")).status == 200
        [(file,)] = await house.rows("select id from file")
        assert (await browser.get(f"/inbox/files/salon/{file}")).text == "%PDF"
        assert (await keep(browser, "salon", "canned.hello", pl="Dzień dobry, tu {me}")).status == 200
        await browser.act("salon", number, "take")
        await browser.act("salon", number, "note", text="careful")
        csrf = (await browser.get(f"/inbox/tickets/salon/{number}")).value("csrf")
        for text in ("one", "two", ""):
            assert (
                await browser.post(f"/inbox/tickets/salon/{number}/draft", csrf=csrf, box="reply", text=text)
            ).status == 204
        house.heard("salon", "Anna")
        wrong = await browser.act("salon", number, "reply", text="Proszę dzwonić: +39 02 5555 0199")
        assert wrong.status in {200, 409}
        page = await browser.act("salon", number, "reply", text="Dzień dobry")
        assert page.status == 200
        assert "Dzień dobry" in "".join(house.heard("salon", "Anna"))
        page = await browser.act("salon", number, "edit", message=page.value("message"), text="Dobry wieczór")
        assert page.status == 200
        await browser.act("salon", number, "relay", pl="Proszę zabrać zaświadczenie", repeat="")
        page = await browser.get(f"/inbox/tickets/salon/{number}")
        assert "Proszę zabrać zaświadczenie" in page.words
        await browser.act("salon", number, "told", relay=page.value("relay"))
        assert "To be told" not in (await browser.get(f"/inbox/tickets/salon/{number}")).words
        await browser.act("salon", number, "verify", phone="+48600700800")
        await browser.act("salon", number, "snooze", until=(house.now + timedelta(hours=1)).isoformat())
        house.now += timedelta(hours=2)
        await house.app.settle()
        await browser.act("salon", number, "hand-back")
        assert "Anna" in (await browser.get("/inbox/?view=done")).words
        await browser.act("salon", number, "reopen")
        await browser.act("salon", number, "release")
        page = await browser.get(f"/inbox/tickets/salon/{number}")
        assert "careful" in page.words
        assert "by the desk" in page.words
        assert (await browser.get("/inbox/me")).status == 200
        for path in ("/inbox/agenda", "/inbox/calls"):
            assert (await browser.get(path)).status == 200
