"""A customer is played on the page, before the real dialogs; nothing leaves the house, and nothing stays."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from html import unescape

import pytest

from bot.office.merging import merge
from bot.office.rehearsal import LASTS
from bot.values import Refusal
from tests.inbox.house import Browser, House, Page

PATH = "/inbox/clients/salon/rehearsal"
TABLES = ("customer", "thread", "conversation", "message", "appointment", "ticket", "slip")


async def plays(browser: Browser, **form: str) -> Page:
    """Sends one of the page's forms."""
    page = await browser.get(PATH)
    return await browser.post(PATH, csrf=page.value("csrf"), token=page.value("token") + "x", **form)


async def says(browser: Browser, words: str) -> Page:
    """Writes as the customer."""
    return await plays(browser, doing="say", text=words)


async def presses(browser: Browser, label: str) -> Page:
    """Presses a button that stands on the page."""
    page = await browser.get(PATH)
    for form in reversed(re.findall(r"<form method=\"post\".*?</form>", page.text, re.DOTALL)):
        if f">{label}</button>" in unescape(form):
            boxes = {name: unescape(said) for name, said in re.findall(r'name="([^"]*)" value="([^"]*)"', form)}
            return await browser.post(PATH, **boxes)
    raise AssertionError(f"no button {label} on: {page.words}")


async def counts(house: House) -> dict[str, int]:
    """How many rows there are of what a customer leaves behind."""
    return {table: (await house.rows(f"select count(*) from {table}"))[0][0] for table in TABLES}


async def test_a_booking_is_rehearsed_and_nothing_of_it_stays(house: House) -> None:
    before = await counts(house)
    async with house.browser("Giulia") as browser:
        page = await plays(browser, doing="begin", language="pl")
        assert await house.rows("select count(*) from customer where rehearsal") == [(1,)]
        page = await says(browser, "/start")
        assert "asystent automatyczny" in page.words
        await says(browser, "/book")
        await presses(browser, "Strzyżenie brody")
        page = await says(browser, "jutro o 15")
        assert "imię i nazwisko" in page.words.lower()
        await says(browser, "Jan Kowalski")
        await presses(browser, "Udostępnić mój numer")
        page = await presses(browser, "Potwierdzam")
        assert "Termin zarezerwowany" in page.words, page.words
        assert await house.rows("select status from appointment") == [("booked",)]
        page = await plays(browser, doing="end")
        assert "La prova è finita" in page.words
    await house.app.settle()
    assert await counts(house) == before
    assert await house.rows("select count(*) from job where state in ('due', 'busy')") == [(0,)]
    assert [one for one in house.telegram.bots.values() if one.chats] == []


async def test_nothing_leaves_the_house_and_a_forgotten_rehearsal_ends_by_itself(house: House) -> None:
    before = await counts(house)
    [(last,)] = await house.rows("select coalesce(max(id), 0) from job")
    due = "select subject from job where kind = 'act' and state = 'due' and id > :most"
    async with house.browser("Giulia") as browser:
        await plays(browser, doing="begin", language="it")
        await says(browser, "Vorrei parlare con una persona")
        assert (await counts(house))["ticket"] == before["ticket"] + 1
        assert "Prova · Giulia" in (await browser.get("/inbox/")).words
        lanes = await house.rows("select distinct lane from job where lane is not null")
        assert all(lane.startswith("rehearsal:salon:") for (lane,) in lanes)
        assert [one.split(":")[0] for (one,) in await house.rows(due, most=last)] == ["rehearsal", "ticket"]
        await plays(browser, doing="begin", language="it")  # anew
        house.now += LASTS + timedelta(minutes=1)
        await house.app.settle()
        assert "Cominciare" in (await browser.get(PATH)).words
    assert await counts(house) == before


async def test_a_rehearsal_is_her_own(house: House) -> None:
    await house.hire("Ewa", "salon", language="en")
    async with house.browser("Giulia") as browser, house.browser("Ewa") as other, house.browser("Marta") as nobody:
        await plays(browser, doing="begin", language="pl")
        await says(browser, "/start")
        assert "asystent" not in (await other.get(PATH)).words
        assert (await nobody.get(PATH)).status == 404


async def test_nobody_real_is_made_one_with_who_is_played(house: House) -> None:
    await house.write("salon", "Anna", "/start", "pl")
    async with house.browser("Giulia") as browser:
        await plays(browser, doing="begin", language="pl")
        await says(browser, "/start")
        [(anna,), (played,)] = await house.rows("select id from customer order by rehearsal")
        [(salon,)] = await house.rows("select id from client where slug = 'salon'")
        for one, other in ((anna, played), (played, anna)):
            act = partial(merge, client_id=salon, one=one, other=other, now=house.now)
            with pytest.raises(Refusal):
                await house.app.database.transact(act)
        await plays(browser, doing="end")
    assert await house.rows("select id from customer") == [(anna,)]
