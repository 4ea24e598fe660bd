"""Whole stories, from both sides: the customer on her phone, the assistant in her inbox."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import Page, Route, expect
from sqlalchemy import Connection

from bot.office.words import set_words
from bot.questions.replying import UNDO
from sandbox.telegram import Person
from storage import clients
from tests.browser.conftest import Open
from tests.browser.test_telephone import picks
from tests.inbox.house import House

SEND = "Mandare come Salon Pod Kasztanem a Anna (PL)"


async def hears(person: Person, words: str) -> Any:
    """Waits until the customer was told something that holds these words."""
    while True:
        event = await person.hears()
        if event.message is not None and words in event.message.text:
            return event.message


async def goes(house: House, page: Page) -> None:
    """What was just sent can't be taken back any more, and goes."""
    await expect(page.locator(".said.pending")).to_be_visible()
    house.now += UNDO
    house.app.delivery.wake()


async def asks_for_a_person(house: House, slug: str, name: str, language: str, words: str) -> Person:
    """A customer is in the middle of booking, asks for a person, and says why."""
    person = house.person(slug, name, language)
    person.command("book")
    await person.hears()
    person.command("human")
    await person.hears()
    person.write(words)
    return person


async def test_a_polish_customer_and_an_italian_assistant(house: House, sits: Open) -> None:
    page = await sits("Giulia")
    anna = await asks_for_a_person(house, "salon", "Anna", "pl", "Czy można przyjść z psem?")

    # She sees it come without doing anything, and reads the Polish bot in Italian.
    ticket = page.locator(".ticket", has_text="Anna")
    await expect(ticket).to_contain_text("Czy można przyjść z psem?")
    await expect(ticket).to_contain_text("Salon Pod Kasztanem")
    await ticket.click()
    await expect(page.locator(".said.bot", has_text="Le risponderà qui")).to_be_visible()
    original = page.locator(".said.bot .original").last
    await original.locator("summary").click()
    await expect(original.locator(".text")).to_contain_text("Przekazuję")
    await expect(page.locator(".script").first).to_have_text("Alla prima visita la consulenza è gratuita.")

    # She takes it, and notes something for her colleague.
    await page.get_by_role("button", name="Prendere").click()
    await expect(page.locator(".head")).to_contain_text("Di: Giulia")
    await page.get_by_role("radio", name="Nota").check()
    await page.get_by_label("Nota per la segreteria").fill("Il cane è piccolo")
    await page.get_by_role("button", name="Salvare la nota").click()
    await expect(page.locator(".said.note")).to_contain_text("Il cane è piccolo")

    # She answers in the client's name; the button says so. She takes it back and writes it better, with a file.
    reply, send = page.get_by_label("Risposta al cliente"), page.get_by_role("button", name=SEND)
    await page.get_by_role("radio", name="Risposta").check()
    await reply.fill("Tak")
    await send.click()
    await page.get_by_role("button", name="Annullare l'invio").click()
    await expect(page.locator(".said.pending")).to_have_count(0)
    await expect(reply).to_have_value("Tak")
    await reply.fill("Tak, małe psy są mile widziane.")
    await page.locator("#reply input[type=file]").set_input_files(
        {"name": "regulamin.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    await send.click()
    await goes(house, page)
    answer = await hears(anna, "małe psy")
    assert answer.text.startswith("Giulia, Salon Pod Kasztanem:")
    await expect(page.locator(".said.va")).to_contain_text("Tak, małe psy")
    await expect(page.locator(".said.va footer")).to_have_text("Mandato")
    await expect(page.locator(".said.va .file")).to_have_text("regulamin.pdf")
    await expect(reply).to_have_value("")

    # She books for her, from the card: the customer hears of it.
    await page.locator("#card").get_by_role("link", name="Nuovo appuntamento").click()
    await picks(page)
    await page.get_by_role("button", name="Fissare l'appuntamento").click()
    await page.wait_for_url("**/inbox/tickets/**")  # or it might come later than where we go
    await hears(anna, "Termin zarezerwowany")
    await page.goto(f"{house.app.url}/inbox/")
    await page.locator(".ticket", has_text="Anna").first.click()
    await expect(page.locator("#card")).to_contain_text("mercoledì 25 novembre")

    # She puts it away until the customer writes, which she does.
    await page.locator("summary[data-key=s]").click()
    await page.get_by_role("button", name="Finché il cliente non scrive").click()
    await expect(page.locator(".ticket")).to_have_count(0)
    anna.write("Dziękuję, to wszystko")
    await expect(page.locator(".ticket", has_text="Dziękuję, to wszystko")).to_be_visible()
    await page.locator(".ticket").click()

    # And the bot goes on where it stopped.
    await page.get_by_role("button", name="Ridare al bot").click()
    await expect(page.locator(".head")).to_contain_text("La conversazione è del bot")
    await hears(anna, "asystent automatyczny")
    await hears(anna, "Jaką usługę zarezerwować?")


async def test_what_happens_before_the_stream_begins_is_seen(house: House, sits: Open) -> None:
    page = await sits("Giulia")
    asked, may_begin = asyncio.Event(), asyncio.Event()

    async def later(route: Route) -> None:
        asked.set()
        await may_begin.wait()
        await route.continue_()

    await page.route("**/inbox/stream", later)
    await page.reload()
    await asked.wait()
    anna = house.person("salon", "Anna", "pl")
    anna.command("human")
    await anna.hears()
    may_begin.set()
    await expect(page.locator(".ticket", has_text="Anna")).to_be_visible()


async def test_two_assistants_on_one_ticket(house: House, sits: Open) -> None:
    anna = await asks_for_a_person(house, "salon", "Anna", "pl", "Halo?")
    one, other = await sits("Giulia"), await sits("Ewa")
    for page in (one, other):
        await page.locator(".ticket", has_text="Halo?").click()
        await expect(page.locator(".said.customer").last).to_contain_text("Halo?")
    await expect(one.locator(".head")).to_contain_text("c'è anche Ewa")

    # What one does, the other sees; what she has begun to write stays, and is there after a reload.
    hers = other.get_by_label("Odpowiedź dla klienta")
    await one.locator("summary[data-key=a]").click()
    await one.get_by_label("Con due parole").fill("Ci pensi tu?")
    async with other.expect_response("**/draft"):
        await hers.fill("Dzień dobry")
    await expect(one.locator(".head")).to_contain_text("Ewa sta scrivendo")
    await expect(one.get_by_label("Con due parole")).to_have_value("Ci pensi tu?")
    await one.keyboard.press("Escape")
    await one.get_by_role("button", name="Prendere").click()
    await expect(other.locator(".head")).to_contain_text("Giulia")
    await expect(hers).to_have_value("Dzień dobry")
    await other.reload()
    await expect(hers).to_have_value("Dzień dobry")

    # What belongs to another client is stopped; sending it all the same would be a second choice.
    await one.get_by_label("Risposta al cliente").fill("Studio Dentistico Porta Venezia")
    await one.get_by_role("button", name="Mandare come").click()
    await expect(one.get_by_role("alert")).to_contain_text("Non mandato.")
    await expect(one.get_by_role("button", name="Mandare lo stesso")).to_be_visible()

    # Cut off from the stream she does not see that it was answered: what she wrote is held back until she has.
    await other.route(
        "**/inbox/tickets/**", lambda route: route.abort() if route.request.method == "GET" else route.continue_()
    )
    await one.get_by_label("Risposta al cliente").fill("Buongiorno")
    await one.get_by_role("button", name="Mandare come").click()
    await goes(house, one)
    await hears(anna, "Buongiorno")
    await other.get_by_role("button", name="Wyślij jako").click()
    await expect(other.get_by_role("alert")).to_contain_text("W międzyczasie odpowiedział ktoś inny.")
    await expect(other.locator(".said.fresh")).to_contain_text("Buongiorno")
    await expect(hers).to_have_value("Dzień dobry")
    assert not any("Dzień dobry" in message.text and message.by == "bot" for message in anna.messages[-1:])

    # Changing what was sent is stopped as well, and takes the same second choice.
    await expect(one.locator(".said.va footer")).to_contain_text("Mandato")  # nothing of it is on its way any more
    mend = one.locator(".said.va .mend")
    await mend.locator("summary").click()
    await expect(mend.locator("textarea")).to_be_visible()
    await mend.locator("textarea").fill("Buongiorno da Studio Dentistico Porta Venezia")
    await mend.locator("textarea").press("Control+Enter")
    await expect(one.get_by_role("alert")).to_contain_text("Non mandato.")
    anna.write("Dobrze")  # what comes meanwhile takes nothing away
    await expect(one.locator("#log")).to_contain_text("Dobrze")
    await expect(mend.locator("textarea")).to_have_value("Buongiorno da Studio Dentistico Porta Venezia")
    await one.get_by_role("button", name="Correggere lo stesso").click()
    await expect(one.locator(".said.va")).to_contain_text("Buongiorno da Studio")
    await hears(anna, "Buongiorno da Studio")

    # She passes it on, with a word.
    await one.locator("summary[data-key=a]").click()
    await one.get_by_label("Con due parole").fill("È tua")
    await one.get_by_role("button", name="Ewa", exact=True).click()
    await expect(one.locator(".head")).to_contain_text("Di: Ewa")
    await expect(one.locator(".said.note")).to_contain_text("Giulia → Ewa")


async def test_with_the_keyboard_alone(house: House, sits: Open) -> None:
    await house.app.database.transact(canned)
    emma = await asks_for_a_person(house, "bikes", "Emma", "en", "Is it ready?")
    page = await sits("Giulia")
    await expect(page.locator(".ticket")).to_have_count(1)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("per ogg")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/?view=today")
    while "Liffey" not in await page.evaluate("document.activeElement.textContent"):
        await page.keyboard.press("g")
        await page.keyboard.press("c")  # soon after the other, or it means nothing
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_contain_text("Emma")
    await page.wait_for_load_state()  # the keys are heard by the script
    await page.keyboard.press("t")
    await expect(page.locator(".head")).to_contain_text("Di: Giulia")
    await page.keyboard.press("n")
    await page.keyboard.type("ricordare")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".said.note")).to_contain_text("ricordare")
    await page.keyboard.press("Escape")
    await page.keyboard.press("m")
    await page.keyboard.type("Is the frame there?")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".said.asked")).to_contain_text("Is the frame there?")
    await page.keyboard.press("Escape")

    # A canned reply is typed by its name; what is missing in it stands selected.
    await page.keyboard.press("r")
    await page.keyboard.type("So:")
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    await page.keyboard.type("wel")
    await expect(page.locator("#canned li")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Risposta al cliente")).to_have_value("So: Hello {customer}, Giulia here.")
    await page.keyboard.type("Emma")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".said.pending")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("z")
    await expect(page.get_by_label("Risposta al cliente")).to_have_value("So: Hello Emma, Giulia here.")
    await page.keyboard.press("r")
    await page.keyboard.press("Control+Enter")
    await goes(house, page)
    await hears(emma, "So: Hello Emma, Giulia here.")
    await expect(page.locator(".said.va")).to_contain_text("Hello Emma")
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")
    await expect(page.locator(".head")).to_contain_text("La conversazione è del bot")
    await page.keyboard.press("u")
    await expect(page.locator(".ticket")).to_have_count(0)


