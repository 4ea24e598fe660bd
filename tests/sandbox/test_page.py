"""The page in a real browser: what a person clicks reaches the bot, what the bot does is seen at once."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page, expect
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.ext import ExtBot

from sandbox.app import create_app
from sandbox.telegram import Person, Telegram
from tests.sandbox.conftest import driven

pytestmark = pytest.mark.asyncio(loop_scope="session")  # that of the browser

ICS = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest_asyncio.fixture(loop_scope="session")
async def url(telegram: Telegram) -> AsyncIterator[str]:
    """The whole application: page and Bot API, with a second bot."""
    telegram.add_bot("12:bike", "bike_bot", "Bikes")
    runner = web.AppRunner(create_app(telegram), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def bot(url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ExtBot[None]]:
    """The bot as python-telegram-bot drives it."""
    async with driven(url, monkeypatch) as bot:
        yield bot


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def window(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A window in English, on a desktop: another one costs as much as a browser."""
    window = await browser.new_context(locale="en-GB", viewport={"width": 1200, "height": 850})
    yield window
    await window.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(window: BrowserContext, url: str) -> AsyncIterator[Page]:
    """The page; nothing may fail in it, nor be asked of anybody else."""
    page = await window.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith((url, "blob:")) else wrong.append(asked.url))
    await page.goto(url)
    yield page
    await page.evaluate("localStorage.clear()")
    await page.close()
    assert wrong == []


@pytest_asyncio.fixture(loop_scope="session")
async def open_chat(page: Page, anna: Person) -> Page:
    """The page with Anna's chat on the phone."""
    await page.get_by_role("button", name="Anna Nowak").click()
    await expect(page.get_by_role("log")).to_contain_text("/start")
    return page


def pending(person: Person) -> list[dict[str, Any]]:
    return [update.get("message") or update for update in person.bot.updates.pending]


async def reached(person: Person, count: int = 1) -> list[dict[str, Any]]:
    """The updates that wait for the bot, once there are so many."""
    await person.chat.bell.until(lambda: len(person.bot.updates.pending) >= count)
    return pending(person)


async def test_a_new_customer_by_deep_link(page: Page, bot: ExtBot[None], telegram: Telegram) -> None:
    await bot.set_my_description("Umawiamy wizyty.", language_code="pl")
    await page.get_by_role("button", name="New customer, Dentist").click()
    dialog = page.get_by_role("dialog", name="New customer")
    await dialog.get_by_label("Name").fill("Kasia Nowak")
    await dialog.get_by_role("radio", name="Polish").check()
    await dialog.get_by_label("Deep link").fill("svc_3")
    await dialog.get_by_role("button", name="Open the chat").click()
    await expect(page.locator("#welcome")).to_contain_text("Umawiamy wizyty.")
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text("/start svc_3")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start svc_3"
    assert update.message.from_user is not None
    assert (update.message.from_user.full_name, update.message.from_user.language_code) == ("Kasia Nowak", "pl")


