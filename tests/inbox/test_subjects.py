"""What a ticket is about, in the language of who reads it, whoever put it there."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.update import Face, Kind, OfClient, Update
from tests.inbox.house import House


async def test_an_incident_reads_in_the_language_of_each(house: House) -> None:
    async with house.browser("Giulia") as browser:  # who is reached on her telephone, too
        page = await browser.get("/inbox/alerts")
        page = await browser.post("/inbox/alerts/link", csrf=page.value("csrf"), token=page.value("token"))
        [code] = set(re.findall(r'value="(/start link-[^"]+)"', page.text))
        await house.write("salon", "Giulia", code, "it")
    await house.pass_by(timedelta(minutes=30))
    house.heard("salon", "Giulia")
    [(client,)] = await house.rows("select id from client where slug = 'salon'")
    trouble = {"what": "place", "reason": "is_archived", "address": ""}
    await house.app.door.handle(
        Update(
            id="1:stuck:is_archived",
            channel="slack",
            account="kasztan",
            face=Face.NETWORK,
            kind=Kind.ACT,
            target=OfClient(client),
            at=house.now,
            name="stuck",
            data=trouble,
        )
    )
    [(number, subject)] = await house.rows("select number, subject from ticket")
    assert subject.startswith("Slack of kasztan: the client's channel can't be written to (is_archived). To do: unarch")
    await house.pass_by(timedelta(minutes=3))
    [alert] = house.heard("salon", "Giulia")
    assert "Slack di kasztan, il canale dell'azienda: non si può scrivere" in alert
    await house.hire("Ewa", "salon", language="pl")
    for name, words in (
        (
            "Giulia",
            "Slack di kasztan, il canale dell'azienda: non si può scrivere (is_archived). Da fare: ripristinare",
        ),
        ("Ewa", "Slack (kasztan), kanał firmy: nie można pisać (is_archived). Do zrobienia: przywrócić"),
    ):
        async with house.browser(name) as browser:
            for path in ("/inbox/", f"/inbox/tickets/salon/{number}"):
                shown = (await browser.get(path)).words
                assert words in shown
                assert "written to" not in shown


async def test_a_file_without_words_is_named_in_the_list(house: House) -> None:
    await house.write("salon", "Anna", "/human", "pl")
    anna = house.person("salon", "Anna", "pl")
    await house.hire("Ewa", "salon", language="pl")
    for update, italian, polish in (
        (anna.send_photo(), "Foto", "Zdjęcie"),
        (anna.send_voice(), "Messaggio vocale", "Wiadomość głosowa"),
        (anna.send_document("skierowanie.pdf"), "skierowanie.pdf", "skierowanie.pdf"),
        (anna.send_photo(caption="to moje włosy"), "to moje włosy", "to moje włosy"),
    ):
        await house.take("salon", update)
        for name, words in (("Giulia", italian), ("Ewa", polish)):
            async with house.browser(name) as browser:
                queue = (await browser.get("/inbox/")).text
                assert words in queue.partition('class="words">')[2].partition("</a>")[0]


async def test_a_place_leads_to_the_map_and_a_sticker_has_a_name(house: House) -> None:
    await house.write("salon", "Anna", "/human", "pl")
    [(number,)] = await house.rows("select number from ticket")
    anna = house.person("salon", "Anna", "pl")
    await house.take("salon", anna.share_location(50.0614, 19.9366))
    async with house.browser("Giulia") as browser:
        page = await browser.get(f"/inbox/tickets/salon/{number}")
        assert 'href="https://www.openstreetmap.org/?mlat=50.0614&amp;mlon=19.9366#map=17/50.0614/19.9366"' in page.text
        assert "Luogo sulla mappa" in page.words
        assert "Luogo sulla mappa" in (await browser.get("/inbox/")).words
        await house.take("salon", anna.send_sticker())
        assert "Adesivo" in (await browser.get("/inbox/")).words
        assert "Adesivo" in (await browser.get(f"/inbox/tickets/salon/{number}")).words
