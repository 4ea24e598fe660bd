"""A client edited part by part: what is kept, what is refused and where, and what its file may not overwrite."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from bot.office import client_file, clients
from tests.house.source import ROOT
from tests.inbox.house import Browser, House, Page

TWO_HOURS = {"after": "2", "after__unit": "h"}


def form_of(page: Page, entry: str = "") -> dict[str, str]:
    """The boxes of the form of one entry, as a browser would send them back."""
    for form in re.findall(r"<form method=\"post\".*?</form>", page.text, re.DOTALL):
        if f'name="entry" value="{entry}"' not in form:
            continue
        boxes: dict[str, str] = {}
        for tag in re.findall(r"<input[^>]*>", form):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name is not None and ('type="checkbox"' not in tag or " checked" in tag):
                boxes[unescape(name[1])] = unescape(value[1]) if value else ""
        for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
            boxes[name] = unescape(chosen[1]) if chosen else ""
        for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
            boxes[name] = unescape(text)
        return boxes
    raise AssertionError(f"no form of {entry!r}")


async def edits(browser: Browser, part: str, entry: str = "", slug: str = "salon", **boxes: str) -> Page:
    """Opens a part, changes some boxes of an entry, and keeps it."""
    path = f"/inbox/clients/{slug}/{part}"
    filled = form_of(await browser.get(path), entry)
    return await browser.post(path, **{**filled, **{name.replace("__", "."): said for name, said in boxes.items()}})


async def content_of(house: House, slug: str = "salon") -> dict[str, Any]:
    """The client as a file would say it."""
    [(number,)] = await house.rows("select id from client where slug = :slug", slug=slug)
    return await house.app.database.read(lambda rows: clients.present(rows, number))


@pytest.mark.parametrize("part", ["profile", "hours", "closures", "coverage", "services", "resources", "contacts"])
async def test_what_is_kept_as_it_was_changes_nothing(house: House, part: str) -> None:
    before = await content_of(house)
    async with house.browser("Giulia") as browser:
        entries = re.findall(r'name="entry" value="([^"]*)"', (await browser.get(f"/inbox/clients/salon/{part}")).text)
        for entry in entries:
            if entry or len(entries) == 1:
                page = await edits(browser, part, unescape(entry))
                assert "kept=1" in page.url, (part, entry, page.words)
    assert await content_of(house) == before


async def test_every_part_is_edited(house: House) -> None:
    async with house.browser("Giulia") as browser:
        for part, entry, boxes in (
            ("hours", "", {"hours__mon": "9-13, 15.30-19", "hours__sat": ""}),
            ("services", "broda", {"minutes": "35", "price": "75,50", "name__it": "Barba", **TWO_HOURS}),
            ("resources", "kamil", {"hours__wed": "9:00-13:00, 14:00-18:00", "seats": "2"}),
            ("closures", "", {"from": "2027-01-02", "to": "2027-01-05", "resource": "marta", "reason": "Urlop"}),
            ("contacts", "", {"name": "Ola", "role__pl": "księgowa", "phone": "+48 12 555 01 33"}),
            ("urgent", "", {"words__it": "urgente, SOS", "phone": "112"}),
            ("answers", "", {"chat": "1", "chat__unit": "h"}),
            ("rules", "", {"reminders": "2d, 4h", "takes_orders": "yes", "keeps_days": "400"}),
            ("profile", "", {"address": "", "colour": "#123456"}),
        ):  # fmt: skip
            page = await edits(browser, part, entry, **boxes)
            assert "kept=1" in page.url, (part, page.words)
    content = await content_of(house)
    assert content["hours"]["mon"] == [[540, 780], [930, 1140]]
    assert "sat" not in content["hours"]
    broda = content["services"]["broda"]
    assert (broda["minutes"], broda["price"], broda["after"], broda["name"]["it"]) == (35, 7550, 120, "Barba")
    assert broda["resources"] == ["kamil"]
    assert content["resources"]["kamil"]["hours"]["wed"] == [[540, 780], [840, 1080]]
    assert content["closures"]["2027-01-02 to 2027-01-05, marta"]["reason"] == "Urlop"
    assert content["contacts"]["ola"]["role"] == {"pl": "księgowa"}
    assert content["urgent"]["words"]["it"] == ["urgente", "SOS"]
    assert content["answer_within"]["chat"] == 60
    assert (content["reminders"], content["takes_orders"], content["address"]) == ([2880, 240], True, "")


@pytest.mark.parametrize(
    ("part", "entry", "boxes", "field"),
    [
        ("hours", "", {"hours__mon": "9:00-13:00, 12:00-15:00"}, "hours"),
        ("services", "broda", {"minutes": "two"}, "minutes"),
        ("services", "", {"name__pl": ""}, "name"),
        ("closures", "", {"from": "2027-01-05", "to": "2027-01-02"}, "to"),
        ("contacts", "zofia", {"phone": "hello"}, "phone"),
        ("profile", "", {"timezone": "Europe/Kraków"}, "timezone"),
        ("urgent", "", {"phone": "?"}, "phone"),
    ],
)
async def test_what_cannot_be_is_marked_and_nothing_typed_is_lost(
    house: House, part: str, entry: str, boxes: dict[str, str], field: str
) -> None:
    before = await content_of(house)
    async with house.browser("Giulia") as browser:
        page = await edits(browser, part, entry, **boxes)
        assert page.status == 409
        assert "Non si può ancora salvare" in page.words
        marked = re.findall(r'name="([a-z_]+)[^"]*"[^>]*aria-invalid', page.text)
        assert set(marked) == {field}
        assert all(said in unescape(page.text) for said in boxes.values())
    assert await content_of(house) == before


async def test_missing_translations_are_shown_until_they_are_given(house: House) -> None:
    async with house.browser("Giulia") as browser:
        await edits(browser, "services", "broda", name__it="")
        assert "IT manca" in (await browser.get("/inbox/clients/salon/services")).words
        home = await browser.get("/inbox/clients/salon")
        assert "Il nome del servizio “broda” manca in: it." in home.words
        await edits(browser, "services", "broda", name__it="Barba")
        assert "IT manca" not in (await browser.get("/inbox/clients/salon/services")).words


async def test_two_who_edit_one_part_do_not_overwrite_each_other(house: House) -> None:
    await house.hire("Ewa", "salon", language="en")
    async with house.browser("Giulia") as one, house.browser("Ewa") as other:
        path = "/inbox/clients/salon/services"
        late = form_of(await other.get(path), "broda")
        await edits(one, "services", "broda", minutes="40")
        page = await other.post(path, **{**late, "minutes": "50"})
        assert page.status == 409
        assert "This was changed in the meantime." in page.words
        other_part = form_of(await other.get("/inbox/clients/salon/profile"))
        await edits(one, "rules", keeps_days="400")  # another part of what stands at the top
        page = await other.post("/inbox/clients/salon/profile", **{**other_part, "phone": "112"})
        assert "kept=1" in page.url
    assert (await content_of(house))["services"]["broda"]["minutes"] == 40


async def test_what_is_gone_leaves_nothing_that_names_it(house: House) -> None:
    async with house.browser("Giulia") as browser:
        page = await edits(browser, "resources", "kamil", remove="yes")
        assert "kept=1" in page.url
    content = await content_of(house)
    assert "kamil" not in content["resources"]
    assert content["services"]["broda"]["resources"] == []


async def test_an_assistant_gives_the_client_to_nobody_new_by_coverage(house: House) -> None:
    async with house.browser("Giulia") as browser:
        page = await edits(browser, "coverage", "", staff="Marta", timezone="Europe/Dublin", hours__mon="9-17")
        assert page.status == 409
    async with house.browser("Marta") as browser:
        assert (await browser.get("/inbox/clients/salon")).status == 404


async def test_a_reload_of_the_file_overwrites_nothing_that_was_edited_here(house: House) -> None:
    file = ROOT / "examples" / "salon.toml"
    content = client_file.parse(file.read_text(encoding="utf-8"), file.name)
    async with house.browser("Giulia") as browser:
        await edits(browser, "services", "broda", minutes="40")
    for changed in (content, {**content, "phone": "+48 12 555 01 99"}):
        with pytest.raises(clients.EditedElsewhere) as refused:
            await house.app.database.transact(lambda write, it=changed: clients.apply(write, it))  # type: ignore[misc]
        assert "service 'broda': 'minutes': 40 -> 30" in str(refused.value)
    assert (await content_of(house))["services"]["broda"]["minutes"] == 40
    await house.app.database.transact(lambda write: clients.apply(write, content, overwrite=True))
    assert await content_of(house) == content


async def test_what_callers_are_to_be_told_is_edited_in_all_languages(house: House) -> None:
    path = "/inbox/clients/salon/relays"
    async with house.browser("Giulia") as browser:
        page = await browser.get(path)
        keys = {"csrf": page.value("csrf"), "token": page.value("token")}
        page = await browser.post(path, doing="new", repeat="always", it="Chiuso venerdì", pl="", en="", **keys)
        assert "PL manca" in page.words
        relay = page.value("relay")
        page = await browser.post(path, **{**keys, "token": "w"}, doing="words", relay=relay, pl="W piątek nieczynne")
        assert "PL manca" not in page.words
        await house.write("salon", "Anna", "/start", "pl")
        assert "W piątek nieczynne" in "\n".join(house.heard("salon", "Anna"))
        page = await browser.post(path, **{**keys, "token": "g"}, doing="withdraw", relay=relay)
        assert "W piątek" not in page.words
        assert (await browser.post(path, **{**keys, "token": "n"}, doing="new", it=" ")).status == 409
