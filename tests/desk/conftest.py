"""The little shop with the house's own abilities, and what the other faces do in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import Connection, insert, text

import bot.handlers  # noqa: F401  the abilities enter themselves
from bot.update import Face, InConversation, OfClient, Reply
from storage import clients, jobs
from tests.door import NOON, Desk, T, open_desk

__all__ = ["NOON", "Desk", "act", "due", "hours", "texts"]


@pytest.fixture
async def desk(migrated_url: str) -> AsyncIterator[Desk]:
    """One customer's talk with the shop, on both databases."""
    async with open_desk(migrated_url) as desk:
        yield desk


async def act(desk: Desk, name: str, *, of_client: bool = False, **data: Any) -> Reply:
    """An operator's act, in the customer's talk or on the client; it always answers."""
    reply = await desk.act(Face.OPERATOR, name, OfClient(1) if of_client else None, **data)
    assert reply is not None
    return reply


async def due(desk: Desk) -> list[str]:
    """Performs, as the clock does, the acts that are due now; gives their names in the order they were done."""

    def claim(write: Connection) -> list[jobs.Claimed]:
        claimed = [one for one in jobs.claim(write, desk.now, desk.now, 0, 100) if one.lane is None]
        for one in claimed:
            jobs.done(write, one, desk.now)
        return claimed

    performed: list[str] = []
    while claimed := await desk.database.transact(claim):
        for one in claimed:
            place, name = one.payload["target"], one.payload["name"]
            target = InConversation(place["conversation"]) if "conversation" in place else OfClient(place["client"])
            await desk.act(Face.CLOCK, name, target, **one.payload["data"])
            performed.append(name)
    return performed


async def texts(desk: Desk, **words: str) -> None:
    """Gives the client words of its own: ``greeting_en="..."``."""

    def fill(write: Connection) -> None:
        for name, value in words.items():
            key, language = name.split("_")
            write.execute(insert(T["client_text"]).values(client_id=1, key=key, language=language, text=value))
        clients.touch(write, 1)

    await desk.database.transact(fill)


async def hours(desk: Desk, opens: int, closes: int, *, covered: bool = True) -> None:
    """Changes when the shop is open, and covered, on weekdays: minutes of the day."""

    def fill(write: Connection) -> None:
        values = {"opens": opens, "closes": closes}
        write.execute(text("update hours set opens_minute = :opens, closes_minute = :closes"), values)
        write.execute(text("update coverage set start_minute = :opens, end_minute = :closes"), values)
        if not covered:
            write.execute(text("delete from coverage"))
        clients.touch(write, 1)

    await desk.database.transact(fill)
