"""Calendars kept elsewhere: edited on a page, fetched over real HTTP, and what they take is taken for the bot too."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.calendars.fetch import LARGEST, Unread, fetch, session
from tests.inbox.house import House, a_house
from tests.inbox.test_agenda import TUESDAY, books, times

EVENT = "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{start}\r\nDTEND:{end}\r\nEND:VEVENT\r\n"


def a_calendar(*spans: str) -> bytes:
    """A calendar with an event from and to these times: "20261124T080000Z/20261124T160000Z"."""
    events = "".join(EVENT.format(uid=span, start=span.split("/")[0], end=span.split("/")[1]) for span in spans)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()


def leading(place: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Answers that it is elsewhere."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": place})

    return answer


@dataclass
class Server:
    """A server of one calendar, with what it was asked by."""

    content: bytes = a_calendar()
    status: int = 200
    asked: list[str] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The calendar, unless it is known by its tag."""
        tag = f'"{hash(self.content)}"'
        self.asked.append(request.headers.get("If-None-Match", ""))
        if self.status == 200 and self.asked[-1] == tag:
            return web.Response(status=304)
        return web.Response(status=self.status, body=self.content, headers={"ETag": tag})

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[Server]:
        """Serves at ``url``; /moved leads there, /round never ends."""
        site = web.Application()
        site.router.add_get("/busy.ics", self.answer)
        for path, place in (("/moved", "/busy.ics"), ("/round", "/round"), ("/inner", "file:///x")):
            site.router.add_get(path, leading(place))
        runner = web.AppRunner(site)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()


