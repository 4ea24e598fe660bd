"""One-time codes: set up on her own page, asked at the login, never taken twice; recovery codes; single sessions."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp

from bot.inbox.codes import RECOVERY, STEP
from bot.inbox.login import HALF, MOST_FOR_NAME, WITHIN
from tests.inbox.house import PASSWORD, Browser, House, Page


async def sets_up(house: House, browser: Browser, first: int = 0) -> tuple[pyotp.TOTP, list[str]]:
    """Sets codes up on her own page; gives what makes them, and her recovery codes."""
    page = await browser.get("/inbox/me")
    keys = {"csrf": page.value("csrf"), "token": page.value("token")}
    wrong = await browser.post("/inbox/me/factor", doing="begin", password="not hers", **keys)
    assert wrong.status == 403
    page = await browser.post("/inbox/me/factor", doing="begin", password=PASSWORD, **keys)
    assert "<svg" in page.text
    assert "style=" not in page.text
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page.text)
    assert secret is not None
    made = pyotp.TOTP(secret[1], interval=STEP)
    bad = await browser.post("/inbox/me/factor", doing="confirm", pending=page.value("pending"), code="000000", **keys)
    assert bad.status == 403
    page = await browser.post(
        "/inbox/me/factor", doing="confirm", pending=page.value("pending"), code=made.at(house.now), **keys
    )
    codes = re.findall(r"<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>", page.text)
    assert len(codes) == RECOVERY
    assert codes[0] not in (await browser.get("/inbox/me")).text
    return made, codes


async def proves(browser: Browser, code: str) -> Page:
    """Logs in with password and code."""
    page = await browser.login("Giulia")
    assert "/inbox/login/code" in page.url
    return await browser.post("/inbox/login/code", code=code)


async def test_a_password_alone_lets_nobody_in_any_more(house: House) -> None:
    async with house.browser("Giulia") as browser, house.browser() as other:
        made, codes = await sets_up(house, browser)
        await other.login("Giulia")
        assert "/login" in (await other.get("/inbox/")).url
        # The code that set it up is used; the next one is good, once.
        assert (await proves(other, made.at(house.now))).status == 403
        house.now += timedelta(seconds=STEP)
        good = made.at(house.now)
        assert (await proves(other, good)).url.endswith("/inbox/")
        async with house.browser() as third:
            assert (await proves(third, good)).status == 403
            assert (await proves(third, codes[3].lower().replace("-", " "))).url.endswith("/inbox/")
        async with house.browser() as fourth:
            assert (await proves(fourth, codes[3])).status == 403
        kept = " ".join(row[0] for row in await house.rows("select digest from recovery_code"))
        assert len(kept.split()) == RECOVERY - 1
        assert codes[0] not in kept
        [(factor,)] = await house.rows("select factor from staff where name = 'Giulia'")
        assert made.secret not in factor


async def test_codes_are_tried_a_few_times_and_for_a_few_minutes(house: House) -> None:
    async with house.browser("Giulia") as browser:
        made, codes = await sets_up(house, browser)
        house.now += timedelta(seconds=STEP)
    async with house.browser() as browser:
        for _ in range(MOST_FOR_NAME):
            assert (await proves(browser, "123123")).status == 403
        assert (await proves(browser, made.at(house.now))).status == 429
        assert (await proves(browser, codes[0])).status == 429
        house.now += WITHIN
        await browser.login("Giulia")
        house.now += HALF + timedelta(seconds=1)
        assert (await browser.post("/inbox/login/code", code=made.at(house.now))).url.endswith("/inbox/login")
        assert (await proves(browser, made.at(house.now))).url.endswith("/inbox/")


async def test_an_administrator_resets_the_codes_of_who_lost_her_phone(house: House) -> None:
    await house.hire("Ada", role="admin")
    async with house.browser("Giulia") as browser, house.browser("Ada") as ada:
        await sets_up(house, browser)
        page = await ada.get("/inbox/office")
        keys = {"csrf": page.value("csrf"), "token": page.value("token") + "x"}
        await ada.post("/inbox/office/member", name="Giulia", doing="reset", **keys)
        assert "/login" in (await browser.get("/inbox/")).url
    async with house.browser("Giulia") as browser:
        assert "Posta in arrivo" in (await browser.get("/inbox/")).words


async def test_who_is_let_go_is_out_at_once_and_the_last_administrator_stays(house: House) -> None:
    await house.hire("Ada", role="admin")
    async with house.browser("Giulia") as browser, house.browser("Ada") as ada:
        page = await ada.get("/inbox/office")
        keys = {"csrf": page.value("csrf"), "token": page.value("token")}
        await ada.post("/inbox/office/member", name="Giulia", doing="go", **keys)
        assert "/login" in (await browser.get("/inbox/")).url
        assert (await browser.login("Giulia")).status == 403
        stays = await ada.post("/inbox/office/member", name="Ada", doing="go", **{**keys, "token": "y"})
        assert stays.status == 409
        await ada.post("/inbox/office/member", name="Giulia", doing="back", **{**keys, "token": "z"})
        assert (await browser.login("Giulia")).status == 200


async def test_one_session_is_ended_from_another(house: House) -> None:
    async with house.browser("Giulia") as here, house.browser("Giulia") as there, house.browser("Marta") as marta:
        page = await here.get("/inbox/me")
        other = page.value("session")
        theirs = (await marta.get("/inbox/me")).value("csrf")
        await marta.post("/inbox/me/sessions", csrf=theirs, session=other)
        assert (await there.get("/inbox/")).url.endswith("/inbox/")
        await here.post("/inbox/me/sessions", csrf=page.value("csrf"), session=other)
        assert "/login" in (await there.get("/inbox/")).url
        assert (await here.get("/inbox/")).url.endswith("/inbox/")
