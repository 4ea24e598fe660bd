"""The wrong-client guard: what belongs elsewhere is stopped, and ordinary replies are let through."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.office import wrong_client
from bot.values import Customer
from storage import clients
from tests.inbox.house import House
from tests.inbox.test_desk import asks_for_a_person

ORDINARY = (Path(__file__).parent / "ordinary_replies.txt").read_text().splitlines()


async def stops(house: House, slug: str, *texts: str) -> list[str]:
    """Which of these replies are stopped."""

    def look(rows: Connection) -> list[str]:
        everybody = clients.all_clients(rows)
        client = next(one for one in everybody if one.slug == slug)
        someone = Customer(0, client.id, phone="+48600700800")
        return [text for text in texts if wrong_client.wrong(rows, client, someone, text)]

    return await house.app.database.read(look)


@pytest.mark.parametrize("slug", ["salon", "dentista", "bikes"])
async def test_ordinary_replies_are_let_through(house: House, slug: str) -> None:
    await house.app.database.transact(
        lambda write: write.exec_driver_sql("update customer set phone = '+39025550101'").close()
    )
    stopped = await stops(house, slug, *ORDINARY)
    assert len(ORDINARY) >= 100
    assert len(stopped) < len(ORDINARY) / 100, stopped


async def test_what_belongs_to_another_client_is_stopped(house: House) -> None:
    dentist = next(one for one in await house.app.database.read(clients.all_clients) if one.slug == "dentista")
    wrong = [
        f"Zapraszamy do {dentist.name}.",
        f"jesteśmy w {dentist.name.upper()}",
        f"Numer: {dentist.phone}",
        f"Numer: {dentist.phone.replace(' ', '')}",
        f"adres: {dentist.address.partition(',')[0]}",
        f"proszę pisać na {dentist.email}",
    ]
    assert await stops(house, "salon", *wrong) == wrong
    assert await stops(house, "dentista", *wrong) == []


async def test_the_number_of_another_customer_is_stopped(house: House) -> None:
    await asks_for_a_person(house, "bikes", "Emma", "en")
    await house.app.database.transact(
        lambda write: write.exec_driver_sql("update customer set phone = '+353861234567'").close()
    )
    said = ["Call +353 86 123 4567", "chiami il 086 123 4567"]
    assert await stops(house, "salon", *said) == said
    assert await stops(house, "salon", "My to +48 600 700 800") == []  # her own


async def test_sending_anyway_is_a_second_choice_and_is_noted(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    text = "Proszę dzwonić do Studio Dentistico Porta Venezia"
    async with house.browser("Giulia") as browser:
        stopped = await browser.act("salon", number, "reply", text=text)
        assert stopped.status == 409
        assert "«Studio Dentistico Porta Venezia» è di Studio Dentistico Porta Venezia" in stopped.words
        assert "Mandare lo stesso" in stopped.words
        assert text in stopped.words
        assert house.heard("salon", "Anna") == []
        sent = await browser.act("salon", number, "reply", text=text, anyway="yes")
        assert sent.status == 200
    assert len(house.heard("salon", "Anna")) == 1
    assert await house.rows("select what, about from access_log where what = 'sent anyway'") == [
        ("sent anyway", number)
    ]


async def test_changing_what_was_sent_passes_the_same_guard(house: House) -> None:
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    text = "Proszę dzwonić do Studio Dentistico Porta Venezia"
    async with house.browser("Giulia") as browser:
        await browser.act("salon", number, "reply", text="Dzień dobry")
        house.heard("salon", "Anna")
        [(message,)] = await house.rows("select id from message where by = 'va' order by id desc limit 1")
        stopped = await browser.act("salon", number, "edit", message=message, text=text)
        assert stopped.status == 409
        assert "«Studio Dentistico Porta Venezia» è di Studio Dentistico Porta Venezia" in stopped.words
        assert text in stopped.words and "Correggere lo stesso" in stopped.words
        assert "Mandare lo stesso" not in stopped.words
        assert await house.rows("select count(*) from access_log where what = 'sent anyway'") == [(0,)]
        changed = await browser.act("salon", number, "edit", message=message, text=text, anyway="yes")
        assert changed.status == 200 and "Correggere lo stesso" not in changed.words
    assert house.person("salon", "Anna").last.text.endswith(text)
    assert await house.rows("select what, about from access_log where what = 'sent anyway'") == [
        ("sent anyway", number)
    ]


def test_a_client_that_is_called_by_a_common_word_stops_only_its_name() -> None:
    assert wrong_client.holds("Chiami Sole, il negozio", "Sole")
    assert not wrong_client.holds("Oggi c'è il sole", "Sole")
    assert not wrong_client.holds("Solero", "Sole")
