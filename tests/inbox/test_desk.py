"""The queue, the ticket, and what is done with it, through pages and forms alone."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import Connection, text

from bot.questions.replying import UNDO
from tests.inbox.house import House


async def asks_for_a_person(house: House, slug: str, name: str, language: str) -> int:
    """A customer asks for a person; the number of the ticket."""
    await house.write(slug, name, "/human", language)
    house.heard(slug, name)
    [(number,)] = await house.rows("select max(ticket.number) from ticket join client on client.id = client_id "
                                   "where slug = :slug", slug=slug)  # fmt: skip
    return int(number)


async def test_a_polish_customer_is_read_in_italian_and_answered_in_her_client_s_name(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    await house.write("salon", "Anna", "Czy jest parking <b>?", "pl")
    async with house.browser("Giulia") as browser:
        queue = await browser.get("/inbox/")
        assert "Salon Pod Kasztanem" in queue.words
        assert "Czy jest parking <b>?" in queue.words
        page = await browser.get(f"/inbox/tickets/salon/{number}")
        assert "Le risponderà qui" in page.words  # what the bot said in Polish
        assert "odpowie" in page.words.lower()  # and as it was sent
        assert "<b>?" not in page.text
        assert "Mandare come Salon Pod Kasztanem a Anna (PL)" in page.words
        assert "Alla prima visita la consulenza è gratuita." in page.words
        assert "Da evitare Non dare prezzi per le correzioni" in page.words
        answer = await browser.act("salon", number, "reply", text="Tak, za rogiem & bezpłatny.")
        assert answer.status == 200
        assert answer.url.endswith(f"/inbox/tickets/salon/{number}")
    [said] = house.heard("salon", "Anna")
    assert said == "Giulia, Salon Pod Kasztanem:\nTak, za rogiem & bezpłatny."
    assert await house.rows("select due_at from ticket") == [(None,)]


async def test_a_second_click_is_the_same_act(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser:
        page = await browser.get(f"/inbox/tickets/salon/{number}")
        form = {"csrf": page.value("csrf"), "token": page.value("token"), "seen": page.value("seen"), "text": "Tak"}
        for _ in range(2):
            assert (await browser.post(f"/inbox/tickets/salon/{number}/reply", **form)).status == 200
    await house.pass_by(UNDO)
    assert len(house.heard("salon", "Anna")) == 1
    assert await house.rows("select count(*) from updates where channel = 'inbox'") == [(1,)]


async def test_a_reply_written_before_the_last_words_were_read_waits(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser:
        page = await browser.get(f"/inbox/tickets/salon/{number}")
        form = {"csrf": page.value("csrf"), "token": page.value("token"), "seen": page.value("seen"), "text": "Tak"}
        await house.write("salon", "Anna", "Już nieaktualne", "pl")
        house.heard("salon", "Anna")
        stopped = await browser.post(f"/inbox/tickets/salon/{number}/reply", **form)
        assert stopped.status == 409
        assert "Nel frattempo il cliente ha scritto" in stopped.words
        assert 'class="said customer fresh"' in stopped.text
        assert ">Tak</textarea>" in stopped.text
        assert house.heard("salon", "Anna") == []
        form |= {"token": stopped.value("token"), "seen": stopped.value("seen")}
        assert (await browser.post(f"/inbox/tickets/salon/{number}/reply", **form)).status == 200
        await house.pass_by(UNDO)
    assert len(house.heard("salon", "Anna")) == 1


async def test_a_colleague_s_answer_is_read_first_too(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    await house.hire("Ewa", "salon", language="pl")
    async with house.browser("Giulia") as one, house.browser("Ewa") as other:
        page = await one.get(f"/inbox/tickets/salon/{number}")
        await other.act("salon", number, "reply", text="Ja odpowiem")
        stopped = await one.act("salon", number, "reply", text="Io rispondo", seen=page.value("seen"))
        assert stopped.status == 409
        assert "ha risposto qualcun altro" in stopped.words
    assert len(house.heard("salon", "Anna")) == 1


async def test_a_note_is_the_desk_s_alone(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser:
        empty = await browser.act("salon", number, "note", text="  ")
        assert empty.status == 409
        page = await browser.act("salon", number, "note", text="È <i>allergica</i>")
        assert "È <i>allergica</i>" in page.words.replace("&lt;", "<")
        assert "<i>allergica" not in page.text
    assert house.heard("salon", "Anna") == []
    assert await house.rows("select count(*) from message where text like '%allergica%'") == [(0,)]


async def test_taking_is_not_taking_away(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    ewa = await house.hire("Ewa", "salon", language="en")
    async with house.browser("Giulia") as one, house.browser("Ewa") as other:
        page = await one.get(f"/inbox/tickets/salon/{number}")
        form = {"csrf": page.value("csrf"), "token": page.value("token")}
        await other.act("salon", number, "take")
        late = await one.post(f"/inbox/tickets/salon/{number}/take", **form)
        assert late.status == 409
        assert "qualcuno ha preso" in late.words
        assert "Anna" in (await other.get("/inbox/?view=mine")).words
        assert "Anna" not in (await one.get("/inbox/?view=free")).words
        assert await house.rows("select owner_id from ticket") == [(ewa,)]
        await other.act("salon", number, "release")
        assert await house.rows("select owner_id from ticket") == [(None,)]


async def test_a_ticket_put_away_comes_back_in_time(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser:
        until = house.now + timedelta(hours=2)
        page = await browser.act("salon", number, "snooze", until=until.isoformat())
        assert page.url.endswith("/inbox/")
        assert "Anna" not in page.words
        assert "Anna" in (await browser.get("/inbox/?view=snoozed")).words
        house.now += timedelta(hours=3)
        await house.app.settle()
        assert "Anna" in (await browser.get("/inbox/")).words
        past = await browser.act("salon", number, "snooze", until="2026-11-23T08:00")
        assert past.status == 409


async def test_a_ticket_put_away_comes_back_when_the_customer_writes(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser:
        await browser.act("salon", number, "snooze", until="")
        assert "Anna" not in (await browser.get("/inbox/")).words
        await house.write("salon", "Anna", "Halo?", "pl")
        assert "Halo?" in (await browser.get("/inbox/")).words


async def test_handing_back_ends_the_ticket_and_the_bot_goes_on(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")
    async with house.browser("Marta") as browser:
        page = await browser.act("bikes", number, "hand-back")
        assert page.status == 200
        assert "Open again" in page.words
        assert "Emma" not in (await browser.get("/inbox/")).words
        assert "Emma" in (await browser.get("/inbox/?view=done")).words
        await browser.act("bikes", number, "reopen")
        assert "Emma" in (await browser.get("/inbox/")).words
    [back] = house.heard("bikes", "Emma")
    assert "automatic assistant" in back


async def test_what_could_not_be_sent_is_said_and_tried_again(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")
    async with house.browser("Marta") as browser:
        await browser.act("bikes", number, "reply", text="On Saturday at ten.")
        house.heard("bikes", "Emma")
        await house.app.database.transact(
            lambda write: (
                write.exec_driver_sql("update message set state = 'failed', reason = 'too long' where \"by\" = 'va'"),
                write.exec_driver_sql(
                    "update job set state = 'failed' where message_id = (select max(id) from message)"
                ),
            )
        )
        page = await browser.get(f"/inbox/tickets/bikes/{number}")
        assert "Not sent : too long" in page.words or "Not sent: too long" in page.words
        message = page.value("message")
        await browser.act("bikes", number, "resend", message=message)
        assert len(house.heard("bikes", "Emma")) == 1
        again = await browser.act("bikes", number, "resend", message=message)
        assert again.status == 409


async def test_the_customer_is_vouched_for(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")
    async with house.browser("Marta") as browser:
        page = await browser.act("bikes", number, "code")
        assert "The code is" in page.words
        page = await browser.act("bikes", number, "verify", phone="+353 86 123 4567")
        assert "by the desk" in page.words
        assert "+353861234567" in page.words


async def test_a_file_comes_through_us(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")
    await house.take("bikes", house.person("bikes", "Emma").send_document("a bill.pdf", b"%PDF-1.4", "application/pdf"))
    async with house.browser("Marta") as browser:
        page = await browser.get(f"/inbox/tickets/bikes/{number}")
        [(file,)] = await house.rows("select id from file")
        assert f'href="/inbox/files/bikes/{file}"' in page.text
        got = await browser.get(f"/inbox/files/bikes/{file}")
        assert got.text == "%PDF-1.4"
        assert got.headers["Content-Type"] == "application/octet-stream"
        assert got.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%20bill.pdf"
        assert got.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_urgent_and_the_late_come_first(house: House) -> None:
    await asks_for_a_person(house, "dentista", "Carla", "it")
    house.now += timedelta(minutes=5)
    await asks_for_a_person(house, "salon", "Anna", "pl")
    await house.write("dentista", "Bruno", "ho un dolore fortissimo, è urgente", "it")
    async with house.browser("Giulia") as browser:
        words = (await browser.get("/inbox/")).text
        assert words.index("Bruno") < min(words.index("Anna"), words.index("Carla"))


async def test_search_finds_by_name_without_accents_and_by_number(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Łucja", "pl")
    await house.app.database.transact(
        lambda write: write.exec_driver_sql("update customer set name = 'Łucja Żółć', folded = 'lucja zolc +4812'")
    )
    async with house.browser("Giulia") as browser:
        for words in ("zolc", "ŻÓŁĆ", "lucja z", str(number), f"#{number}", "+4812"):
            assert (
                "Łucja Żółć" in (await browser.get(f"/inbox/?q={words.replace('#', '%23').replace('+', '%2B')}")).words
            )
        for words in ("%", "_", "9999", "nobody"):
            assert "Łucja" not in (await browser.get(f"/inbox/?q={words.replace('%', '%25')}")).words


async def test_a_draft_outlives_a_restart(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")
    async with house.browser("Marta") as browser:
        csrf = (await browser.get(f"/inbox/tickets/bikes/{number}")).value("csrf")
        draft = f"/inbox/tickets/bikes/{number}/draft"
        assert (await browser.post(draft, csrf=csrf, box="reply", text="Half a sen")).status == 204
    await house.app.stop()
    async with house.built(), house.browser("Marta") as browser:
        assert ">Half a sen</textarea>" in (await browser.get(f"/inbox/tickets/bikes/{number}")).text
        await browser.act("bikes", number, "reply", text="A whole sentence.")
        assert "Half a sen" not in (await browser.get(f"/inbox/tickets/bikes/{number}")).text


async def test_what_was_sent_is_mended_for_the_customer_too(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")
    async with house.browser("Marta") as browser:
        await browser.act("bikes", number, "reply", text="On Saterday.")
        page = await browser.get(f"/inbox/tickets/bikes/{number}")
        message = page.value("message")
        page = await browser.act("bikes", number, "edit", message=message, text="On Saturday & Sunday.")
        assert page.status == 200
        assert "On Saturday & Sunday." in page.words
        assert "Saterday" not in page.words
        assert "edited" in page.words
        [(asked,)] = await house.rows("select min(id) from message")
        assert (await browser.act("bikes", number, "edit", message=str(asked), text="x")).status == 409
    [mended] = [one.text for one in house.person("bikes", "Emma").messages if "Sat" in one.text]
    assert mended == "Marta, Liffey Bike Workshop:\nOn Saturday & Sunday."


async def test_an_order_is_set_and_its_customer_told(house: House) -> None:
    number = await asks_for_a_person(house, "bikes", "Emma", "en")
    await house.app.database.transact(
        lambda write: write.exec_driver_sql(
            "insert into orders "
            "(client_id, number, customer_id, name, phone, email, status, items, changed_at, created_at) "
            "select client_id, '1042', customer_id, '', '', '', 'accepted', '[]', opened_at, opened_at from ticket"
        ).close()
    )
    await house.app.database.transact(
        lambda write: write.exec_driver_sql(
            "insert into order_watch (order_id, conversation_id, wanted) "
            "select orders.id, ticket.conversation_id, 1 from orders, ticket"
        ).close()
    )
    async with house.browser("Marta") as browser:
        page = await browser.act("bikes", number, "order", number="1042", status="ready", expected="", note="")
        assert page.status == 200
        assert "1042 Ready" in page.words
    [told] = house.heard("bikes", "Emma")
    assert "1042" in told


async def test_colleagues_at_one_ticket_know_of_each_other(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    await house.hire("Ewa", "salon", language="en")
    async with house.browser("Giulia") as one, house.browser("Ewa") as other:
        page = await one.get(f"/inbox/tickets/salon/{number}")
        assert "Qui c'è anche" not in page.words
        csrf = (await other.get(f"/inbox/tickets/salon/{number}")).value("csrf")
        assert "Qui c'è anche Ewa" in (await one.get(f"/inbox/tickets/salon/{number}")).words
        await other.post(f"/inbox/tickets/salon/{number}/draft", csrf=csrf, box="reply", text="Hello")
        assert "Ewa sta scrivendo" in (await one.get(f"/inbox/tickets/salon/{number}")).words
        house.now += timedelta(minutes=2)
        page = await one.get(f"/inbox/tickets/salon/{number}")
        assert "Ewa" not in page.text.partition('id="head"')[2].partition("</div>")[0]


async def test_what_was_said_long_ago_is_there_too(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    [(talk, client)] = await house.rows("select id, client_id from conversation")

    def chatter(write: Connection) -> None:
        columns = '(client_id, conversation_id, "by", audience, text, folded, pressed, state, epoch, at)'
        values = [{"at": number, "text": f"line {number};"} for number in range(700)]
        row = f"({client}, {talk}, 'customer', 'customer', :text, '', '', '', 0, :at)"
        write.execute(text(f"insert into message {columns} values {row}"), values)

    await house.app.database.transact(chatter)
    async with house.browser("Giulia") as browser:
        page = await browser.get(f"/inbox/tickets/salon/{number}")
        for first in (400, 100, 0):
            assert f"line {first};" in page.words
            assert (f"line {first - 1};" in page.words) is False
            earlier = re.search(r'href="([^"]*most=\d+)"', page.text)
            assert (earlier is None) is (first == 0)
            if earlier is not None:
                page = await browser.get(earlier[1])