async def test_writing_pressing_and_being_answered(open_chat: Page, bot: ExtBot[None], anna: Person) -> None:
    rows = [[InlineKeyboardButton("Monday", callback_data="1:0"), InlineKeyboardButton("Site", url="https://x.it/")]]
    await open_chat.get_by_role("textbox", name="Message").fill("Tomorrow at 3?")
    await open_chat.keyboard.press("Enter")
    assert (await reached(anna))[0]["text"] == "Tomorrow at 3?"
    await expect(open_chat.locator("#clock")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    await bot.send_chat_action(anna.id, "typing")
    await expect(open_chat.locator("#doing")).to_have_text("typing…")
    sent = await bot.send_message(
        anna.id, "<b>Which</b> day? 😀 <i>any</i>", parse_mode="HTML", reply_markup=InlineKeyboardMarkup(rows)
    )
    await expect(open_chat.locator("#doing")).to_have_text("bot")
    await expect(open_chat.locator(".bot strong")).to_have_text("Which")
    await expect(open_chat.locator(".bot em")).to_have_text("any")
    await expect(open_chat.get_by_role("link", name="Site")).to_have_attribute("href", "https://x.it/")
    button = open_chat.get_by_role("button", name="Monday", exact=True)
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = (await reached(anna, 2))[1]["callback_query"]
    assert query["data"] == "1:0"
    await bot.answer_callback_query(query["id"], "Noted")
    await expect(open_chat.locator("#toast")).to_have_text("Noted")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await button.click()
    await bot.answer_callback_query((await reached(anna, 3))[2]["callback_query"]["id"], "Look here", show_alert=True)
    await expect(open_chat.get_by_role("dialog")).to_contain_text("Look here")
    await open_chat.get_by_role("button", name="OK").click()
    await bot.edit_message_text("Monday", anna.id, sent.message_id)
    await expect(button).to_have_count(0)
    await expect(open_chat.locator(".bot .bubble")).to_contain_text("edited")
    await bot.delete_message(anna.id, sent.message_id)
    await expect(open_chat.locator(".bot")).to_have_count(0)


async def test_what_a_bot_says_is_never_html(open_chat: Page, bot: ExtBot[None], anna: Person) -> None:
    naughty = "<img src=x onerror=alert(1)> <script>alert(2)</script> \u202e {x} %s"
    await bot.send_message(anna.id, naughty, reply_markup=ReplyKeyboardMarkup([["<b>x</b>"]]))
    await expect(open_chat.locator(".bot .text")).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(open_chat.locator("#keys button")).to_have_text("<b>x</b>")
    assert await open_chat.locator(".log img, .log script").count() == 0


async def test_sharing_a_contact_by_the_reply_keyboard(open_chat: Page, bot: ExtBot[None], anna: Person) -> None:
    keys = ReplyKeyboardMarkup([[KeyboardButton("My number", request_contact=True)], ["Back"]])
    await bot.send_message(anna.id, "Which number?", reply_markup=keys)
    await open_chat.get_by_role("button", name="Back", exact=True).click()
    assert (await reached(anna))[0]["text"] == "Back"
    await open_chat.get_by_role("button", name="My number").click()
    await open_chat.get_by_role("button", name="Cancel").click()
    assert len(pending(anna)) == 1
    await open_chat.get_by_role("button", name="My number").click()
    await open_chat.get_by_role("textbox", name="Phone number").fill("+48601100200")
    await open_chat.get_by_role("button", name="Share", exact=True).click()
    contact = (await reached(anna, 2))[1]["contact"]
    assert (contact["phone_number"], contact["user_id"]) == ("+48601100200", anna.id)
    await bot.send_message(anna.id, "Thanks", reply_markup=ReplyKeyboardRemove())
    await expect(open_chat.locator("#keys")).to_be_hidden()


async def test_the_commands_menu_speaks_the_customers_language(
    open_chat: Page, bot: ExtBot[None], anna: Person
) -> None:
    await bot.set_my_commands([BotCommand("book", "Book"), BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("book", "Rezerwacja"), BotCommand("help", "Pomoc")], language_code="pl")
    text = open_chat.get_by_role("textbox", name="Message")
    await text.press_sequentially("/")
    await expect(open_chat.get_by_role("option")).to_have_text(["/bookRezerwacja", "/helpPomoc"])
    await text.press("ArrowDown")
    await expect(open_chat.get_by_role("option", selected=True)).to_contain_text("/help")
    await text.press("Enter")
    assert (await reached(anna))[0]["text"] == "/help"
    await expect(text).to_have_value("")
    await open_chat.get_by_role("button", name="Commands").click()
    await open_chat.get_by_role("option").first.click()
    assert (await reached(anna, 2))[1]["text"] == "/book"


async def test_editing_ones_own_message(open_chat: Page, anna: Person) -> None:
    text = open_chat.get_by_role("textbox", name="Message")
    await text.fill("tomorow")
    await text.press("Enter")
    await reached(anna)
    await expect(open_chat.locator(".person").last).to_contain_text("tomorow")
    await text.press("ArrowUp")
    await expect(text).to_have_value("tomorow")
    await text.press("Escape")
    await expect(text).to_have_value("")
    await open_chat.locator(".person").last.hover()
    await open_chat.get_by_role("button", name="Edit message").last.click()
    await text.fill("tomorrow")
    await open_chat.get_by_role("button", name="Send").click()
    assert (await reached(anna, 2))[1]["edited_message"]["text"] == "tomorrow"
    await expect(open_chat.locator(".person").last).to_contain_text("edited")


async def test_blocking_and_coming_back(open_chat: Page, anna: Person) -> None:
    await open_chat.get_by_role("button", name="More").click()
    await open_chat.get_by_role("menuitem", name="Block the bot").click()
    await expect(open_chat.get_by_role("button", name="Unblock and start")).to_be_visible()
    assert anna.chat.state == "blocked"
    await open_chat.get_by_role("button", name="Unblock and start").click()
    await expect(open_chat.get_by_role("textbox", name="Message")).to_be_visible()
    kinds = [next(kind for kind in update if kind != "update_id") for update in anna.bot.updates.pending]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]


