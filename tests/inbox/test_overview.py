"""The overview: counted by few queries, in each client's own working time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.rules.promises import answering_minutes
from storage import clients
from tests.inbox.house import House
from tests.inbox.test_agenda import TUESDAY, books


async def test_what_waits_what_was_promised_and_how_much_there_is(house: House) -> None:
    await house.write("salon", "Ola", "/human", "pl")
    await house.write("salon", "Ewa", "/human", "pl")
    await house.write("bikes", "Joe", "/human")
    first, second = [number for (number,) in await house.rows("select number from ticket order by id limit 2")]
    async with house.browser("Giulia") as browser:
        house.now += timedelta(minutes=7)
        await browser.act("salon", first, "reply", text="Dzień dobry")
        house.now += timedelta(minutes=53)
        await house.app.settle()
        await browser.act("salon", second, "reply", text="Dzień dobry")
        await books(browser, "salon", "strzyzenie", slot=f"{TUESDAY}T09:00:00+00:00|zofia")
        page = await browser.get("/inbox/overview")
        assert page.status == 200
        assert "50 % 1 of 2" in page.words.replace("1 su 2", "1 of 2")
        assert "Bike" not in page.words  # not hers
        assert page.text.count('class="chart') == 4
        assert 'style="' not in page.text
    promised = await house.rows("select answered_at is not null, promised_at is not null from ticket order by id")
    assert promised == [(1, 1), (1, 1), (0, 1)]


async def test_an_answer_is_measured_while_somebody_could_give_it(house: House) -> None:
    found = await house.app.database.read(lambda rows: clients.find(rows, "salon"))
    assert found is not None
    salon = await house.app.database.read(lambda rows: clients.load(rows, found[0]))
    evening = datetime(2026, 11, 24, 17, 50, tzinfo=UTC)  # ten minutes before they close
    assert answering_minutes(salon, evening, evening + timedelta(minutes=4)) == 4
    assert answering_minutes(salon, evening, datetime(2026, 11, 25, 8, 5, tzinfo=UTC)) < 60
    assert answering_minutes(salon, evening, evening) == 0
