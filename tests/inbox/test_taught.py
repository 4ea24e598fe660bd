"""The desk sees what was read from a customer's words, and why; what it corrects is read so from then on."""

from __future__ import annotations

import re

from tests.inbox.house import House
from tests.inbox.test_acts import sends
from tests.inbox.test_desk import asks_for_a_person


async def test_a_correction_in_one_click_is_kept_for_the_client(house: House) -> None:
    await house.write("salon", "Anna", "/start", "pl")
    await house.write("salon", "Anna", "abrakadabra hokus pokus")
    await house.write("salon", "Anna", "poproszę strzyżenie jutro o 15")
    house.heard("salon", "Anna")
    number = await asks_for_a_person(house, "salon", "Anna", "pl")
    async with house.browser("Giulia") as browser:
        page = await browser.get(f"/inbox/tickets/salon/{number}")
        assert "Non capito" in page.words
        assert "Letto come: Prenotare un appuntamento" in page.words
        assert "Somiglia a «" in page.words and "Parole decisive: " in page.words
        message = re.search(r'id="m(\d+)"[^§]*?abrakadabra', page.text)
        assert message is not None
        id = re.findall(r'id="m(\d+)"', page.text[: message.end()])[-1]
        page = await sends(browser, "salon", number, "teach", message=id, intent="hours")
        assert page.status == 200 and "Salvato." in page.words
        wrong = await sends(browser, "salon", number, "teach", message="999999", intent="hours")
        assert wrong.status == 409

        await sends(browser, "salon", number, "hand-back")
    await house.write("salon", "Piotr", "/start", "pl")
    house.heard("salon", "Piotr")
    await house.write("salon", "Piotr", "Abrakadabra, hokus pokus")
    assert "Adres: ul. Józefa 21, 31-056 Kraków" in "\n".join(house.heard("salon", "Piotr"))
    await house.write("bikes", "Ann", "/start", "pl")
    house.heard("bikes", "Ann")
    await house.write("bikes", "Ann", "Abrakadabra, hokus pokus")  # another client learned nothing
    assert house.heard("bikes", "Ann")[0].startswith("Nie do końca rozumiem.")
