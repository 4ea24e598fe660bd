"""A database in the way: what is tried again, what counts as a defect in the end, and what never does."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import psycopg
import pytest
from sqlalchemy import make_url

from bot.ability import command
from bot.dialog import Turn
from bot.i18n import plain
from bot.update import Kind, Writer
from bot.values import Msgid
from storage.database import Busy, Full, LockTimeout, Unavailable
from tests.door import Desk
from tests.turn.toys import M


def troubled(error: type[Exception], times: int) -> list[int]:
    """Enters /trouble, which meets the error so many times."""
    met: list[int] = []

    @command("trouble", M("Trouble"))
    async def trouble(turn: Turn) -> None:
        met.append(1)
        if len(met) <= times:
            raise error("in the way")
        turn.say(M("Done."))

    return met


async def test_a_lock_that_is_waited_for_too_long_is_tried_again_and_at_last_a_defect(desk: Desk) -> None:
    met = troubled(LockTimeout, 5)
    update = desk.made(Kind.COMMAND, name="trouble")
    for _ in range(4):
        with pytest.raises(LockTimeout):
            await desk.handle(update)
    assert await desk.query("select count(*) from updates") == [(0,)] and desk.woken == []
    assert await desk.handle(update) is None
    assert (await desk.hear())[0].startswith("Sorry, something went wrong on our side.")
    assert len(met) == 5 and desk.door._timeouts == {} and desk.woken == [1]
    await desk.handle(update)
    assert len(met) == 5


async def test_lock_timeouts_are_forgotten_once_it_went_well(desk: Desk) -> None:
    troubled(LockTimeout, 4)
    update = desk.made(Kind.COMMAND, name="trouble")
    for _ in range(4):
        with pytest.raises(LockTimeout):
            await desk.handle(update)
    await desk.handle(update)
    assert await desk.hear() == ["Done."] and desk.door._timeouts == {}


async def test_each_update_counts_its_own_lock_timeouts(desk: Desk) -> None:
    troubled(LockTimeout, 6)
    for _ in range(6):
        with pytest.raises(LockTimeout):
            await desk.write("/trouble")
    assert await desk.write("/trouble") == ["Done."]


@pytest.mark.parametrize("error", [Unavailable, Full, Busy])
async def test_an_unavailable_database_never_counts(desk: Desk, error: type[Exception]) -> None:
    troubled(error, 20)
    update = desk.made(Kind.COMMAND, name="trouble")
    for _ in range(20):
        with pytest.raises(error):
            await desk.handle(update)
    await desk.handle(update)
    assert await desk.hear() == ["Done."] and desk.door._timeouts == {}


async def test_a_customer_whose_talk_stays_locked_still_hears_an_apology(
    postgres: Desk, migrated_postgres: str
) -> None:
    await postgres.write("/hours")
    update = postgres.made(Kind.TEXT, text="hello?", writer=Writer("1", "Anna", "it"))
    plain_url = make_url(migrated_postgres).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain_url) as another:
        another.execute("select 1 from conversation for update")
        for _ in range(4):
            with pytest.raises(LockTimeout):
                await postgres.handle(update)
        await postgres.handle(update)
    looks = Msgid("Sorry, something went wrong on our side. A person will look at your message.")
    assert await postgres.hear() == [plain(looks, {}, "it", ZoneInfo("Europe/Rome"))]
    assert await postgres.query(f"select result from updates where id = '{update.id}'") == [("defect",)]
    await postgres.handle(update)
    assert await postgres.hear() == []