async def test_attachments(open_chat: Page, anna: Person, tmp_path: Path) -> None:
    photo, paper = tmp_path / "tooth.png", tmp_path / "lista żółta.pdf"
    photo.write_bytes(anna.unsent.bot.files.get(anna.unsent.send_photo()["message"]["photo"][0]["file_id"]).data)
    paper.write_bytes(b"%PDF-1.4")

    async def attach(item: str) -> None:
        await open_chat.get_by_role("button", name="Attach").click()
        await open_chat.get_by_role("menuitem", name=item).click()

    await open_chat.locator("#photos").set_input_files([photo, photo])
    one, two = await reached(anna, 2)
    assert one["media_group_id"] == two["media_group_id"]
    assert one["photo"][0]["width"] == 160
    await open_chat.locator("#files").set_input_files(paper)
    assert (await reached(anna, 3))[2]["document"]["file_name"] == "lista żółta.pdf"
    await attach("Location")
    assert (await reached(anna, 4))[3]["location"]["latitude"] == 50.0614
    await attach("Somebody else’s contact")
    assert (await reached(anna, 5))[4]["contact"]["user_id"] != anna.id
    await open_chat.get_by_role("button", name="Voice message").click()
    assert (await reached(anna, 6))[5]["voice"]["duration"] == 2
    await expect(open_chat.locator(".photo img")).to_have_count(3)
    await expect(open_chat.locator(".map")).to_be_visible()
    await expect(open_chat.locator("audio")).to_be_visible()
    assert (
        await open_chat.locator(".photo img").first.evaluate("img => img.decode().then(() => img.naturalWidth)") == 160
    )


async def test_saving_the_invitation(open_chat: Page, bot: ExtBot[None], anna: Person) -> None:
    await bot.send_document(anna.id, document=ICS, filename="wizyta.ics", caption="Wizyta")
    async with open_chat.expect_download() as saving:
        await open_chat.get_by_role("link", name="Download wizyta.ics").click()
    saved = await saving.value
    assert saved.suggested_filename == "wizyta.ics"
    assert Path(await saved.path()).read_bytes() == ICS


async def test_a_long_text_goes_out_in_parts(open_chat: Page, anna: Person) -> None:
    text = open_chat.get_by_role("textbox", name="Message")
    await text.fill("😀" * 3000)
    await text.press("Enter")
    assert [len(message["text"]) for message in await reached(anna, 2)] == [2048, 952]


