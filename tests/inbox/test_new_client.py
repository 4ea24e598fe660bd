"""A client made by page from a template, what the doctor finds about it, and who may make one."""

from __future__ import annotations

from typing import Any

import pytest

from bot.doctor import Level
from bot.doctor.clients import examine_client
from bot.inbox.new_client import COVERED
from bot.office import blueprints, clients
from storage.clients import find, load
from tests.inbox.house import Browser, House, Page
from tests.inbox.test_client_pages import form_of

TOKEN = "901:new-client"


async def makes(browser: Browser, **boxes: str) -> Page:
    """Fills in the form of a new client."""
    page = await browser.get("/inbox/office/new")
    page.text = page.text.replace(
        '<form method="post" action="/inbox/office/new"', '<form method="post" name="entry" value=""'
    )
    filled = {**form_of(page), "kind": "salon", "me": "yes"}
    return await browser.post("/inbox/office/new", **{**filled, **boxes})


async def test_a_client_is_made_by_page_and_looked_at_by_the_doctor(house: House) -> None:
    await house.hire("Ada", role="admin")
    boxes = {"name": "Ciuffo d'Oro", "people": "Lia, Nora", "phone": "+39 02 8646 0102"}
    async with house.browser("Ada") as browser:
        page = await makes(browser, **boxes)
        assert page.url.endswith("/inbox/clients/ciuffo-d-oro"), page.words
        assert "has no token" in page.words
        page = await browser.get("/inbox/clients/ciuffo-d-oro/account")
        keys = {"csrf": page.value("csrf"), "account": "ciuffo", "channel": "telegram"}
        page = await browser.post("/inbox/clients/ciuffo-d-oro/account", token="a", secret_token=TOKEN, **keys)
        assert "Telegram refuses the token" in page.words
        assert TOKEN not in page.text
        house.telegram.add_bot(TOKEN, "ciuffo_bot", "Ciuffo")
        page = await browser.get("/inbox/clients/ciuffo-d-oro")
        assert "does not answer" not in page.words
        assert "has no token" not in page.words
        taken = await browser.get("/inbox/clients/ciuffo-d-oro/account")
        keys = {"csrf": taken.value("csrf"), "account": "salon-krakow", "channel": "telegram"}
        assert (await browser.post("/inbox/clients/ciuffo-d-oro/account", token="b", **keys)).status == 409
        assert (await makes(browser, **boxes)).url.endswith("/inbox/clients/ciuffo-d-oro-2")
    [(token,)] = await house.rows("select token from account where name = 'ciuffo'")
    assert TOKEN not in token
    kept = await house.rows("select reply from updates where name in ('load_client', 'give_account')")
    assert TOKEN not in str(kept)


async def test_what_cannot_be_is_marked(house: House) -> None:
    await house.hire("Ada", role="admin")
    async with house.browser("Ada") as browser:
        page = await makes(browser, name="", timezone="Rome", country="Italy")
        assert page.status == 409
        assert "please look at what is marked" in page.words
        assert page.text.count('aria-invalid="true"') == 3
        assert 'value="Italy"' in page.text
    async with house.browser("Giulia") as browser:
        assert (await browser.get("/inbox/office/new")).status == 404
        csrf = (await browser.get("/inbox/me")).value("csrf")
        assert (await browser.post("/inbox/office/new", csrf=csrf, name="Mine", kind="salon")).status == 404
        assert (await browser.get("/inbox/clients/salon/account")).status == 404


@pytest.mark.parametrize("kind", blueprints.TITLES)
@pytest.mark.parametrize("languages", [["it", "en", "pl"], ["pl"]])
async def test_every_template_is_in_order_but_for_its_bot(house: House, kind: str, languages: list[str]) -> None:
    own: dict[str, Any] = {"slug": "new", "name": "New", "languages": languages, "timezone": "Europe/Warsaw"}
    own |= {"country": "PL", "telegram": {"account": "new"}}
    coverage = [{"staff": "Ada", "timezone": "Europe/Warsaw", "hours": {**COVERED, "sat": ["9:00-18:00"]}}]
    content = blueprints.drawn(kind, own, ["Ola"], coverage)
    await house.app.database.transact(lambda write: clients.apply(write, content))

    def found(rows: Any) -> list[str]:
        known = find(rows, "new")
        assert known is not None
        return [str(one) for one in examine_client(load(rows, known[0]), house.now) if one.level is Level.ERROR]

    assert await house.app.database.read(found) == []
