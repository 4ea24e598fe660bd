"""Decisions from the ticket's card: whatever is asked can be allowed, refused, or answered with another time."""

from __future__ import annotations

from tests.inbox.house import House
from tests.inbox.test_agenda import times

CONSULTATION = "custom build consultation friday 27 november 10:00"
SERVICE = "full service tomorrow 9:30"  # too late to change it without asking
ASKED = {
    "approval": (CONSULTATION, ()),
    "cancel": (SERVICE, ("I have to cancel my appointment", "yes")),
    "move": (SERVICE, ("/move", "yes", "friday 27 november", "15:00", "yes")),
}
SAID = {
    ("approval", "allow"): "Your appointment is confirmed",
    ("approval", "refuse"): "could not be accepted",
    ("cancel", "allow"): "is cancelled, as you asked",
    ("cancel", "refuse"): "It stands",
    ("move", "allow"): "Your appointment is moved",
    ("move", "refuse"): "It stands",
}

ENDED = {
    "allow": "Allowed by Marta.",
    "refuse": "Refused by Marta.",
    "propose": "Another time is proposed by Marta. The customer answers.",
}
FREE = "update appointment set status = 'cancelled'"


async def test_every_decision_is_made_from_the_card(house: House) -> None:
    async with house.browser("Marta") as browser:
        for hour, (what, outcome) in enumerate([*SAID, *((what, "propose") for what in ASKED)]):
            name = f"{what}{outcome}"
            booked, asks = ASKED[what]
            for words in (f"book {booked}", f"Anna {hour}", f"+353 1 234 56{hour:02}", "yes", *asks):
                await house.write("bikes", name, words)
            said = house.heard("bikes", name)
            [(number,)] = await house.rows("select number from ticket where state = 'open'")
            card = await browser.get(f"/inbox/tickets/bikes/{number}")
            assert card.status == 200
            free = times(card)
            assert len(free) == 3, said
            chosen = {"slot": free[1]} if outcome == "propose" else {}
            page = await browser.act("bikes", number, "decide", outcome=outcome, **chosen)
            assert page.status == 200, page.words
            assert ENDED[outcome] in page.words
            told = house.heard("bikes", name)
            if outcome == "propose":
                message = next(one for one in reversed(house.person("bikes", name).messages) if one.inline)
                assert message.labels[0] == ["I'll take it", "No, thank you"]
                await house.take("bikes", house.person("bikes", name).press(message, "I'll take it"))
                told = house.heard("bikes", name)
            assert SAID.get((what, outcome), "Your appointment is confirmed") in told[0], name
            await house.app.database.transact(lambda write: write.exec_driver_sql(FREE).close())
        assert await house.rows("select count(*) from ticket where state <> 'done'") == [(0,)]
