"""Who may in: passwords, sessions, forms from elsewhere, and a login that is tried too often."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.inbox.her import IDLE, LONGEST
from bot.inbox.login import MOST_FOR_NAME, WITHIN
from tests.inbox.house import PASSWORD, House


async def test_who_is_not_logged_in_comes_to_the_login_and_then_on(house: House) -> None:
    async with house.browser() as browser:
        page = await browser.get("/inbox/?view=mine")
        assert "/inbox/login?next=" in page.url
        page = await browser.post("/inbox/login?next=%2Finbox%2F%3Fview%3Dmine", name=" giulia ", password=PASSWORD)
        assert page.url.endswith("/inbox/?view=mine")


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "/inbox//elsewhere.example"])
async def test_the_login_leads_nowhere_else(house: House, wanted: str) -> None:
    async with house.browser() as browser:
        page = await browser.session.post(
            f"{house.app.url}/inbox/login",
            params={"next": wanted},
            data={"name": "Giulia", "password": PASSWORD},
            headers={"Origin": house.app.url},
            allow_redirects=False,
        )
        assert page.headers["Location"] == "/inbox/"


async def test_the_cookie_is_kept_from_scripts_and_other_sites(house: House) -> None:
    async with house.browser() as browser:
        answer = await browser.session.post(
            f"{house.app.url}/inbox/login",
            data={"name": "Giulia", "password": PASSWORD},
            headers={"Origin": house.app.url},
            allow_redirects=False,
        )
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/inbox" in cookie
        [(digest,)] = await house.rows("select digest from staff_session")
        assert digest not in cookie


async def test_a_wrong_password_and_a_wrong_name_sound_alike(house: House) -> None:
    async with house.browser() as browser:
        one = await browser.login("Giulia", "something else")
        other = await browser.login("Nobody", PASSWORD)
        assert (one.status, other.status) == (403, 403)
        assert one.words.replace("Giulia", "") == other.words.replace("Nobody", "")


async def test_who_has_no_password_cannot_log_in(house: House) -> None:
    await house.app.database.transact(lambda write: write.exec_driver_sql("update staff set password = ''").close())
    async with house.browser() as browser:
        assert (await browser.login("Giulia", "")).status == 403


async def test_a_login_tried_too_often_is_shut_for_a_while(house: House) -> None:
    async with house.browser() as browser:
        for _ in range(MOST_FOR_NAME):
            assert (await browser.login("Giulia", "wrong")).status == 403
        assert (await browser.login("Giulia")).status == 429
        assert (await browser.login("Marta")).status == 200
    house.now += WITHIN
    async with house.browser() as browser:
        assert (await browser.login("Giulia")).status == 200


async def test_an_idle_session_ends_and_a_used_one_ends_too_in_time(house: House) -> None:
    async with house.browser("Giulia") as browser:
        began = house.now
        while house.now - began + IDLE / 2 < LONGEST:
            house.now += IDLE / 2
            assert (await browser.get("/inbox/")).url.endswith("/inbox/")
        house.now += IDLE / 2 + timedelta(minutes=1)
        assert "/login" in (await browser.get("/inbox/")).url
    async with house.browser("Giulia") as browser:
        house.now += IDLE + timedelta(minutes=1)
        assert "/login" in (await browser.get("/inbox/")).url


async def test_logging_out_ends_the_session_for_good(house: House) -> None:
    async with house.browser("Giulia") as browser:
        secret = {cookie.key: cookie.value for cookie in browser.session.cookie_jar}
        page = await browser.get("/inbox/")
        await browser.post("/inbox/logout", csrf=page.value("csrf"))
        browser.session.cookie_jar.update_cookies(secret)
        assert "/login" in (await browser.get("/inbox/")).url


async def test_a_new_password_ends_the_other_sessions(house: House) -> None:
    async with house.browser("Giulia") as here, house.browser("Giulia") as there:
        page = await here.get("/inbox/me")
        wrong = await here.post("/inbox/me/password", csrf=page.value("csrf"), old="x", new="another long one")
        assert wrong.status == 403
        short = await here.post("/inbox/me/password", csrf=page.value("csrf"), old=PASSWORD, new="short")
        assert short.status == 400
        done = await here.post("/inbox/me/password", csrf=page.value("csrf"), old=PASSWORD, new="another long one")
        assert done.status == 200
        assert "/login" in (await there.get("/inbox/")).url
        assert (await here.get("/inbox/")).url.endswith("/inbox/")
    async with house.browser() as browser:
        assert (await browser.login("Giulia")).status == 403
        assert (await browser.login("Giulia", "another long one")).status == 200


@pytest.mark.parametrize("origin", ["", "null", "https://elsewhere.example", "http://127.0.0.1.example"])
async def test_a_form_from_elsewhere_is_refused(house: House, origin: str) -> None:
    async with house.browser("Giulia") as browser:
        page = await browser.get("/inbox/me")
        sent = {"csrf": page.value("csrf"), "language": "pl", "timezone": "Europe/Warsaw"}
        assert (await browser.post("/inbox/me", origin=origin, **sent)).status == 403
        assert (await browser.post("/inbox/login", origin=origin, name="Giulia", password=PASSWORD)).status == 403


async def test_a_form_without_its_secret_is_refused(house: House) -> None:
    async with house.browser("Giulia") as browser, house.browser("Marta") as other:
        theirs = (await other.get("/inbox/me")).value("csrf")
        for csrf in ("", "x", theirs, "ł"):
            sent = {"csrf": csrf, "language": "pl", "timezone": "Europe/Warsaw"}
            assert (await browser.post("/inbox/me", **sent)).status == 403
        [(language,)] = await house.rows("select language from staff where name = 'Giulia'")
        assert language == "it"


async def test_every_answer_keeps_the_browser_strict(house: House) -> None:
    async with house.browser("Giulia") as browser:
        for path in ("/inbox/", "/inbox/me", "/inbox/nothing", "/inbox/static/inbox.js", "/inbox/tickets/bikes/1"):
            page = await browser.get(path)
            policy = page.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert page.headers["X-Content-Type-Options"] == "nosniff"


async def test_she_reads_the_inbox_in_the_language_she_chose(house: House) -> None:
    async with house.browser("Marta") as browser:
        assert "Nothing waits here." in (await browser.get("/inbox/")).words
        csrf = (await browser.get("/inbox/me")).value("csrf")
        await browser.post("/inbox/me", csrf=csrf, language="pl", timezone="Europe/Warsaw")
        page = await browser.get("/inbox/")
        assert "Nic tu nie czeka." in page.words
        assert '<html lang="pl">' in page.text


async def test_the_demo_login_is_only_in_the_demo(house: House) -> None:
    async with house.browser() as browser:
        assert (await browser.post("/inbox/demo")).status == 404
