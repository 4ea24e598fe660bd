"""The administrator's page: for her alone; people, their clients, and a new client without a terminal."""

from __future__ import annotations

import pytest

from tests.inbox.house import PASSWORD, Browser, House, Page


async def sends(browser: Browser, form: str, **fields: str) -> Page:
    """Sends one of the page's forms."""
    page = await browser.get("/inbox/office")
    return await browser.post(
        f"/inbox/office/{form}", csrf=page.value("csrf"), token=page.value("token") + form, **fields
    )


@pytest.mark.parametrize("form", ["staff", "given", "client"])
async def test_for_an_assistant_there_is_no_such_page(house: House, form: str) -> None:
    async with house.browser("Giulia") as browser:
        csrf = (await browser.get("/inbox/me")).value("csrf")
        assert (await browser.get("/inbox/office")).status == 404
        page = await browser.post(f"/inbox/office/{form}", csrf=csrf, token="t", name="Giulia", client="bikes")
        assert page.status == 404
        assert "Liffey" not in (await browser.get("/inbox/")).text


async def test_somebody_new_works_for_who_she_is_given(house: House) -> None:
    await house.hire("Ada", role="admin")
    async with house.browser("Ada") as browser:
        short = await sends(browser, "staff", name="Zoe", password="short", language="en", timezone="Europe/Paris")
        assert short.status == 409
        await sends(browser, "staff", name="Zoe", password=PASSWORD, language="en", timezone="Europe/Paris")
        await sends(browser, "given", name="Zoe", client="bikes")
        async with house.browser("Zoe") as zoe:
            assert "Liffey Bike Workshop" in (await zoe.get("/inbox/")).words
            await sends(browser, "given", name="Zoe", client="bikes", away="yes")
            assert "Liffey Bike Workshop" not in (await zoe.get("/inbox/")).words
        assert "Liffey" not in (await browser.get("/inbox/")).words  # an administrator is not given it by that


async def test_a_new_client_is_a_page(house: House) -> None:
    await house.hire("Ada", role="admin")
    file = (
        'slug = "barber"\nname = "Barber & Co"\nlanguages = ["en"]\ntimezone = "Europe/Dublin"\n'
        'hours.tue-sat = ["9:00-18:00"]\n[telegram]\naccount = "barber"\ntoken_env = "BARBER_TOKEN"\n'
    )
    async with house.browser("Ada") as browser:
        wrong = await sends(browser, "client", file=file.replace("Europe/Dublin", "Europe/Dublinn"))
        assert wrong.status == 409
        assert "4" in wrong.words
        assert "Dublinn" in wrong.words
        looked = await sends(browser, "client", file=file, secret="77:barber")
        assert looked.status == 200
        assert await house.rows("select count(*) from client where slug = 'barber'") == [(0,)]
        page = await browser.get("/inbox/office")
        kept = await browser.post(
            "/inbox/office/client", csrf=page.value("csrf"), token="k", file=file, secret="77:barber", keep="yes"
        )
        assert kept.status == 200
        assert "Barber & Co" in (await browser.get("/inbox/")).words
        [(token,)] = await house.rows("select token from account where name = 'barber'")
        assert token
        assert "77:barber" not in token