async def test_several_customers_in_turn(page: Page, bot: ExtBot[None], telegram: Telegram, anna: Person) -> None:
    piotr = telegram.person("12:bike", "Piotr", "pl")
    piotr.start()
    await page.get_by_role("button", name="Piotr").click()
    await bot.send_message(anna.id, "Are you there?")
    await expect(page.get_by_label("1 new")).to_be_visible()
    await expect(page.get_by_role("log")).not_to_contain_text("Are you there?")
    await page.get_by_role("button", name="Anna Nowak").click()
    await expect(page.get_by_role("log")).to_contain_text("Are you there?")
    await expect(page.get_by_label("1 new")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("log")).to_contain_text("Are you there?")
    telegram.add_bot("13:hair", "hair_bot", "Salon")
    await expect(page.get_by_role("heading", name="Salon")).to_be_visible()


async def test_the_page_speaks_three_languages(page: Page) -> None:
    for button, title in (("Italiano", "Nei panni del cliente"), ("Polski", "W roli klienta")):
        await page.get_by_role("button", name=button).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text(title)
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("W roli klienta")
    assert await page.evaluate("document.documentElement.lang") == "pl"
    same = "import('/static/words.js').then(({WORDS}) => Object.values(WORDS).map(w => Object.keys(w).sort().join()))"
    assert len(set(await page.evaluate(same))) == 1


async def test_on_a_phone_the_list_and_the_chat_take_turns(page: Page, anna: Person) -> None:
    await page.set_viewport_size({"width": 390, "height": 800})
    await expect(page.get_by_role("log")).to_be_hidden()
    await page.get_by_role("button", name="Anna Nowak").click()
    await expect(page.get_by_role("log")).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.get_by_role("button", name="Back to the list").click()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()


async def test_everything_that_can_be_used_has_a_name(open_chat: Page, bot: ExtBot[None], anna: Person) -> None:
    await bot.send_document(anna.id, document=ICS, filename="a.ics")
    await expect(open_chat.get_by_role("link", name="a.ics")).to_be_visible()
    nameless = """[...document.querySelectorAll("button, a, input, textarea, audio, [role]")].filter(node =>
        node.checkVisibility() && !["LI"].includes(node.tagName) && node.type !== "file" &&
        !(node.getAttribute("aria-label") || node.textContent.trim() || node.labels?.length || node.id === "toast"))
        .map(node => node.outerHTML)"""
    assert await open_chat.evaluate(nameless) == []


async def test_the_page_is_strict_about_who_asks(url: str, anna: Person) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe-inline" not in policy
        act = f"{url}/play/dent_bot/{anna.id}"
        for address, body, headers, status in (
            (f"{act}/write", {"text": "x"}, {"Sec-Fetch-Site": "cross-site"}, 403),
            (f"{act}/write", {"text": "  "}, {}, 400),
            (f"{act}/write", [], {}, 400),
            (f"{act}/edit", {"message": 99, "text": "x"}, {}, 400),
            (f"{act}/fly", {}, {}, 404),
            (f"{url}/play/dent_bot/1/write", {"text": "x"}, {}, 404),
            (f"{url}/play/no_bot/1/write", {"text": "x"}, {}, 404),
            (f"{url}/play/dent_bot/people", {"name": "x", "language": "xx"}, {}, 400),
        ):
            async with session.post(address, json=body, headers=headers) as response:
                assert (address, response.status) == (address, status)
        for path in ("/static/page.py", "/play/dent_bot/files/F1"):
            async with session.get(url + path) as response:
                assert response.status == 404
    assert pending(anna) == []


async def test_a_file_that_is_no_picture_is_only_for_saving(url: str, anna: Person) -> None:
    script = b"<script>alert(1)</script>"
    sent = anna.send_document("x.svg", script, "image/svg+xml")
    file_id = sent["message"]["document"]["file_id"]
    async with aiohttp.ClientSession() as session, session.get(f"{url}/play/dent_bot/files/{file_id}") as response:
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.content_type == "application/octet-stream"
        assert await response.read() == script