@pytest.fixture
async def house(with_examples: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The house, which may look into private nets: the server of the calendar is on this machine."""
    shutil.copy(with_examples, tmp_path / "house.db")
    async with a_house(f"sqlite:///{tmp_path}/house.db") as house:
        house.settings = house.settings.model_copy(update={"private_calendars": True})
        async with house.built():
            await house.hire("Giulia", "salon", "dentista", language="it")
            yield house


async def keeps(house: House, addresses: str, status: int = 200) -> None:
    """Giulia gives Zofia these calendars."""
    async with house.browser("Giulia") as browser:
        page = await browser.get("/inbox/agenda/salon/calendars")
        form = {"csrf": page.value("csrf"), "token": page.value("token"), "addresses": addresses}
        kept = await browser.post("/inbox/agenda/salon/calendars/zofia", **form)
        assert kept.status == status, kept.words


async def free(house: House) -> list[str]:
    """When Zofia is free on Tuesday, as the desk's page offers it."""
    async with house.browser("Giulia") as browser:
        return times(await browser.get(f"/inbox/agenda/salon/new?service=strzyzenie&day={TUESDAY}&resource=zofia"))


async def test_a_foreign_event_takes_the_time_away_and_gives_it_back(house: House) -> None:
    async with Server().serve() as server:
        before = await free(house)
        server.content = a_calendar("20261124T080000Z/20261124T110000Z")
        await keeps(house, f"{server.url}/moved")
        await house.app.settle()
        after = await free(house)
        assert after
        assert set(after) < set(before)
        assert not any("T08:" in one or "T10:" in one for one in after)
        async with house.browser("Giulia") as browser:
            for view, shaded in (("", True), ("&view=week&client=salon", True), ("&view=week", False)):
                page = await browser.get(f"/inbox/agenda?day={TUESDAY}{view}")
                # A week is shaded where nobody is left who would work.
                assert ("shade busy t" in page.text) is shaded, view
            taken = await books(browser, "salon", "strzyzenie", slot=f"{TUESDAY}T09:00:00+00:00|zofia")
            assert taken.status == 409  # by the check under lock, which is the bot's too
        house.now += timedelta(minutes=16)
        await house.app.settle()
        assert server.asked[0] == ""
        assert server.asked[-1]  # by its tag, and it had not changed
        server.content = a_calendar()
        house.now += timedelta(minutes=16)
        await house.app.settle()
        assert len(await free(house)) > len(after)
        async with house.browser("Giulia") as browser:
            assert "127.0.0.1" in (await browser.get("/inbox/agenda/salon/calendars")).words
        await keeps(house, "")
        assert await house.rows("select count(*) from busy_feed") == [(0,)]


async def test_a_dead_calendar_is_an_incident_until_it_lives_again(house: House) -> None:
    async with Server(a_calendar("20261124T080000Z/20261124T160000Z")).serve() as server:
        await keeps(house, f"{server.url}/busy.ics")
        await house.app.settle()
        taken = await house.rows("select count(*) from busy_time")
        server.status = 500
        for _ in range(4):
            house.now += timedelta(minutes=16)
            await house.app.settle()
        assert await house.rows("select count(*) from busy_time") == taken  # what was known stays taken
        [(subject, state)] = await house.rows("select subject, state from ticket")
        assert (subject, state) == ("The calendar of Zofia can't be read: its server is out of order", "open")
        async with house.browser("Giulia") as browser:
            assert "Zofia" in (await browser.get("/inbox/agenda")).words
            assert "il suo server è guasto" in (await browser.get("/inbox/agenda/salon/calendars")).words
        server.status = 200
        house.now += timedelta(minutes=16)
        await house.app.settle()
        assert await house.rows("select state from ticket") == [("done",)]
    await keeps(house, "gopher://example.org/x", status=409)


async def test_what_is_fetched_is_bounded_and_of_the_open_net_alone() -> None:
    async with (
        Server(b"x" * (LARGEST + 1)).serve() as server,
        session(private=True) as inner,
        session(private=False) as outer,
    ):
        for path in ("/busy.ics", "/round", "/inner", "/none"):
            with pytest.raises(Unread):
                await fetch(inner, server.url + path, private=True)
        for address in (server.url, "http://localhost/busy.ics", "http://[::1]/x", "http://10.0.0.1/x", "ftp://a/b"):
            with pytest.raises(Unread):
                await asyncio.wait_for(fetch(outer, address), 30)
        assert server.asked == [""]


async def test_a_foreign_event_on_a_booked_appointment_is_settled_by_one_ticket(house: House) -> None:
    async with Server().serve() as server, house.browser("Giulia") as browser:
        await house.write("salon", "Anna", "/start", "pl")
        house.heard("salon", "Anna")
        [(customer,)] = await house.rows("select id from customer")
        page = await books(
            browser, "salon", "strzyzenie", slot=f"{TUESDAY}T09:00:00+00:00|zofia", customer=str(customer)
        )
        assert page.status == 200, page.words
        house.heard("salon", "Anna")
        event = a_calendar("20261124T093000Z/20261124T110000Z").replace(b"DTSTAMP", b"SUMMARY:Chirurgo\r\nDTSTAMP")
        server.content = event
        await keeps(house, f"{server.url}/busy.ics")
        await house.app.settle()
        tickets = "select number, state, subject from ticket where kind = 'task'"
        [(number, state, subject)] = await house.rows(tickets)
        assert (state, subject) == ("open", "Busy elsewhere (Zofia): Anna, Tue 24 Nov, 10:00")
        shown = await browser.get(f"/inbox/tickets/salon/{number}")
        assert "127.0.0.1" in shown.words
        assert "mar 24/11, 10:30 – mar 24/11, 12:00" in shown.words
        assert "Chirurgo" not in shown.text
        # Another event beside it, the same once more, and what is read whole after a day: still the one ticket.
        for more in ("20261125T090000Z/20261125T100000Z", "20261126T090000Z/20261126T100000Z"):
            server.content = event.replace(b"END:VCALENDAR", a_calendar(more).partition(b"PRODID:x\r\n")[2])
            house.now += timedelta(minutes=16)
            await house.app.settle()
        assert await house.rows(tickets) == [(number, state, subject)]
        await browser.act("salon", number, "offer")
        [offered] = house.heard("salon", "Anna")
        assert "nie może odbyć się" in offered
        assert [one for one, *_ in await house.rows("select state from ticket where kind = 'task'")] == ["snoozed"]
        server.content = a_calendar()
        house.now += timedelta(minutes=16)
        await house.app.settle()
        [(state, outcome)] = await house.rows("select state, outcome from ticket where kind = 'task'")
        assert (state, outcome) == ("done", "stands again")
        [stands] = house.heard("salon", "Anna")
        assert "bez zmian" in stands
        # It comes back: a new ticket; she takes another time, which settles it, and the calendar hits nothing any more.
        server.content = event
        house.now += timedelta(minutes=16)
        await house.app.settle()
        again = number + 1
        await browser.act("salon", again, "offer")
        anna = house.person("salon", "Anna")
        message = next(one for one in reversed(anna.messages) if one.inline)
        await house.take("salon", anna.press(message, message.labels[0][0]))
        assert await house.rows(f"{tickets} and state = 'done' and number = {again}") != []
        house.now += timedelta(minutes=16)
        await house.app.settle()
        assert await house.rows("select count(*) from ticket where kind = 'task'") == [(2,)]


async def test_what_the_desk_books_into_a_foreign_event_is_its_own_wish(house: House) -> None:
    async with Server(a_calendar("20261124T080000Z/20261124T110000Z")).serve() as server:
        await keeps(house, f"{server.url}/busy.ics")
        await house.app.settle()
        async with house.browser("Giulia") as browser:
            beside = {"slot": "other", "at": f"{TUESDAY}T10:00", "with": "zofia", "waived": "Si può"}
            assert (await books(browser, "salon", "strzyzenie", **beside)).status == 200
            await books(
                browser, "salon", "strzyzenie", slot=f"{TUESDAY}T13:00:00+00:00|zofia", name="Ola Wrona", phone=""
            )
            server.content = a_calendar("20261124T080000Z/20261124T110000Z", "20261124T130000Z/20261124T140000Z")
            house.now += timedelta(minutes=16)
            await house.app.settle()
            [(subject,)] = await house.rows("select subject from ticket where kind = 'task'")
            assert "Ola Wrona" in subject
            await keeps(house, "")  # nobody reads that calendar any more: nothing is in the way
            assert await house.rows("select state from ticket where kind = 'task'") == [("done",)]
