"""The shop of tests.dialog with the house's own abilities, and what the other faces do in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, text

import bot.handlers  # noqa: F401  the abilities enter themselves
from bot.update import Face, InConversation, Kind, OfClient, Reply, Update
from storage import clients, jobs
from tests.dialog.conftest import NOON, Desk, T, desk, own_abilities

__all__ = ["NOON", "Desk", "act", "desk", "due", "open_shop", "own_abilities", "rewrite"]


async def act(desk: Desk, name: str, face: Face = Face.OPERATOR, *, talk: int = 0, **data: Any) -> Reply | None:
    """Lets another face act: on the client, or on the talk of that id."""
    number = str(next(desk.numbers))
    return await desk.door.handle(
        Update(
            id=number,
            channel=face.value,
            account="",
            face=face,
            kind=Kind.ACT,
            target=InConversation(talk) if talk else OfClient(1),
            at=desk.now,
            name=name,
            data=data,
        )
    )


async def due(desk: Desk) -> list[str]:
    """Performs, as the clock does, the acts that are due now, in order; gives their names."""
    performed = []
    while True:

        def claim(write: Connection) -> list[jobs.Claimed]:
            ended = [one for one in jobs.claim(write, desk.now, desk.now, 100) if one.lane is None]
            for one in ended:
                jobs.done(write, one, desk.now)
            return ended

        claimed = await desk.database.transact(claim)
        if not claimed:
            return performed
        for one in claimed:
            target, payload = one.payload["target"], one.payload
            talk = target.get("conversation", 0) if target else 0
            await act(desk, payload["name"], Face.CLOCK, talk=talk, **payload["data"])
            performed.append(payload["name"])


async def rewrite(desk: Desk, **changes: str) -> None:
    """Gives the client texts ("greeting.en") and opens it from 9 to 18 every day where ``hours`` is given."""

    def fill(write: Connection) -> None:
        one = write.execute(text("select id from client")).scalar_one()
        for name, value in changes.items():
            key, language = name.split("_")
            write.execute(insert(T["client_text"]).values(client_id=one, key=key, language=language, text=value))
        clients.touch(write, one)

    await desk.database.transact(fill)


async def open_shop(desk: Desk, opens: int = 9 * 60, closes: int = 18 * 60) -> None:
    """Open and covered on all weekdays."""

    def fill(write: Connection) -> None:
        one = write.execute(text("select id from client")).scalar_one()
        staff = write.execute(insert(T["staff"]).values(name="Giulia").returning(T["staff"].c.id)).scalar_one()
        for weekday in range(5):
            write.execute(
                insert(T["hours"]).values(client_id=one, weekday=weekday, opens_minute=opens, closes_minute=closes)
            )
            write.execute(
                insert(T["coverage"]).values(
                    client_id=one, staff_id=staff, weekday=weekday, start_minute=opens, end_minute=closes,
                    timezone="Europe/Rome",
                )
            )  # fmt: skip
        clients.touch(write, one)

    await desk.database.transact(fill)
