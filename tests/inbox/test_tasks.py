"""A task at the desk: entered, taken on with an estimate, its steps ticked, timed, done; and one that comes again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.inbox.house import Browser, House, Page


async def send(browser: Browser, path: str, **form: Any) -> Page:
    """Opens the page of tasks and sends one of its forms."""
    page = await browser.get("/inbox/tasks")
    assert page.status == 200, page.text
    return await browser.post(path, csrf=page.value("csrf"), token=page.value("token"), **form)


async def test_a_task_is_entered_worked_at_and_done(house: House) -> None:
    async with house.browser("Marta") as marta:
        form = {"kind": "errand", "title": "Order towels", "steps": "Ask the price\nOrder", "due": "2026-11-25T12:00"}
        page = await send(marta, "/inbox/tasks/bikes", **form)
        assert page.url.endswith("/inbox/tickets/bikes/1001")
        page = await marta.act("bikes", 1001, "task-accept", minutes="30")
        assert "Taken on" in page.words
        page = await marta.act("bikes", 1001, "task-tick", place="0", done="yes")
        assert "☑ Ask the price ☐ Order" in page.words
        page = await marta.act("bikes", 1001, "task-start")
        assert "Stop the timer" in page.words
        house.now += timedelta(minutes=12)
        page = await marta.act("bikes", 1001, "task-done", text="Ordered")
        assert "Result Ordered" in page.words
    assert await house.rows("select state, estimate, checklist from task") == [
        ("done", 30, '[["Ask the price", true], ["Order", false]]')
    ]
    assert len(await house.rows("select id from work where kind = 'task'")) == 1


async def test_a_task_that_comes_again_ends(house: House) -> None:
    async with house.browser("Marta") as marta:
        page = await send(marta, "/inbox/tasks/bikes", title="Backup", every="week")
        assert page.status == 409
        assert "From when on, and how often?" in page.words
        page = await send(marta, "/inbox/tasks/bikes", title="Backup", every="week", due="2026-11-30T09:00")
        assert "Comes again" in page.words
        house.now += timedelta(days=7)
        await house.app.settle()
        assert await house.rows("select title from task") == [("Backup",)]
        await marta.login("Marta")
        page = await send(marta, "/inbox/tasks/bikes/again/1/end")
        assert "Comes again" not in page.words
