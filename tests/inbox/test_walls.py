"""What a member is not given does not exist for her: no route shows it, and none acts on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from aiohttp import web

from bot.inbox.acting import DOINGS
from tests.inbox.house import House

PUBLIC = {"/inbox/login", "/inbox/login/code", "/inbox/static"}
ADMINISTRATORS = "/inbox/office"
"""Before the routes that are there for administrators alone."""
OF_HER_OWN = {"/inbox", "/inbox/", "/inbox/me", "/inbox/me/password", "/inbox/me/sessions", "/inbox/logout"} | {
    "/inbox/agenda",
    "/inbox/agenda.css",
    "/inbox/calls",
    "/inbox/colours.css",
    "/inbox/stream",
    "/inbox/me/factor",
    "/inbox/alerts",
    "/inbox/alerts/link",
    "/inbox/work",
    "/inbox/work.csv",
    "/inbox/tasks",
    "/inbox/overview",
}
"""Routes that name no client; what they show is tested below."""


def routes(house: House) -> Iterator[tuple[str, str]]:
    """Every route of the inbox: method and pattern."""
    for route in house.app.inbox.app.router.routes():
        assert route.resource is not None
        if route.method != "HEAD" and not isinstance(route.resource, web.StaticResource):
            yield route.method, route.resource.canonical


def filled(pattern: str, **values: str | int) -> str:
    """An address of a route: what is not given is the first of its kind, or the first choice that it leaves."""
    return pattern.format_map(defaultdict(lambda: 1, {"part": "services", **values}))


async def a_secret(house: House) -> tuple[int, int]:
    """Tickets at the bikes, of a customer who sent a file: the number, and the file's id."""
    await house.write("bikes", "Zelda", "/human")
    await house.take("bikes", house.person("bikes", "Zelda").send_document("bill.pdf", b"%PDF", "application/pdf"))
    [(number,)] = await house.rows("select number from ticket")
    [(file,)] = await house.rows("select id from file")
    return int(number), int(file)


async def test_every_route_that_names_a_client_is_not_there_for_who_is_not_given_it(house: House) -> None:
    number, file = await a_secret(house)
    walked = []
    async with house.browser("Giulia") as browser:
        csrf = (await browser.get("/inbox/me")).value("csrf")
        before = await house.rows("select state, owner_id, urgent, due_at from ticket")
        for method, pattern in routes(house):
            if pattern in PUBLIC | OF_HER_OWN:
                continue
            for_few = pattern.startswith(ADMINISTRATORS)
            assert "{client}" in pattern or for_few, f"{pattern} names no client: is it walked?"
            for doing in DOINGS if "{doing}" in pattern else [""]:
                path = filled(pattern, client="bikes", number=number, id=file, doing=doing)
                if method == "GET":
                    page = await browser.get(path)
                else:
                    page = await browser.post(path, csrf=csrf, token="t", text="hello", until="", staff="", box="note")
                assert page.status == 404, (method, path, page.status)
                assert "Zelda" not in page.text
                walked.append(path)
        assert len(walked) > len(DOINGS)
        assert await house.rows("select state, owner_id, urgent, due_at from ticket") == before
        assert await house.rows("select count(*) from note") == [(0,)]
        assert await house.rows("select count(*) from updates where channel = 'inbox'") == [(0,)]


async def test_every_route_asks_for_a_login(house: House) -> None:
    async with house.browser() as browser:
        for method, pattern in routes(house):
            if pattern in PUBLIC:
                continue
            path = filled(pattern, client="bikes", doing="reply")
            page = await (browser.get(path) if method == "GET" else browser.post(path))
            assert "/inbox/login" in page.url or page.status == 401, (method, path, page.status)


async def test_lists_counts_and_search_know_nothing_of_other_clients(house: House) -> None:
    await a_secret(house)
    async with house.browser("Giulia") as browser:
        for query in ("", "?view=done", "?view=snoozed", "?q=zelda", "?q=1001", "?client=bikes", "?client=bikes&q=z"):
            page = await browser.get(f"/inbox/{query}")
            assert "Zelda" not in page.text
            assert "Liffey" not in page.text
    async with house.browser("Marta") as browser:
        assert "Zelda" in (await browser.get("/inbox/")).words


async def test_a_ticket_is_found_by_its_own_client_only(house: House) -> None:
    number, file = await a_secret(house)
    async with house.browser("Giulia") as browser:
        assert (await browser.get(f"/inbox/tickets/salon/{number}")).status == 404
        assert (await browser.get(f"/inbox/files/salon/{file}")).status == 404


async def test_who_is_given_a_client_loses_it_at_once(house: House) -> None:
    await a_secret(house)
    async with house.browser("Marta") as browser:
        assert "Zelda" in (await browser.get("/inbox/")).words
        await house.hire("Marta", "salon")
        assert "Zelda" not in (await browser.get("/inbox/")).words


async def test_a_ticket_is_not_given_to_who_is_not_given_its_client(house: House) -> None:
    number, _file = await a_secret(house)
    [(giulia,)] = await house.rows("select id from staff where name = 'Giulia'")
    async with house.browser("Marta") as browser:
        page = await browser.act("bikes", number, "assign", staff=str(giulia))
        assert page.status == 409
        assert "That person is not given this client." in page.words


async def test_every_look_at_a_customer_is_noted(house: House) -> None:
    number, file = await a_secret(house)
    async with house.browser("Marta") as browser:
        await browser.get(f"/inbox/tickets/bikes/{number}")
        await browser.get(f"/inbox/files/bikes/{file}")
    looked = await house.rows(
        "select what, about, name from access_log join staff on staff.id = access_log.staff_id order by access_log.id"
    )
    assert looked == [("queue", None, "Marta"), ("ticket", number, "Marta"), ("file", file, "Marta")]
