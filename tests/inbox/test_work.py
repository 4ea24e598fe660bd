"""Work: recorded by the acts that do it, ended by itself where nobody is, put right by adding."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

from tests.inbox.house import Browser, House


async def beats(browser: Browser, slug: str, number: int, **more: str) -> None:
    """The page says that the ticket is before her."""
    assert browser.page is not None
    page = await browser.post(f"/inbox/tickets/{slug}/{number}/seen", csrf=browser.page.value("csrf"), **more)
    assert page.status == 204


async def done(house: House) -> list[tuple[str, float, str]]:
    """What was recorded: kind, minutes, charge."""
    found = await house.rows("select kind, started_at, ended_at, charge from work order by id")
    return [
        (kind, (datetime.fromisoformat(str(to)) - datetime.fromisoformat(str(at))) / timedelta(minutes=1), charge)
        for kind, at, to, charge in found
    ]


async def test_focus_ends_by_itself_and_acts_are_counted(house: House) -> None:
    await house.write("salon", "Ola", "/human", "pl")
    [(number,)] = await house.rows("select number from ticket")
    async with house.browser("Giulia") as browser:
        await browser.get(f"/inbox/tickets/salon/{number}")
        await beats(browser, "salon", number)
        for _ in range(6):
            house.now += timedelta(seconds=30)
            await beats(browser, "salon", number)
            await house.app.settle()
        assert await done(house) == []
        house.now += timedelta(minutes=40)  # she went for lunch with the page open
        await house.app.settle()
        assert await done(house) == [("focus", 3.0, "billable")]
        await browser.get(f"/inbox/tickets/salon/{number}")
        await beats(browser, "salon", number)
        house.now += timedelta(minutes=1)
        await browser.act("salon", number, "reply", text="Dzień dobry")
        await beats(browser, "salon", number, leaves="yes")
        (_, message, focus) = await done(house)
        assert message == ("message", 0.0, "included")
        assert (focus[0], focus[2]) == ("focus", "billable")
        assert 1 <= focus[1] < 2
        await browser.get("/inbox/tickets/salon/77")
        assert (await browser.post("/inbox/tickets/bikes/1001/seen", csrf="x")).status in {403, 404}


async def test_short_looks_add_up_to_the_minute_of_their_day(house: House) -> None:
    await house.write("salon", "Ola", "/human", "pl")
    [(number,)] = await house.rows("select number from ticket")
    async with house.browser("Giulia") as browser:
        await browser.get(f"/inbox/tickets/salon/{number}")
        for seconds in (25, 20, 9, 20, 25):  # who looks in for nine seconds passes by
            await beats(browser, "salon", number)
            house.now += timedelta(seconds=seconds)
            await beats(browser, "salon", number, leaves="yes")
            house.now += timedelta(minutes=5)
        assert [round(minutes * 60) for _kind, minutes, _class in await done(house)] == [25, 20, 20, 25]
        day = (await browser.get("/inbox/work?client=salon")).words
        assert " 0:25 " in day and " 0:20 " in day
        table = await browser.get("/inbox/work.csv?day=2026-11-23&client=salon")
        rows = list(csv.DictReader(io.StringIO(table.text)))
        assert [row["seconds"] for row in rows] == ["25", "20", "20", "25"]
        assert [row["minutes of the day"] for row in rows] == ["", "", "", "2"]  # of each alone it would be none


async def test_a_call_and_a_correction_with_its_reason(house: House) -> None:
    async with house.browser("Giulia") as browser:
        page = await browser.get("/inbox/calls/salon")
        form = {name: page.value(name) for name in ("csrf", "token", "since")}
        house.now += timedelta(minutes=7)
        await browser.post("/inbox/calls/salon", **form, name="Ewa Sroka", phone="", about="Pyta o cenę", end="note")
        assert await done(house) == [("call", 7.0, "billable")]
        [(id,)] = await house.rows("select id from work")
        page = await browser.get("/inbox/work?client=salon")
        assert "7" in page.words
        fields = {"csrf": page.value("csrf"), "token": "a", "minutes": "5", "charge": "free"}
        refused = await browser.post(f"/inbox/work/salon/{id}?day=2026-11-23", **fields, reason="")
        assert refused.status == 409
        fields["token"] = "b"
        await browser.post(f"/inbox/work/salon/{id}?day=2026-11-23", **fields, reason="=telefono caduto")
        fields["token"] = "c"
        again = await browser.post(f"/inbox/work/salon/{id}?day=2026-11-23", **fields, reason="di nuovo")
        assert again.status == 409  # what was corrected is not corrected again: the correction is
        assert await done(house) == [("call", 7.0, "billable"), ("call", 5.0, "free")]
        entered = {"csrf": page.value("csrf"), "token": "d", "minutes": "30", "charge": "billable"}
        await browser.post("/inbox/work/salon", **entered, at="2026-11-23T09:00", reason="Listino nuovo")
        table = await browser.get("/inbox/work.csv?day=2026-11-23&client=salon")
        rows = list(csv.DictReader(io.StringIO(table.text)))
        kept = {(row["kind"], row["seconds"], row["class"], row["counts"], row["minutes of the day"]) for row in rows}
        assert kept == {
            ("call", "420", "billable", "no", ""),
            ("call", "300", "free", "yes", "5"),
            ("other", "1800", "billable", "yes", "30"),
        }
        assert "'=telefono caduto" in {row["reason"] for row in rows}
        shown = await browser.get("/inbox/work?day=2026-11-23")
        assert "Listino nuovo" in shown.words
    async with house.browser("Marta") as other:
        assert "Listino" not in (await other.get("/inbox/work?day=2026-11-23")).words
        assert (await other.post(f"/inbox/work/salon/{id}", csrf="x")).status in {403, 404}
