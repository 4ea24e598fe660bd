"""Buttons that work at any time: only for whom they were made, whatever their press brings."""

from __future__ import annotations

from sqlalchemy import text

import bot.handlers  # noqa: F401  the abilities enter themselves
from bot.office import appointments, decisions, waiting
from bot.turn import Door
from bot.update import Face, Kind, Thread, Update, Writer
from tests.appointments.conftest import Salon

ACTS = (
    "move", "cancel", "cancel_now", "ask_cancel", "keep_it", "confirm_visit", "calendar_file", "take_time",
    "leave_time", "take_offer", "decline_offer", "leave_line", "wait_again",
)  # fmt: skip


async def everything(salon: Salon) -> list[tuple[object, ...]]:
    """All rows that a press could change."""
    queries = (
        "select id, status, starts_at, sequence, confirmed_at from appointment order by id",
        "select id, state, outcome from ticket order by id",
        "select id, state, appointment_id, first, last from waiting order by id",
    )
    return await salon.database.read(
        lambda rows: [tuple(row) for query in queries for row in rows.execute(text(query)).all()]
    )


async def press(salon: Salon, address: str, key: str) -> list[str]:
    """Presses a button by its key, and gives what is said."""
    door = Door(salon.database, lambda: salon.now)
    count = "select count(*) from message"
    before = await salon.database.read(lambda rows: int(rows.execute(text(count)).scalar_one()))
    await door.handle(
        Update(
            id=f"{address}{key}",
            channel="telegram",
            account="salon",
            face=Face.CUSTOMER,
            kind=Kind.PRESS,
            target=Thread("telegram", "salon", address),
            at=salon.now,
            writer=Writer(address, "Marco", "en"),
            name=key,
            text="",
        )
    )
    said = "select text from message order by id"
    return (await salon.database.read(lambda rows: list(rows.execute(text(said)).scalars())))[before:]


async def offered(salon: Salon) -> None:
    """Anna has an appointment that she asked to cancel late and is proposed another time for, a request, an offer."""
    anna, marco = await salon.customer(1), await salon.customer(99)
    booked = await salon.book(anna, salon.slot("cut", 24, 11))
    await salon.do(lambda write: decisions.ask_late(write, anna, booked))
    slot = salon.slot("cut", 26, 15)
    await salon.do(lambda write: decisions.decide(write, salon.client, 1, "propose", anna.now, slot=slot))
    await salon.book(anna, salon.slot("perm", 25, 10))
    days = salon.client.local(slot.starts_at).date()
    await salon.do(lambda write: waiting.join(write, anna, salon.service("colour"), days, days))
    freed = await salon.book(marco, salon.slot("colour", 26, 10))
    await salon.do(lambda write: appointments.cancel(write, marco, freed))
    (offer,) = await salon.jobs("offer_slot")
    assert await salon.do(lambda write: waiting.offer_next(write, salon.client, offer, anna.now)) is not None


async def test_nobody_answers_for_another(salon: Salon) -> None:
    await offered(salon)
    await salon.customer(2)
    before = await everything(salon)
    for act in ACTS:
        for argument in range(1, 7):
            said = await press(salon, "2", f"={act}:{argument}")
            assert len(said) == 1, f"{act} {argument} is answered by {said}"
            assert await everything(salon) == before, f"{act} {argument} changed something"


async def test_a_press_of_nonsense_is_answered_and_changes_nothing(salon: Salon) -> None:
    await salon.customer(2)
    before = await everything(salon)
    for act in ACTS:
        for argument in ("", "0", "-1", "x", "1:2", "٣", "9" * 40):
            said = await press(salon, "2", f"={act}:{argument}")
            assert len(said) == 1 and "wrong" not in said[0], f"{act} {argument} is answered by {said}"
    assert await everything(salon) == before