async def test_what_is_written_while_something_else_goes(house: House, sits: Open) -> None:
    await house.app.database.transact(canned)
    await asks_for_a_person(house, "bikes", "Emma", "en", "Is it ready?")
    page = await sits("Giulia")
    await page.locator(".ticket").click()
    await expect(page.locator("h1")).to_contain_text("Emma")
    await page.wait_for_load_state()
    on_its_way, may_go = asyncio.Event(), asyncio.Event()

    async def slowly(route: Route) -> None:
        on_its_way.set()
        await may_go.wait()
        await route.continue_()

    await page.route("**/note*", slowly)
    await page.locator("#reply input[type=file]").set_input_files(
        {"name": "frame.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    await page.keyboard.press("n")
    await page.keyboard.type("ricordare")
    await page.keyboard.press("Control+Enter")
    await on_its_way.wait()
    await page.keyboard.type(" e poi")
    await page.keyboard.press("Escape")
    await page.keyboard.press("r")
    await page.keyboard.type("Well: /wel now")
    for _step in " now":
        await page.keyboard.press("ArrowLeft")
    may_go.set()
    await expect(page.locator(".said.note")).to_contain_text("ricordare")

    # Words, the caret among them, and files are where they were; only what was sent is gone.
    note, reply = page.get_by_label("Nota per la segreteria"), page.get_by_label("Risposta al cliente")
    await expect(note).to_have_value("ricordare e poi")
    await expect(reply).to_have_value("Well: /wel now")
    await page.keyboard.press("s")
    await expect(reply).to_have_value("Well: /wels now")
    await page.keyboard.press("Backspace")
    await expect(page.locator("#canned li")).to_be_visible()
    assert await page.locator("#reply input[type=file]").evaluate("one => one.files[0].name") == "frame.pdf"


async def test_a_click_while_the_page_is_drawn_anew(house: House, sits: Open) -> None:
    await asks_for_a_person(house, "bikes", "Emma", "en", "Is it ready?")
    page = await sits("Giulia")
    await page.locator(".ticket").hover()
    await page.mouse.down()
    await asks_for_a_person(house, "bikes", "Lara", "en", "Are you open?")
    await page.evaluate("new Promise((done) => setTimeout(done, 500))")  # by now it would be drawn
    await page.mouse.up()
    await expect(page.locator("h1")).to_contain_text("Emma")


def canned(write: Connection) -> None:
    """The bikes have a canned reply."""
    found = clients.find(write, "bikes")
    assert found is not None
    words = {"en": "Hello {customer}, {me} here.", "it": "Buongiorno {customer}, qui {me}."}
    set_words(write, clients.cached(write, *found), "canned.welcome", words)


async def test_on_a_phone(house: House, sits: Open) -> None:
    anna = await asks_for_a_person(house, "salon", "Anna", "pl", "Halo?")
    page = await sits("Giulia", width=390, height=844, has_touch=True, is_mobile=True)
    await no_sideways(page)
    await page.locator(".ticket").tap()
    await expect(page.locator(".list")).to_be_hidden()
    await no_sideways(page)
    await page.get_by_label("Azienda e cliente", exact=True).first.tap()
    await expect(page.locator("#card")).to_be_visible()
    anna.write("Jest tam kto?")
    await expect(page.locator("#log")).to_contain_text("Jest tam kto?")
    await expect(page.locator("#card")).to_be_visible()  # what changes meanwhile closes nothing
    await page.get_by_label("Torna alla conversazione").tap()
    await expect(page.locator("#card")).to_be_hidden()
    await page.get_by_role("radio", name="All'azienda").check()
    await no_sideways(page)
    await page.get_by_role("radio", name="Risposta").check()
    await page.get_by_label("Risposta al cliente").fill("Dzień dobry")
    await page.get_by_role("button", name="Mandare come").tap()
    await goes(house, page)
    await hears(anna, "Dzień dobry")
    await page.get_by_label("Torna all'elenco").tap()
    await expect(page.locator(".list")).to_be_visible()


async def no_sideways(page: Page) -> None:
    """Nothing may be wider than the screen."""
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_without_the_script(house: House, sits: Open) -> None:
    anna = await asks_for_a_person(house, "salon", "Anna", "pl", "Halo?")
    page = await sits("Giulia", java_script_enabled=False)
    await page.locator(".ticket").click()
    await page.get_by_role("button", name="Prendere").click()
    await expect(page.locator(".head")).to_contain_text("Di: Giulia")
    for words in ("Dzień dobry", "Słucham"):  # the second is not held back for the first one's sake
        await page.get_by_label("Risposta al cliente").fill(words)
        await page.get_by_role("button", name="Mandare come").click()
        await goes(house, page)
        await hears(anna, words)
    for radio, label, words, button, kind in (
        ("Nota", "Nota per la segreteria", "fatto", "Salvare la nota", "note"),
        ("All'azienda", "Messaggio all'azienda", "È urgente?", "Mandare all'azienda", "asked"),
    ):
        await page.get_by_role("radio", name=radio).check()
        await page.get_by_label(label).fill(words)
        await page.get_by_role("button", name=button).click()
        await expect(page.locator(f".said.{kind}")).to_contain_text(words)
    await page.get_by_role("button", name="Ridare al bot").click()
    await expect(page.locator(".head")).to_contain_text("La conversazione è del bot")
