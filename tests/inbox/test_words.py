"""A client's words, edited by the desk: what the bot says, and canned replies, which never cross clients."""

from __future__ import annotations

from bot.office import client_file, clients
from tests.house.source import ROOT
from tests.inbox.house import Browser, House, Page
from tests.inbox.test_desk import asks_for_a_person


async def keep(browser: Browser, slug: str, key: str, **texts: str) -> Page:
    """Sends the form of one key of a client's page."""
    page = await browser.get(f"/inbox/clients/{slug}/words")
    form = {"csrf": page.value("csrf"), "token": page.value("token") + key}
    return await browser.post(f"/inbox/clients/{slug}/words", key=key, **form, **texts)


async def test_what_the_bot_says_is_edited_and_said(house: House) -> None:
    async with house.browser("Giulia") as browser:
        page = await keep(browser, "salon", "closed", pl="Wolne terminy widać w aplikacji.", en="", it="")
        assert page.status == 200
        assert "manca" in page.words
        assert "PL manca" not in page.words
    house.now = house.now.replace(hour=22)
    await house.write("salon", "Anna", "/start", "pl")
    assert "Wolne terminy widać w aplikacji." in "\n".join(house.heard("salon", "Anna"))


async def test_a_canned_reply_is_filled_in_for_this_customer(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser:
        page = await keep(
            browser, "salon", "canned.thanks", pl="{customer}, dziękuję! {me}, {client}", it="Grazie, {customer}", en=""
        )
        assert "/thanks" in page.words
        ticket = await browser.get(f"/inbox/tickets/salon/{number}")
        assert "{customer}, dziękuję! Giulia, Salon Pod Kasztanem" in ticket.words  # nobody told her name yet
        assert "Grazie, {customer}" in ticket.words
        left = await browser.act("salon", number, "reply", text="{customer}, dziękuję!")
        assert left.status == 409
        assert "Prima va completato {customer}." in left.words
        assert house.heard("salon", "Anna") == []


async def test_canned_replies_do_not_cross_clients(house: House) -> None:
    await asks_for_a_person(house, "salon", "Anna", "pl")
    number = await asks_for_a_person(house, "dentista", "Bruno", "it")
    async with house.browser("Giulia") as browser:
        await keep(browser, "salon", "canned.dog", pl="Psy są mile widziane.")
        assert "Psy" not in (await browser.get(f"/inbox/tickets/dentista/{number}")).text
        assert "Psy" not in (await browser.get("/inbox/clients/dentista/words")).text


async def test_what_cannot_be_kept_is_refused(house: House) -> None:
    async with house.browser("Giulia") as browser:
        for key, words in (
            ("canned.Too Loud", "x"),
            ("service.haircut", "x"),
            ("canned.ok", "{password}"),
            ("canned.ok", "x" * 2001),
        ):
            assert (await keep(browser, "salon", key, pl=words)).status == 409
    assert await house.rows("select count(*) from client_text where key like 'canned%'") == [(0,)]


async def test_canned_replies_outlive_a_reload_of_the_client_file(house: House) -> None:
    async with house.browser("Giulia") as browser:
        await keep(browser, "salon", "canned.dog", pl="Psy są mile widziane.")
        file = ROOT / "examples" / "salon.toml"
        content = client_file.parse(file.read_text(encoding="utf-8"), file.name)
        await house.app.database.transact(lambda write: clients.apply(write, content, overwrite=True))
        assert "Psy są mile widziane." in (await browser.get("/inbox/clients/salon/words")).text
        await keep(browser, "salon", "canned.dog", pl=" ")
        assert "Psy" not in (await browser.get("/inbox/clients/salon/words")).text
