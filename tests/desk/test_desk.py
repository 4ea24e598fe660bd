"""The desk's list, a ticket's talk, and what is done with tickets that are no conversation."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, insert

from bot.office import desk as office
from bot.office.desk import Ambiguous, Listed
from tests.desk.conftest import NOON, Desk, act, texts
from tests.door import T


async def listed(desk: Desk) -> list[Listed]:
    return await desk.database.read(office.open_tickets)


async def test_urgent_first_then_by_when_they_are_due(desk: Desk) -> None:
    await texts(desk, urgent_en="Call 112.")
    await desk.write("/message")
    for words in ("The roof leaks.", "Anna", "here", "yes"):
        await desk.write(words)
    other = desk.another("2", "pl")
    await other.write("/human")
    await act(other, "reply", ticket=1002, text="Hello", by="Giulia")
    third = desk.another("3")
    await third.write("fire")
    found = await listed(desk)
    assert [(one.number, one.kind, one.urgent, one.customer, one.holder) for one in found] == [
        (1003, "chat", True, "Anna", "desk"),
        (1001, "message", False, "Anna", "bot"),
        (1002, "chat", False, "Anna", "desk"),
    ]
    assert (found[2].slug, found[2].client, found[2].language, found[2].due_at) == ("shop", "Shop", "pl", None)


async def test_a_ticket_is_found_with_its_talk(desk: Desk) -> None:
    await desk.write("/start")
    await desk.write("There is a <chair> here")
    await desk.write("/human")

    def find(rows: Connection) -> tuple[Listed | None, list[tuple[str, str]]]:
        ticket = office.find(rows, 1001)
        assert ticket is not None
        return office.find(rows, 999), [(line.by, line.text) for line in office.talk(rows, ticket, 2)]

    nothing, lines = await desk.database.read(find)
    assert nothing is None
    assert lines[0] == ("customer", "/human")
    assert lines[1][0] == "bot"


async def test_a_number_that_several_clients_have_needs_the_client(desk: Desk) -> None:
    await desk.write("/human")

    def fill(write: Connection) -> None:
        values = {"slug": "other", "name": "Other", "languages": ["en"], "timezone": "Europe/Rome", "rules": {}}
        one = write.execute(insert(T["client"]).values(version=1, loaded={}, **values).returning(T["client"].c.id))
        ticket = {"client_id": one.scalar_one(), "number": 1001, "kind": "task", "opened_at": NOON}
        write.execute(insert(T["ticket"]).values(**ticket))

    await desk.database.transact(fill)
    with pytest.raises(Ambiguous) as error:
        await desk.database.read(lambda rows: office.find(rows, 1001))
    assert error.value.slugs == ["other", "shop"]
    found = await desk.database.read(lambda rows: office.find(rows, 1001, "other"))
    assert found is not None
    assert (found.client, found.kind, found.customer, found.holder) == ("Other", "task", "", "")


async def test_closing_a_message_passes_its_slip_on(desk: Desk) -> None:
    await desk.write("/message")
    for words in ("The roof leaks.", "Anna", "here", "yes"):
        await desk.write(words)
    assert (await act(desk, "close", of_client=True, ticket=1001, by="Giulia")).data == {"ticket": 1001}
    assert await desk.query("select state, outcome from ticket") == [("done", "done by Giulia")]
    assert await desk.query("select passed_at is not null from slip") == [(True,)]
    reply = await act(desk, "close", of_client=True, ticket=1001)
    assert reply.error == "There is no open ticket 1001."


async def test_a_conversation_is_not_closed_but_handed_back(desk: Desk) -> None:
    await desk.write("/human")
    reply = await act(desk, "close", of_client=True, ticket=1001)
    assert reply.error == "A conversation ends by handing it back."
